#include "parser/escape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace paywall {
namespace {

constexpr auto npos = std::string_view::npos;

struct Named {
    std::string_view name;
    char32_t code_point;
};
constexpr Named entities[] = {
#include "parser/entities.inc"
};
constexpr std::size_t longest_entity = 32;

/// Where the names with each first letter begin.
constexpr auto first_entities = [] {
    std::array<std::uint16_t, 129> begins{};
    for (const auto& entity : entities) ++begins[static_cast<unsigned char>(entity.name[0]) + 1U];
    for (std::size_t c = 1; c < begins.size(); ++c) {
        begins[c] = static_cast<std::uint16_t>(begins[c] + begins[c - 1]);
    }
    return begins;
}();

/// The character that a name of ASCII letters and digits stands for.
char32_t character_named(std::string_view name) {
    if (name == "amp") return '&';  // the only one that nests, as often as one likes
    const auto first = static_cast<unsigned char>(name.front());
    const auto* const begin = entities + first_entities[first];
    const auto* const end = entities + first_entities[first + 1U];
    const auto* const found = std::ranges::lower_bound(begin, end, name, {}, &Named::name);
    return found != end && found->name == name ? found->code_point : some_character;
}

/// Names that browsers know without a semicolon, whatever follows (WHATWG HTML, 13.5): of those
/// that matter to a marker. None begins another.
constexpr std::size_t longest_open_name = 6;
constexpr std::string_view open_names[] = {
    "Aacute", "Acirc",  "Agrave", "Aring",  "Atilde", "Auml",   "Eacute", "Ecirc",  "Egrave",
    "Euml",   "Iacute", "Icirc",  "Igrave", "Iuml",   "Ntilde", "THORN",  "aacute", "acirc",
    "agrave", "aring",  "atilde", "auml",   "eacute", "ecirc",  "egrave", "euml",   "iacute",
    "icirc",  "igrave", "iuml",   "nbsp",   "ntilde", "ordf",   "shy",    "thorn",  "yen"};

/// Where the names with each first letter begin.
constexpr auto first_open_names = [] {
    std::array<std::uint8_t, 129> begins{};
    for (const auto name : open_names) ++begins[static_cast<unsigned char>(name[0]) + 1U];
    for (std::size_t c = 1; c < begins.size(); ++c) {
        begins[c] = static_cast<std::uint8_t>(begins[c] + begins[c - 1]);
    }
    return begins;
}();

/// The one of them that a text begins with, or nothing.
std::string_view open_name(std::string_view text) {
    const auto first = text.empty() ? 0U : static_cast<unsigned char>(text.front());
    if (first >= 0x80) return {};
    const auto* const end = open_names + first_open_names[first + 1U];
    for (const auto* name = open_names + first_open_names[first]; name != end; ++name) {
        if (text.starts_with(*name)) return *name;
    }
    return {};
}

constexpr auto digit_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(0xFF);
    for (std::uint8_t i = 0; i < 10; ++i) values['0' + i] = i;
    for (std::uint8_t i = 0; i < 6; ++i) {
        values['A' + i] = values['a' + i] = static_cast<std::uint8_t>(10 + i);
    }
    return values;
}();

/// What the functions below give where there is no escape: returned in registers, unlike an
/// optional, and asked for very often. Every escape ends behind 0.
constexpr Decoded none{0, 0};

bool is_none(const Decoded& decoded) {
    return decoded.end == 0;
}

/// The number that the two hexadecimal digits at a place make, as they stand.
Decoded plain_byte_number(std::string_view text, std::size_t at) {
    if (at + 2 > text.size()) return none;
    const auto high = digit_values[static_cast<unsigned char>(text[at])];
    const auto low = digit_values[static_cast<unsigned char>(text[at + 1])];
    if ((high | low) > 0xF) return none;
    return {static_cast<char32_t>(high << 4 | low), at + 2};
}

/// The character that is escaped at a place by a sign, `%` or a backslash; the sign itself where
/// none is.
Decoded escaped_unit(std::string_view text, std::size_t at) {
    const char c = text[at];
    auto decoded = none;
    if (c == '%') {
        auto digits = at + 1;
        while (text.substr(digits, 2) == "25") digits += 2;
        decoded = plain_byte_number(text, digits);
    } else if (at + 1 < text.size()) {
        const char next = text[at + 1];
        if (next > ' ' && next < 0x7F && !is_ascii_word(next)) {
            return {static_cast<unsigned char>(next), at + 2};
        }
        if (text.substr(at + 1, 3) == "u00") decoded = plain_byte_number(text, at + 4);
    }
    if (!is_none(decoded) && decoded.code_point < 0x80) return decoded;
    return {static_cast<unsigned char>(c), at + 1};
}

