#include "parser/html/blank.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "parser/utf.hpp"

namespace paywall::html {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

bool is_unseen(char32_t c) {
    if (c > 0x3000) return c == 0xFEFF;  // no white space is beyond
    const auto point = static_cast<UChar32>(c);
    return u_isUWhiteSpace(point) != 0 || c == 0x200B || c == 0x2060 || c == 0x200C || c == 0x200D;
}

constexpr std::array<std::string_view, 9> unseen_references{
    "nbsp", "ensp", "emsp", "thinsp", "hairsp", "zwnj", "zwj", "NoBreak", "ZeroWidthSpace"};

/// The length of a reference to an unseen character at the start of a text; 0 if there is none.
std::size_t unseen_reference(std::string_view text) {
    const auto end = text.find(';');
    constexpr std::size_t longest = 16;
    if (!text.starts_with('&') || end == text.npos || end > longest) return 0;
    auto name = text.substr(1, end - 1);
    if (std::ranges::find(unseen_references, name) != unseen_references.end()) return end + 1;
    if (!name.starts_with('#')) return 0;
    name.remove_prefix(1);
    const bool is_hex = name.starts_with('x') || name.starts_with('X');
    if (is_hex) name.remove_prefix(1);
    std::uint32_t point = 0;
    const auto [stop, error] =
        std::from_chars(name.data(), name.data() + name.size(), point, is_hex ? 16 : 10);
    const bool is_number = error == std::errc{} && stop == name.data() + name.size();
    return is_number && is_unseen(point) ? end + 1 : 0;
}

}  // namespace

Item::Kind detail::read_kind_of_text(std::string_view text) {
    std::size_t seen = 0;
    while (seen < text.size() && is_blank(text[seen])) ++seen;
    if (seen == text.size()) return Item::Kind::blank;
    for (auto at = seen; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80 && byte != '&') {
            if (!is_blank(text[at])) return Item::Kind::text;
            ++at;
        } else if (byte == '&') {
            const auto length = unseen_reference(text.substr(at));
            if (length == 0) return Item::Kind::text;
            at += length;
        } else {
            const auto [c, length] = read_utf8(text, at);
            if (!is_unseen(c)) return Item::Kind::text;
            at += length;
        }
    }
    return Item::Kind::spacing;
}

}  // namespace paywall::html
