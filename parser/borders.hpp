#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "parser/access.hpp"
#include "parser/marker_lines.hpp"
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

/// Where a segment ends and the next begins: a marker, and what vanishes with it. Kept small, for a
/// source may be all markers: what is farther than 4 GiB from a marker does not vanish with it.
class Border {
public:
    Border(const Mark& mark, const Follows& follows);

    /// The marker.
    [[nodiscard]] Span span() const {
        return {std::size_t{offset_high_} << 32U | offset_low_, length_};
    }
    [[nodiscard]] std::size_t marker() const { return marker_; }
    /// Is there nothing but white space up to the next border, or the end of the text?
    [[nodiscard]] bool is_blank_behind() const { return is_blank_behind_; }

    [[nodiscard]] Access access() const {
        return {static_cast<std::uint8_t>(readers_), static_cast<std::uint16_t>(plans_)};
    }
    [[nodiscard]] Follows follows() const {
        return {.access = access(),
                .details = static_cast<std::uint16_t>(details_),
                .starts_section = starts_section_ != 0,
                .is_literal = is_literal_ != 0,
                .is_outside = is_outside_ != 0};
    }
    void set_follows(const Follows& follows);

private:
    friend class Borders;

    std::uint32_t offset_low_;
    std::uint16_t offset_high_;  // 256 TiB
    std::uint16_t marker_ : 12;
    // Of a line of markers: its line end, and whether another marker follows in it.
    std::uint16_t line_end_length_ : 2;
    std::uint16_t goes_on_ : 1;
    std::uint16_t is_blank_behind_ : 1;
    std::uint32_t length_;
    std::uint32_t gone_before_;     // vanishes with it, before it
    std::uint32_t to_end_of_line_;  // … and behind it, up to the line end; where it goes on,
                                    // only what stands before the next border
    std::uint32_t readers_ : 3;     // of what follows
    std::uint32_t plans_ : 10;
    std::uint32_t details_ : 16;
    std::uint32_t starts_section_ : 1;
    std::uint32_t is_literal_ : 1;
    std::uint32_t is_outside_ : 1;
};

/// The borders of a text, in order. A line that holds only markers, spaces and tabs vanishes
/// whole, with its line end (LF, CRLF or CR); its first marker takes what stands before it, its
/// last what stands behind. A marker inside a line vanishes alone.
class Borders {
public:
    /// Behind all others.
    void add(const Mark& mark, const Follows& follows);
    /// After the last, with the size of the text. What follows is known then only.
    void finish(std::size_t text_size);

    [[nodiscard]] bool empty() const { return chunks_.empty(); }
    [[nodiscard]] std::size_t size() const {
        return empty() ? 0 : (chunks_.size() - 1) * chunk_size + chunks_.back().size();
    }
    [[nodiscard]] const Border& operator[](std::size_t i) const {
        return chunks_[i / chunk_size][i % chunk_size];
    }
    [[nodiscard]] Border& operator[](std::size_t i) {
        return chunks_[i / chunk_size][i % chunk_size];
    }

    /// What goes with a marker.
    [[nodiscard]] Span vanishing(std::size_t i) const;
    /// The line end of the line that vanishes with it whole; empty where none does.
    [[nodiscard]] Span line_end(std::size_t i) const;
    /// Of what followed when they were added: has any section only white space up to the next
    /// border? Do anonymous readers get anything else?
    [[nodiscard]] bool has_blank_section() const { return has_blank_section_; }
    [[nodiscard]] bool has_visible_free() const { return has_visible_free_; }

private:
    [[nodiscard]] Border& last() { return chunks_.back().back(); }
    void push(const Mark& mark, const Follows& follows);
    void end_at(std::size_t end);
    void settle_group();

    static constexpr std::size_t chunk_size = 4096;

    std::vector<std::vector<Border>> chunks_;  // many grow without being copied; none take no room
    bool has_blank_section_ = false;
    bool has_visible_free_ = false;
    // Those that only blanks part from one another are a group. Of the last group its first, and
    // of its last …
    std::size_t group_ = 0;
    std::size_t group_begin_ = 0;  // where the blanks before it begin
    bool group_begins_line_ = false;
    std::size_t blank_end_ = 0;  // … what Mark says
    std::size_t visible_begin_ = 0;
    std::size_t line_end_length_ = 0;
    bool ends_line_ = false;
};

}  // namespace paywall
