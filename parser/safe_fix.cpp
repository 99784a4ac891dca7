#include "parser/safe_fix.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "parser/escape.hpp"
#include "parser/fold.hpp"

namespace paywall {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    }
    return result;
}

/// A tag at the start of a text: `<b class="x">`, `</b>`; nothing else in angle brackets.
struct Tag {
    std::string name;  ///< empty: there is no tag
    bool closes = false;
    bool is_whole = false;  ///< has no other tag: `<br>`, `<b/>`
    std::size_t length = 0;
};

Tag tag_at(std::string_view text) {
    const bool closes = text.starts_with("</");
    const std::size_t begin = closes ? 2 : 1;
    if (!text.starts_with('<') || text.size() <= begin || !is_ascii_letter(text[begin])) return {};
    const auto name = text.substr(begin, text.find_first_of(" \t\r\n/<>", begin) - begin);
    const auto end = text.find('>');
    if (end == std::string_view::npos) return {};
    constexpr std::string_view empty[] = {"br", "wbr", "hr", "img"};
    const auto folded = lower(name);
    const bool is_empty = std::ranges::find(empty, folded) != std::end(empty);
    return {folded, closes, is_empty || text[end - 1] == '/', end + 1};
}

/// A character, folded to ASCII; empty: none.
struct Sign {
    std::string ascii;
    std::string_view text;  ///< from it on
};

/// What stands behind blanks, tags and what nobody sees, on the line.
Sign next_sign(std::string_view text) {
    constexpr std::size_t farthest = 1024;
    text = text.substr(0, farthest);
    while (!text.empty()) {
        if (text.front() == '\n' || text.front() == '\r') return {};
        if (text.front() == ' ' || text.front() == '\t') {
            text.remove_prefix(1);
            continue;
        }
        const auto tag = tag_at(text);
        if (!tag.name.empty()) {
            text.remove_prefix(tag.length);
            continue;
        }
        const auto escaped = decode_escape(text, 0);
        const auto character = escaped ? *escaped : code_point_at(text, 0);
        const auto folded = fold(character.code_point);
        if (folded.kind == FoldKind::ascii) return {std::string(folded.ascii), text};
        if (folded.kind != FoldKind::unseen) return {};
        text.remove_prefix(character.end);
    }
    return {};
}

}  // namespace

bool leaves_signs(std::string_view text, Span span, const Dialect& dialect, std::size_t meant) {
    const auto sign = next_sign(text.substr(span.end()));
    const auto& closing = dialect.markers[meant].after;
    const bool is_sign = sign.ascii.size() == 1 && sign.ascii != " " &&
                         !is_ascii_word(sign.ascii.front()) &&
                         closing.find(sign.ascii) != std::string::npos;
    return is_sign && std::ranges::none_of(dialect.markers, [&](const Marker& marker) {
               return sign.text.starts_with(marker.text());
           });
}

bool keep_elements_whole(const std::vector<Replaced>& all) {
    std::vector<std::string> open;    // without their end
    std::vector<std::string> closed;  // without their begin
    for (const auto& [text, by] : all) {
        if (by.starts_with('<') && tag_at(text).length == text.size()) continue;
        for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
            const auto tag = tag_at(text.substr(at));
            if (tag.name.empty() || tag.is_whole) continue;
            if (!tag.closes) {
                open.push_back(tag.name);
            } else if (!open.empty() && open.back() == tag.name) {
                open.pop_back();
            } else {
                closed.push_back(tag.name);
            }
        }
    }
    // `</p><p>`: two elements become one.
    return std::ranges::equal(open, std::vector<std::string>(closed.rbegin(), closed.rend()));
}

}  // namespace paywall
