#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paywall {

/// Tells at a glance, from plain ASCII alone, that a word is part of no marker and looks like none.
/// Text about paid things is full of such words, and reading each with all that may hide in it is
/// dear. What it cannot tell is to be read.
class PlainWord {
public:
    /// `prefix`: what all words begin with, in lower case; `distinctive`: those that are a marker's
    /// wherever they stand; `delimiters`: characters of the runs that stand around markers.
    PlainWord(std::string prefix, const std::vector<std::string>& distinctive,
              std::string_view delimiters);

    /// Is what begins with a letter at `at` no marker's word, or one that stands as in prose? True
    /// only where neither side of it can belong to a marker.
    [[nodiscard]] bool is_at(std::string_view text, std::size_t at) const;

private:
    [[nodiscard]] bool ends_plainly(std::string_view text, std::size_t end) const;
    [[nodiscard]] bool is_free_before(std::string_view text, std::size_t at) const;

    std::string prefix_;
    std::string next_;             // letters with which a distinctive one goes on
    bool is_distinctive_ = false;  // is the prefix itself one?
    std::string delimiters_;
};

}  // namespace paywall
