#include "parser/quote.hpp"

#include <unicode/uchar.h>

#include <array>
#include <cstdio>
#include <vector>

#include "parser/utf.hpp"

namespace paywall {
namespace {

constexpr std::size_t window_columns = 64;
constexpr std::size_t columns_before = 16;
// Marks that stack take no columns: a window ends after so many characters, too.
constexpr std::size_t window_characters = 3 * window_columns;
constexpr std::string_view ellipsis = "…";

/// A character as it is shown.
struct Cell {
    std::string text;
    std::size_t columns;
};

std::string escaped(char32_t c) {
    const char* const form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    std::array<char, 16> buffer;
    const int size = std::snprintf(buffer.data(), buffer.size(), form, static_cast<unsigned>(c));
    return {buffer.data(), static_cast<std::size_t>(size)};
}

/// Controls of terminals, lines and writing direction; and the soft hyphen, whose width no two
/// terminals agree on.
bool moves_text(char32_t c) {
    return u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR || c == 0x2028 || c == 0x2029 ||
           c == 0xAD || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_BIDI_CONTROL);
}

bool is_unseen(char32_t c) {
    const auto type = u_charType(static_cast<UChar32>(c));
    return type == U_FORMAT_CHAR ||
           u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

std::size_t columns_of(char32_t c) {
    const auto type = u_charType(static_cast<UChar32>(c));
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || is_unseen(c)) return 0;
    const auto hangul = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_HANGUL_SYLLABLE_TYPE);
    if (hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO) return 0;
    const auto width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

enum class Part { around, marked };

Cell cell_of(std::string_view text, std::size_t offset, Part part) {
    const auto [c, length] = read_utf8(text, offset);
    if (c == '\t') return {" ", 1};
    if (c < 0x7F && c >= 0x20) return {std::string(1, static_cast<char>(c)), 1};
    if (c == Character::invalid || moves_text(c) || (part == Part::marked && is_unseen(c))) {
        std::string shown;
        if (c != Character::invalid) shown = escaped(c);
        for (std::size_t i = 0; i < length && c == Character::invalid; ++i) {
            shown += escaped(static_cast<unsigned char>(text[offset + i]));
        }
        const std::size_t columns = shown.size();
        return {std::move(shown), columns};
    }
    return {std::string(text.substr(offset, length)), columns_of(c)};
}

std::size_t previous(std::string_view text, std::size_t offset) {
    do {
        --offset;
    } while (offset > 0 && (text[offset] & 0xC0) == 0x80);
    return offset;
}

/// Where the window begins: at most so many columns before the mark, the `…` among them.
std::size_t window_begin(std::string_view text, std::size_t mark) {
    std::size_t begin = mark;
    std::size_t columns = 0;
    for (std::size_t characters = 0; begin > 0 && characters < window_characters; ++characters) {
        const std::size_t before = previous(text, begin);
        columns += cell_of(text, before, Part::around).columns;
        if (columns + (before > 0 ? 1 : 0) > columns_before) break;
        begin = before;
    }
    return begin;
}

/// Cells from `begin` to `end` that fit into `room` columns, less one for a `…` unless they
/// are all and nothing follows. Returns where they end.
struct Fitted {
    std::vector<Cell> cells;
    std::vector<std::size_t> offsets;
    std::size_t end;
};

Fitted fit(const Source::Line& line, std::size_t begin, std::size_t end, std::size_t room) {
    Fitted fitted{{}, {}, begin};
    std::size_t columns = 0;
    std::size_t last_that_leaves_room = 0;
    while (fitted.end < end && fitted.cells.size() < window_characters) {
        const bool marked = fitted.end >= line.marked.offset && fitted.end < line.marked.end();
        Cell cell = cell_of(line.text, fitted.end, marked ? Part::marked : Part::around);
        if (columns + cell.columns > room) break;
        columns += cell.columns;
        fitted.cells.push_back(std::move(cell));
        fitted.offsets.push_back(fitted.end);
        if (columns < room) last_that_leaves_room = fitted.cells.size();
        fitted.end += read_utf8(line.text, fitted.end).length;
    }
    if (fitted.end < line.text.size() && last_that_leaves_room < fitted.cells.size()) {
        fitted.end = fitted.offsets[last_that_leaves_room];
        fitted.cells.resize(last_that_leaves_room);
        fitted.offsets.resize(last_that_leaves_room);
    }
    return fitted;
}

}  // namespace

namespace {

/// Of what is marked, the part that is surely of a marker: what stands within it, in a tag or
/// behind white space, may be content.
Source::Line without_content(Source::Line line) {
    if (line.marked.length < 2) return line;
    const auto marked = line.text.substr(line.marked.offset, line.marked.length);
    line.marked.length = std::min(marked.find_first_of(" \t<", 1), marked.size());
    return line;
}

}  // namespace

Quote quote(const Source::Line& whole_line, Show show) {
    const auto line = show == Show::marked ? without_content(whole_line) : whole_line;
    if (show == Show::nothing) {
        return {line.text.empty() ? "" : std::string(ellipsis), "", "^"};
    }
    const bool whole = show == Show::window;
    const std::size_t begin =
        whole ? window_begin(line.text, line.marked.offset) : line.marked.offset;
    const std::size_t end = whole ? line.text.size() : line.marked.end();
    const std::size_t cut_before = begin > 0 ? 1 : 0;

    Quote result;
    if (cut_before > 0) result.text = ellipsis;
    std::size_t before = cut_before;
    std::size_t marked = 0;
    const Fitted fitted = fit(line, begin, end, window_columns - cut_before);
    for (std::size_t i = 0; i < fitted.cells.size(); ++i) {
        const auto& [text, columns] = fitted.cells[i];
        if (fitted.offsets[i] < line.marked.offset) before += columns;
        if (fitted.offsets[i] >= line.marked.offset && fitted.offsets[i] < line.marked.end()) {
            marked += columns;
        }
        result.text += text;
    }
    if (fitted.end < line.text.size()) result.text += ellipsis;
    result.indent.assign(before, ' ');
    result.caret = "^" + std::string(marked > 0 ? marked - 1 : 0, '~');
    return result;
}

std::string escape(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); i += read_utf8(text, i).length) {
        const bool tab = text[i] == '\t';
        result += tab ? escaped('\t') : cell_of(text, i, Part::around).text;
    }
    return result;
}

}  // namespace paywall
