#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace paywall::markdown {

/// What a line of Markdown surely is, told by how it begins. Lines that begin with a space or a tab
/// and lines of fenced code are told apart from the others and not looked into.
enum class LineKind : std::uint8_t {
    blank,
    plain,     ///< text of a paragraph, whatever stands around it
    heading,   ///< `# …`
    item,      ///< of a list
    quote,     ///< `> …` with text behind it
    fenced,    ///< a fence, or code in it
    indented,  ///< begins with a space or a tab
    other      ///< could be anything: a rule, a row of a table, HTML, …
};

struct LineStart {
    LineKind kind;
    std::size_t head = 0;  ///< so many bytes make it that, whatever follows; 0: all of it counts
};

/// Of a line without its end.
[[nodiscard]] LineStart start_of(std::string_view line);

struct Line {
    std::size_t begin;
    std::size_t end;   ///< before its line end
    std::size_t next;  ///< behind its line end
    LineStart start;
    std::size_t stretch;     ///< the first line of the stretch without blank lines that it is in
    bool is_within = false;  ///< fenced code goes on from the line before
    bool is_simple = false;  ///< it and the lines before it in its stretch are plain and headings
    bool is_quoted = false;  ///< … are quotes
};

/// The lines of a Markdown text; nothing where it holds what cannot be told by single lines: HTML
/// that goes on over blank lines, a fence that may be a list's, a line end that is a bare CR.
[[nodiscard]] std::optional<std::vector<Line>> read_lines(std::string_view markdown);

}  // namespace paywall::markdown
