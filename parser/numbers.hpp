#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/breaks.hpp"
#include "parser/document.hpp"

namespace paywall {

/// How much there is to read in a text (NUMBERS.md).
struct Numbers {
    std::size_t characters = 0;  ///< grapheme clusters; none of the line ends between blocks
    std::size_t words = 0;
    std::size_t seconds = 0;  ///< to read it, rounded up

    [[nodiscard]] std::size_t minutes() const { return (seconds + 59) / 60; }
    friend bool operator==(const Numbers&, const Numbers&) = default;
};

/// How fast people read silently: words of scripts with spaces (Brysbaert 2019, English
/// non-fiction), characters of Han, Kana, Hangul and Thai (what Medium counts with).
inline constexpr std::size_t words_a_minute = 238;
inline constexpr std::size_t dense_characters_a_minute = 500;

/// Counts texts one after the other.
class Counter {
public:
    /// Of a visible text (VisibleText); white space around it does not count.
    [[nodiscard]] Numbers count(std::string_view visible);

private:
    Breaks characters_{Breaks::Unit::character};
    Breaks words_{Breaks::Unit::word};
};

/// The numbers of a document, of its visible text.
struct DocumentNumbers {
    std::vector<Numbers> segments;  ///< of each
    Numbers preview;                ///< of what everyone reads, without placeholders
    Numbers full;                   ///< of what payers of everything read
    std::size_t characters = 0;     ///< of all segments

    /// What of all characters the preview holds, in percent: 0 and 100 only where nothing and all
    /// is.
    [[nodiscard]] std::size_t free_percent() const;
};

/// Reads the whole document: as dear as cutting it.
[[nodiscard]] DocumentNumbers count_numbers(const Document& document);

/// `part` of `whole` in percent, rounded to the nearest; but what is not all is never 100, and what
/// is not nothing never 0.
[[nodiscard]] std::size_t percent(std::size_t part, std::size_t whole);

}  // namespace paywall