/// A character of an escape's body, which another tool may have escaped once more: `%23`, `%2523`,
/// `\u0023`, `\#`. Any other is itself, as most are; `none` where there is no more.
inline Decoded unit(std::string_view text, std::size_t at) {
    if (at >= text.size()) return none;
    const char c = text[at];
    if (c == '%' || c == '\\') return escaped_unit(text, at);
    return {static_cast<unsigned char>(c), at + 1};
}

std::uint8_t digit_of(const Decoded& character) {
    return digit_values[character.code_point];  // a unit is one byte
}

/// A number of min to max digits; a code point that is none reads as U+FFFD.
Decoded number(std::string_view text, std::size_t at, unsigned base, std::size_t min,
               std::size_t max) {
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; digits < max; ++digits) {
        const auto next = unit(text, at);
        const auto digit = digit_of(next);
        if (is_none(next) || digit >= base) break;
        value = std::min<std::uint32_t>(value * base + digit, 0x110000);
        at = next.end;
    }
    if (digits < min) return none;
    return {value < 0x110000 ? value : some_character, at};
}

/// Two hexadecimal digits.
Decoded byte_number(std::string_view text, std::size_t at) {
    if (const auto plain = plain_byte_number(text, at); !is_none(plain)) return plain;
    const auto high = unit(text, at);
    if (is_none(high) || digit_of(high) > 0xF) return none;
    const auto low = unit(text, high.end);
    if (is_none(low) || digit_of(low) > 0xF) return none;
    return {static_cast<char32_t>(digit_of(high) << 4 | digit_of(low)), low.end};
}

/// Behind the semicolon at a place; the place where there is none.
std::size_t end_of_semicolon(std::string_view text, std::size_t at) {
    const auto next = unit(text, at);
    return next.code_point == ';' ? next.end : at;
}

/// A name that needs no semicolon, after the ampersand.
Decoded open_reference(std::string_view text, std::size_t at) {
    const auto rest = text.substr(at, longest_open_name);
    if (rest.size() < 2 || !is_ascii_letter(rest[0])) return none;
    if (rest[1] == 't' || rest[1] == 'T') {
        if (rest.starts_with("lt") || rest.starts_with("LT")) return {'<', at + 2};
        if (rest.starts_with("gt") || rest.starts_with("GT")) return {'>', at + 2};
    }
    if (rest.starts_with("amp#") || rest.starts_with("AMP#")) return {'&', at + 3};
    const auto name = open_name(rest);
    return name.empty() ? none : Decoded{character_named(name), at + name.size()};
}

/// A name of ASCII letters and digits, and where it ends.
struct Name {
    std::string_view letters;
    std::size_t end;
};

/// The name at a place, as far as names go. As most stand plainly it views the text, and `room`
/// where one does not.
Name name_at(std::string_view text, std::size_t at, std::array<char, longest_entity + 1>& room) {
    const auto most = std::min(at + room.size(), text.size());
    auto end = at;
    while (end < most && is_ascii_word(text[end])) ++end;
    if (end == most || (text[end] != '%' && text[end] != '\\'))
        return {text.substr(at, end - at), end};
    std::size_t length = 0;
    end = at;
    for (auto next = unit(text, at); length < room.size(); next = unit(text, end)) {
        const auto letter = static_cast<char>(next.code_point);
        if (is_none(next) || !is_ascii_word(letter)) break;
        room[length++] = letter;
        end = next.end;
    }
    return {{room.data(), length}, end};
}

