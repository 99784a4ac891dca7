#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace paywall::markdown {

/// Where the lines of a text begin, as cmark counts them.
class Lines {
public:
    Lines() = default;
    explicit Lines(std::string_view text);

    /// Where a line begins; one behind the last begins nowhere.
    [[nodiscard]] std::size_t begin_of(std::size_t line) const;
    /// The line that an offset is in, from 1.
    [[nodiscard]] std::size_t line_of(std::size_t offset) const;

private:
    std::vector<std::size_t> ends_;
};

}  // namespace paywall::markdown
