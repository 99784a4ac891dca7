#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "parser/dialect.hpp"
#include "parser/reading.hpp"
#include "parser/source.hpp"

namespace paywall {

/// What a rule makes of a place: the text that is no marker, and the marker that was meant.
struct Finding {
    Span span;
    std::size_t meant;  ///< index in Dialect::markers
    /// Does the span hold more than the marker's own signs and word? Then no replacement is safe.
    bool holds_more = false;
};

/// A run of delimiters as it is read: `##`, `#\u200b#`, `\#\#`, `＃￥`.
struct DelimiterRun {
    Span span;
    std::string characters;  ///< folded
    bool is_solid = true;    ///< of nothing but delimiters
};

/// The characters that the delimiters of a dialect's distinctive markers are made of.
[[nodiscard]] std::string delimiters_of(const Dialect& dialect);

[[nodiscard]] std::optional<DelimiterRun> read_run(const Reading& reading, std::size_t at,
                                                   std::string_view delimiters);

/// The shape rule: text between two runs of delimiters that is a marker but for small faults.
[[nodiscard]] std::optional<Finding> find_shape(const Reading& reading, const DelimiterRun& opening,
                                                std::string_view delimiters);

/// The marker of that word whose delimiters hold `delimiter`; else the first of that word.
[[nodiscard]] std::size_t marker_meant(const Dialect& dialect, std::string_view word,
                                       char delimiter);

}  // namespace paywall
