#pragma once

#include <cstddef>
#include <string_view>

#include "parser/source.hpp"

namespace paywall {

/// A marker as it was read, with what is needed of the text around it: that is read once, while
/// it is in the processor's cache.
class Mark {
public:
    /// `marker` is an index in Dialect::markers.
    Mark(std::string_view text, Span span, std::size_t marker);

    /// A place where a segment begins and nothing is cut out.
    [[nodiscard]] static Mark edge(std::string_view text, std::size_t at);

    [[nodiscard]] Span span() const { return span_; }
    [[nodiscard]] std::size_t marker() const { return marker_; }
    /// Where the spaces and tabs before it begin, and where those behind it end.
    [[nodiscard]] std::size_t blank_begin() const { return blank_begin_; }
    [[nodiscard]] std::size_t blank_end() const { return blank_end_; }
    /// The first byte behind it that is no white space.
    [[nodiscard]] std::size_t visible_begin() const { return visible_begin_; }
    /// Does a line begin at blank_begin()?
    [[nodiscard]] bool begins_line() const { return begins_line_; }
    /// Does a line or the text end at blank_end()?
    [[nodiscard]] bool ends_line() const { return ends_line_; }
    /// Of the line end at blank_end().
    [[nodiscard]] std::size_t line_end_length() const { return line_end_length_; }

private:
    Span span_;
    std::size_t marker_;
    std::size_t blank_begin_;
    std::size_t blank_end_;
    std::size_t visible_begin_;
    std::size_t line_end_length_;
    bool begins_line_;
    bool ends_line_;
};

/// The first byte from `at` on that is no white space; the text's end if none is.
[[nodiscard]] std::size_t skip_white_space(std::string_view text, std::size_t at);

/// The line end that a text ends with; where it has none, nothing at its end.
[[nodiscard]] Span last_line_end(std::string_view text);

}  // namespace paywall
