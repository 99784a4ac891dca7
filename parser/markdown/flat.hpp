#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace paywall::markdown {

/// One step through a Markdown document as its reader sees it: the begin or end of a block or an
/// inline element (emphasis, code, a link, …), a byte of text in its context (the blocks and inline
/// elements it is in), a tag of HTML, white space.
struct Unit {
    std::uint64_t value = 0;    ///< the same for the same thing in the same context
    std::uint32_t letters = 0;  ///< and digits
    std::int8_t depth = 0;      ///< 1 where a block begins, -1 where one ends
    std::int8_t inlines = 0;    ///< the same of an inline element
    std::int8_t tags = 0;       ///< of HTML: elements that begin, less those that end
    bool is_shown : 1 = false;  ///< text and tags
    bool is_whole : 1 = false;  ///< a block without blocks in it, as a whole

    friend bool operator==(const Unit&, const Unit&) = default;
};

using Units = std::vector<Unit>;

/// A block without blocks in it: a paragraph, heading, code block, table, …
struct Leaf {
    std::size_t first_unit;
    std::size_t end_unit = 0;  ///< behind its last
    std::size_t first_line;    ///< from 1
    std::size_t last_line;
    std::size_t list = 0;  ///< the outermost list that it is in, from 1; 0: none
    /// What does it take on that follows it?
    enum class Joins : std::uint8_t { nothing, a_next_line, indented_lines };
    Joins joins = Joins::nothing;
    enum class Kind : std::uint8_t {
        paragraph,
        table,  ///< its second line is the one that delimits its head
        code,
        html,
        other
    };
    Kind kind = Kind::other;
};

/// Is it the first byte of a letter or digit? (Of what is not ASCII, all is.)
[[nodiscard]] constexpr bool begins_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xC0 || byte == 0 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/// An HTML comment that keeps two lists apart; it is no part of a Flat.
inline constexpr std::string_view list_divider = "<!-- -->";

/// A Markdown document as cmark-gfm reads it, laid out flat, without link destinations that
/// nobody sees. What raw HTML leaves open is part of the context of what follows. Runs of white
/// space count as one space; whether lists are tight does not count.
struct Flat {
    Units units;
    std::vector<Leaf> leaves;       ///< in order
    std::vector<Units> footnotes;   ///< the texts of those that are used, in the order of use
    std::vector<Leaf> note_leaves;  ///< those in them, by lines; each note counts as a list
};

/// The units without some leaves, and without the blocks that held nothing else. `is_dropped` is
/// by leaf.
[[nodiscard]] Units without(const Flat& flat, const std::vector<bool>& is_dropped);

/// Lines from `first` to `last`.
struct LineRange {
    std::size_t first;
    std::size_t last;
};

/// With GitHub's extensions: tables, strikethrough, autolinks, task lists, footnotes.
[[nodiscard]] Flat flatten(std::string_view markdown);
/// The same where only some lines, in order, are to be told in single units; each block without
/// blocks in it that has none of them is one unit.
[[nodiscard]] Flat flatten(std::string_view markdown, const std::vector<LineRange>& lines);

}  // namespace paywall::markdown
