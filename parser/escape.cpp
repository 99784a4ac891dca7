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

constexpr auto digit_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(0xFF);
    for (std::uint8_t i = 0; i < 10; ++i) values['0' + i] = i;
    for (std::uint8_t i = 0; i < 6; ++i) {
        values['A' + i] = values['a' + i] = static_cast<std::uint8_t>(10 + i);
    }
    return values;
}();

/// A number of min to max digits; a code point that is none reads as U+FFFD.
std::optional<Decoded> number(std::string_view text, std::size_t at, unsigned base, std::size_t min,
                              std::size_t max) {
    const auto limit = max > text.size() ? text.size() : std::min(text.size(), at + max);
    std::uint32_t value = 0;
    auto end = at;
    for (; end < limit; ++end) {
        const auto digit = digit_values[static_cast<unsigned char>(text[end])];
        if (digit >= base) break;
        value = std::min<std::uint32_t>(value * base + digit, 0x110000);
    }
    if (end < at + min) return std::nullopt;
    return Decoded{value < 0x110000 ? value : some_character, end};
}

/// Behind the semicolon at a place, which may be percent-escaped itself (`%26lt%3B`); or nothing.
std::optional<std::size_t> semicolon(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    if (text[at] == ';') return at + 1;
    if (text[at] != '%') return std::nullopt;
    ++at;
    while (text.substr(at, 2) == "25") at += 2;
    const auto decoded = number(text, at, 16, 2, 2);
    return decoded && decoded->code_point == ';' ? std::optional(decoded->end) : std::nullopt;
}

/// `#35;`, `#x23;`, `num;`, after the ampersand. A missing semicolon is forgiven as browsers do;
/// a name that is not in the list stands for some character.
std::optional<Decoded> reference_body(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    if (text[at] == '#') {
        const bool is_hex = at + 1 < text.size() && (text[at + 1] | 0x20) == 'x';
        auto decoded = number(text, at + (is_hex ? 2 : 1), is_hex ? 16 : 10, 1, npos);
        if (decoded) decoded->end = semicolon(text, decoded->end).value_or(decoded->end);
        return decoded;
    }
    const auto limit = std::min(text.size(), at + longest_entity + 1);
    auto end = at;
    while (end < limit && is_ascii_word(text[end])) ++end;
    if (const auto behind = semicolon(text, end); end - at > 1 && behind) {
        const auto name = text.substr(at, end - at);
        const auto* it = std::ranges::lower_bound(entities, name, {}, &Named::name);
        const bool is_known = it != std::end(entities) && it->name == name;
        return Decoded{is_known ? it->code_point : some_character, *behind};
    }
    const auto rest = text.substr(at, 4);
    if (rest.starts_with("lt") || rest.starts_with("LT")) return Decoded{'<', at + 2};
    if (rest.starts_with("gt") || rest.starts_with("GT")) return Decoded{'>', at + 2};
    if (rest == "amp#" || rest == "AMP#") return Decoded{'&', at + 3};
    return std::nullopt;
}

/// A further byte of a UTF-8 sequence: `%BC`, also escaped again (`%25BC`).
std::optional<Decoded> percent_tail(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '%') return std::nullopt;
    ++at;
    while (text.substr(at, 2) == "25" && number(text, at + 2, 16, 2, 2)) at += 2;
    const auto decoded = number(text, at, 16, 2, 2);
    return decoded && (decoded->code_point & 0xC0) == 0x80 ? decoded : std::nullopt;
}

/// `23` after the percent sign, also `u0023`; and the other bytes of a UTF-8 sequence (`EF%BC%83`).
std::optional<Decoded> percent_body(std::string_view text, std::size_t at) {
    if (at < text.size() && (text[at] | 0x20) == 'u') return number(text, at + 1, 16, 4, 4);
    auto decoded = number(text, at, 16, 2, 2);
    if (!decoded || decoded->code_point < 0x80) return decoded;
    const auto lead = decoded->code_point;
    if (lead < 0xC2 || lead > 0xF4) return Decoded{some_character, decoded->end};
    std::array<char, 4> bytes{static_cast<char>(lead)};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = percent_tail(text, decoded->end);
        if (!next) return Decoded{some_character, decoded->end};
        bytes[i] = static_cast<char>(next->code_point);
        decoded = next;
    }
    return Decoded{code_point_at({bytes.data(), length}, 0).code_point, decoded->end};
}

/// `u0023`, `u{23}`, `x23`, `U00000023` after the backslash; surrogate pairs joined.
std::optional<Decoded> backslash_body(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    const char kind = text[at];
    if (kind == 'x') return number(text, at + 1, 16, 2, 2);
    if (kind == 'U') return number(text, at + 1, 16, 8, 8);
    if (kind != 'u') return std::nullopt;
    if (text.substr(at + 1, 1) == "{") {
        auto decoded = number(text, at + 2, 16, 1, npos);
        if (!decoded || text.substr(decoded->end, 1) != "}") return std::nullopt;
        ++decoded->end;
        return decoded;
    }
    const auto high = number(text, at + 1, 16, 4, 4);
    if (!high || (high->code_point & 0x1FFC00) != 0xD800 || text.substr(high->end, 2) != "\\u") {
        return high;
    }
    const auto low = number(text, high->end + 2, 16, 4, 4);
    if (!low || (low->code_point & 0x1FFC00) != 0xDC00) return high;
    return Decoded{0x10000 + ((high->code_point & 0x3FF) << 10) + (low->code_point & 0x3FF),
                   low->end};
}

}  // namespace

Decoded code_point_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> char32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto lead = byte(0);
    const auto tail = [&](std::size_t i) { return byte(i) & 0x3F; };
    const auto end = [&](std::size_t length) { return std::min(at + length, text.size()); };
    if (lead < 0x80) return {lead, at + 1};
    if (lead < 0xE0) return {(lead & 0x1F) << 6 | tail(1), end(2)};
    if (lead < 0xF0) return {(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), end(3)};
    return {(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), end(4)};
}

std::optional<Decoded> decode_escape(std::string_view text, std::size_t at) {
    const auto body = [&](char32_t sign, std::size_t place) -> std::optional<Decoded> {
        switch (sign) {
            case '&':
                return reference_body(text, place);
            case '%':
                return percent_body(text, place);
            case '\\':
                return backslash_body(text, place);
            default:
                return std::nullopt;
        }
    };
    auto decoded = body(static_cast<unsigned char>(text[at]), at + 1);
    while (decoded) {
        const auto next = body(decoded->code_point, decoded->end);
        if (!next) break;
        decoded = next;
    }
    return decoded;
}

}  // namespace paywall
