#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

#include "parser/access.hpp"
#include "parser/source.hpp"

namespace paywall {

/// What pairing makes of the text behind a marker.
struct Follows {
    Access access = Access::free;
    std::uint16_t details = 0;    ///< index in Document::details
    bool starts_section = false;  ///< Segment::starts_section
    bool is_literal = false;      ///< Segment::is_literal
    bool is_outside = false;      ///< of all regions, and behind no divider
};

/// A marker as it was read, with what is needed of the text around it: that is read once, while
/// it is in the processor's cache. Kept small, for a source may be all markers: what is farther
/// than 4 GiB from the marker counts as 4 GiB, so such a line does not vanish.
class Mark {
public:
    /// `marker` is an index in Dialect::markers.
    Mark(std::string_view text, Span span, std::size_t marker, const Follows& follows = {});

    /// A place where a segment begins and nothing is cut out.
    [[nodiscard]] static Mark edge(std::string_view text, std::size_t at, const Follows& follows);

    [[nodiscard]] Span span() const { return {offset_, length_}; }
    [[nodiscard]] std::size_t marker() const { return marker_; }
    /// Where the spaces and tabs before it begin, and where those behind it end.
    [[nodiscard]] std::size_t blank_begin() const { return offset_ - blanks_before_; }
    [[nodiscard]] std::size_t blank_end() const { return span().end() + blanks_behind_; }
    /// The first byte behind it that is no white space.
    [[nodiscard]] std::size_t visible_begin() const { return span().end() + white_behind_; }
    /// Does a line begin at blank_begin()?
    [[nodiscard]] bool begins_line() const { return begins_line_; }
    /// Does a line or the text end at blank_end()?
    [[nodiscard]] bool ends_line() const { return ends_line_; }
    /// Of the line end at blank_end().
    [[nodiscard]] std::size_t line_end_length() const { return line_end_length_; }

    [[nodiscard]] Follows follows() const;
    void set_follows(const Follows& follows);

private:
    std::size_t offset_;
    std::uint32_t blanks_before_;
    std::uint32_t blanks_behind_;
    std::uint32_t white_behind_;
    std::uint32_t length_;
    std::uint32_t readers_ : 3;  // of what follows
    std::uint32_t plans_ : 10;
    std::uint32_t details_ : 16;
    bool starts_section_ : 1;
    bool is_literal_ : 1;
    bool is_outside_ : 1;
    std::uint16_t marker_ : 12;
    std::uint16_t line_end_length_ : 2;
    bool begins_line_ : 1;
    bool ends_line_ : 1;
};

/// Grows without being copied.
using Marks = std::deque<Mark>;

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
    explicit MarkerLines(const Marks& marks) : marks_(marks) {}

    /// What vanishes with the next mark; at most once for each.
    [[nodiscard]] Vanishing next();

private:
    void read_group();

    const Marks& marks_;
    std::size_t next_ = 0;       // index of the mark asked for next
    std::size_t first_ = 0;      // of the marks that only blanks part from one another …
    std::size_t group_end_ = 0;  // … and behind their last
    Span group_;                 // the text that vanishes with them, if they fill a line
    Span line_end_;
    bool fills_line_ = false;
};

}  // namespace paywall
