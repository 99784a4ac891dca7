#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "parser/access.hpp"
#include "parser/source.hpp"

namespace paywall {

/// The part of a segment that pairing decides.
struct Follows {
    Access access = Access::free;
    std::uint16_t details = 0;
    bool starts_section = false;
    bool is_literal = false;
    bool is_outside = false;  ///< of all regions, and behind no divider
};

/// A marker as it was read, with what is needed of the text around it: that is read once, while
/// it is in the processor's cache.
struct Mark {
    Span span;
    std::size_t blank_begin;       ///< where the spaces and tabs before it begin
    std::size_t blank_end;         ///< where those behind it end
    std::size_t visible_begin;     ///< the first byte behind it that is no white space
    std::uint32_t marker;          ///< index in Dialect::markers
    std::uint8_t line_end_length;  ///< of the line end at blank_end
    bool begins_line;              ///< does a line begin at blank_begin?
    bool ends_line;                ///< does a line or the text end at blank_end?
    Follows follows = {};          ///< what pairing makes of the text behind it
};

[[nodiscard]] Mark read_mark(std::string_view text, Span span, std::size_t marker);

/// The first byte from `at` on that is no white space; the text's end if none is.
[[nodiscard]] std::size_t skip_white_space(std::string_view text, std::size_t at);

/// What goes from the text together with one marker.
struct Vanishing {
    Span span;      ///< the marker, with its part of a marker line
    Span line_end;  ///< of the marker line that vanishes whole; empty where none does
};

/// A line that holds only markers, spaces and tabs vanishes whole, with its line end (LF, CRLF
/// or CR); its first marker takes what stands before it, its last what stands behind. A marker
/// inside a line vanishes alone. Views the marks.
class MarkerLines {
public:
    explicit MarkerLines(const std::vector<Mark>& marks) : marks_(marks) {}

    /// What vanishes with the next mark; at most once for each.
    [[nodiscard]] Vanishing next();

private:
    void read_group();

    const std::vector<Mark>& marks_;
    std::size_t next_ = 0;       // index of the mark asked for next
    std::size_t first_ = 0;      // of the marks that only blanks part from one another …
    std::size_t group_end_ = 0;  // … and behind their last
    Span group_;                 // the text that vanishes with them, if they fill a line
    Span line_end_;
    bool fills_line_ = false;
};

}  // namespace paywall
