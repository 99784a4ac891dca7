#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "parser/access.hpp"
#include "parser/large_pages.hpp"
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

/// Where a segment ends and the next begins: a marker, and what vanishes with it. What is farther
/// than 4 GiB from a marker does not vanish with it.
class Border {
public:
    Border(const Mark& mark, const Follows& follows);

    /// The marker.
    [[nodiscard]] Span span() const { return {offset_, kind_.length}; }
    [[nodiscard]] std::size_t marker() const { return kind_.marker; }
    /// Is there nothing but white space up to the next border, or the end of the text?
    [[nodiscard]] bool is_blank_behind() const { return kind_.is_blank_behind; }

    [[nodiscard]] Access access() const { return {kind_.readers, kind_.plans}; }
    [[nodiscard]] Follows follows() const {
        return {.access = access(),
                .details = kind_.details,
                .starts_section = kind_.starts_section,
                .is_literal = kind_.is_literal,
                .is_outside = kind_.is_outside};
    }
    void set_follows(const Follows& follows);

private:
    friend class Borders;

    /// All but its place.
    struct Kind {
        std::uint32_t length = 0;
        std::uint32_t gone_before = 0;     // vanishes with it, before it
        std::uint32_t to_end_of_line = 0;  // … and behind it, up to the line end
        std::uint16_t marker = 0;
        std::uint16_t plans = 0;
        std::uint16_t details = 0;
        std::uint8_t readers = 0;
        std::uint8_t line_end_length = 0;
        bool is_blank_behind = false;
        bool starts_section = false;  // of what follows
        bool is_literal = false;
        bool is_outside = false;
        bool goes_on = false;  // up to the next border, which ends its line or goes on itself
        std::array<std::uint8_t, 3> no_padding = {};  // the bytes tell whether two are the same

        // NOLINTNEXTLINE(modernize-use-nullptr): of the 0 that it is compared with
        friend auto operator<=>(const Kind&, const Kind&) = default;
        friend bool operator==(const Kind& one, const Kind& other) {
            static_assert(std::has_unique_object_representations_v<Kind>);
            return std::memcmp(&one, &other, sizeof one) == 0;
        }
    };

    Border(std::size_t offset, const Kind& kind) : offset_(offset), kind_(kind) {}

    std::size_t offset_;
    Kind kind_;
};

/// The borders of a text, in order. A line that holds only markers, spaces and tabs vanishes
/// whole, with its line end (LF, CRLF or CR); its first marker takes what stands before it, its
/// last what stands behind. A marker inside a line vanishes alone. Kept small, for a text may be
/// all markers: nearly all of them are of few kinds.
class Borders {
public:
    /// Behind all others.
    void add(const Mark& mark, const Follows& follows);
    /// After the last, with the size of the text. What follows is known then only.
    void finish(std::size_t text_size);

    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] std::size_t size() const { return near_.size() + (last_ ? 1U : 0U); }
    [[nodiscard]] Border operator[](std::size_t i) const;
    void set_follows(std::size_t i, const Follows& follows);

    /// What goes with a marker.
    [[nodiscard]] Span vanishing(std::size_t i) const;
    /// The line end of the line that vanishes with it whole; empty where none does.
    [[nodiscard]] Span line_end(std::size_t i) const;
    /// Of what followed when they were added: has any section only white space up to the next
    /// border? Do anonymous readers get anything else?
    [[nodiscard]] bool has_blank_section() const { return has_blank_section_; }
    [[nodiscard]] bool has_visible_free() const { return has_visible_free_; }

    /// What one takes, but where they lie far apart or are of hundreds of kinds.
    static constexpr std::size_t bytes_each = 4;

private:
    static constexpr std::size_t chunk_size = 4096;
    static constexpr std::uint16_t other = 0xFFFF;

    struct Kept {
        std::size_t offset;
        std::uint16_t kind;  // in kinds_; `other`: in others_
    };

    /// So many borders in a row: four bytes do for each where all lie near the first and are of the
    /// first kinds.
    struct Chunk {
        std::size_t first;       // its offset
        std::vector<Kept> wide;  // all of them, where four bytes do not do
    };
    static constexpr unsigned kind_bits = 8;
    static constexpr std::uint32_t kind_mask = 0xFF;
    static constexpr std::size_t reach = std::size_t{1} << (32U - kind_bits);

    [[nodiscard]] Kept kept(std::size_t i) const;
    void push_back(Kept kept);
    void set_kind(std::size_t i, std::uint16_t kind);
    void widen(Chunk& chunk);

    void keep_last();
    void put(std::size_t i, const Border& border);
    [[nodiscard]] std::uint16_t number_of(const Border::Kind& kind);
    void end_at(std::size_t end);
    void settle_group();

    std::vector<Chunk> chunks_;
    LargeVector<std::uint32_t> near_;  // how far behind the first of its chunk, and kind
    std::optional<Border> last_;       // the one behind those, until all is known of it
    std::vector<std::size_t> lines_;   // the last borders of lines with several
    std::vector<Border::Kind> kinds_;
    std::map<Border::Kind, std::uint16_t> numbers_;         // in kinds_
    std::unordered_map<std::size_t, Border::Kind> others_;  // by index, once kinds_ are too many
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