/// `#35;`, `#x23;`, `num;`, after the ampersand. A missing semicolon is forgiven as browsers do;
/// a name that is not in the list stands for some character.
Decoded reference_body(std::string_view text, std::size_t at) {
    const auto first = unit(text, at);
    if (is_none(first)) return none;
    if (first.code_point == '#') {
        const auto second = unit(text, first.end);
        const bool is_hex = (second.code_point | 0x20) == 'x';
        auto decoded = number(text, is_hex ? second.end : first.end, is_hex ? 16 : 10, 1, npos);
        if (!is_none(decoded)) decoded.end = end_of_semicolon(text, decoded.end);
        return decoded;
    }
    std::array<char, longest_entity + 1> letters;
    const auto name = name_at(text, at, letters);
    const auto behind = end_of_semicolon(text, name.end);
    if (name.letters.size() > 1 && behind > name.end)
        return {character_named(name.letters), behind};
    return open_reference(text, at);
}

/// A further byte of a UTF-8 sequence: `%BC`, also escaped again (`%25BC`).
Decoded percent_tail(std::string_view text, std::size_t at) {
    const auto sign = unit(text, at);
    if (is_none(sign) || sign.code_point != '%') return none;
    at = sign.end;
    while (text.substr(at, 2) == "25" && !is_none(byte_number(text, at + 2))) at += 2;
    const auto decoded = byte_number(text, at);
    return (decoded.code_point & 0xC0) == 0x80 ? decoded : none;
}

/// `23` after the percent sign, also `u0023`; and the other bytes of a UTF-8 sequence (`EF%BC%83`).
Decoded percent_body(std::string_view text, std::size_t at) {
    if (at < text.size() && (text[at] | 0x20) == 'u') return number(text, at + 1, 16, 4, 4);
    auto decoded = byte_number(text, at);
    if (decoded.code_point < 0x80) return decoded;
    const auto lead = decoded.code_point;
    if (lead < 0xC2 || lead > 0xF4) return {some_character, decoded.end};
    std::array<char, 4> bytes{static_cast<char>(lead)};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = percent_tail(text, decoded.end);
        if (is_none(next)) return {some_character, decoded.end};
        bytes[i] = static_cast<char>(next.code_point);
        decoded = next;
    }
    return {code_point_at({bytes.data(), length}, 0).code_point, decoded.end};
}

/// `u0023`, `u{23}`, `x23`, `x{23}`, `U00000023` after the backslash, in any case; surrogate pairs
/// joined.
Decoded backslash_body(std::string_view text, std::size_t at) {
    const auto sign = unit(text, at);
    if (is_none(sign)) return none;
    const auto kind = sign.code_point | 0x20;
    at = sign.end;
    if (sign.code_point == 'U') {
        const auto decoded = number(text, at, 16, 8, 8);
        if (!is_none(decoded)) return decoded;
    }
    if (kind != 'u' && kind != 'x') return none;
    if (const auto brace = unit(text, at); brace.code_point == '{') {
        auto decoded = number(text, brace.end, 16, 1, npos);
        const auto end = is_none(decoded) ? none : unit(text, decoded.end);
        if (end.code_point != '}') return none;
        decoded.end = end.end;
        return decoded;
    }
    if (kind == 'x') return byte_number(text, at);
    const auto high = number(text, at, 16, 4, 4);
    if ((high.code_point & 0x1FFC00) != 0xD800) return high;
    const auto next = unit(text, high.end);
    const auto letter = unit(text, next.end);
    if (next.code_point != '\\' || (letter.code_point | 0x20) != 'u') return high;
    const auto low = number(text, letter.end, 16, 4, 4);
    if ((low.code_point & 0x1FFC00) != 0xDC00) return high;
    return {0x10000 + ((high.code_point & 0x3FF) << 10) + (low.code_point & 0x3FF), low.end};
}

/// What follows a sign, if that is one.
Decoded body(char32_t sign, std::string_view text, std::size_t at) {
    if (sign == '&') return reference_body(text, at);
    if (sign == '%') return percent_body(text, at);
    if (sign == '\\') return backslash_body(text, at);
    return none;
}

}  // namespace

std::optional<Decoded> decode_escape(std::string_view text, std::size_t at) {
    // A sign in a run of the same begins none. (`%%` can: `%%32%33` is `%23`, escaped again.)
    const auto head = text.substr(at, 3);
    if (head.starts_with("&&") || head == "%%%") return std::nullopt;
    auto decoded = body(static_cast<unsigned char>(text[at]), text, at + 1);
    if (is_none(decoded)) return std::nullopt;
    for (auto next = decoded; !is_none(next); next = body(next.code_point, text, next.end)) {
        decoded = next;
    }
    return decoded;
}

}  // namespace paywall
