#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/frame_rule.hpp"
#include "parser/plain_word.hpp"

namespace paywall {

/// What the search for lookalikes has to know of a dialect, made once for all texts. Views the
/// dialect.
struct LookalikeWords {
    explicit LookalikeWords(const Dialect& dialect);

    std::vector<std::string> distinctive = {};  ///< words, folded, that are a marker's anywhere
    std::vector<std::string> ordinary = {};     ///< names of tags that prose has as well
    std::string firsts = {};                    ///< first letters of all
    std::string letters = {};                   ///< first, second and third letters of all
    std::string prefix = {};                    ///< what all begin with
    FrameRule frames;
    std::string delimiters;             ///< characters of the runs around distinctive words
    std::size_t longest_delimiter = 0;  ///< that an exact marker or content word begins with
    PlainWord plain_word;

    /// A disguise stands at most this many plain letters behind a word's first (`pai` is found
    /// itself).
    static constexpr std::size_t plain_letters = 3;

private:
    void add_words(const Dialect& dialect);
};

}  // namespace paywall
