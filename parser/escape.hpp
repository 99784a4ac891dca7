#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/ascii.hpp"

namespace paywall {

/// A character that was read, and where the next begins.
struct Decoded {
    char32_t code_point;
    std::size_t end;
};

/// What a decoder gives for a character that it cannot name.
inline constexpr char32_t some_character = 0xFFFD;

/// May an escape begin with it?
constexpr bool is_escape_sign(char c) {
    return c == '&' || c == '%' || c == '\\';
}

/// The code point at `at`, which lies within the text, of UTF-8. Of other bytes some number, and an
/// end within the text: what is read of such a text is thrown away in the end.
[[nodiscard]] inline Decoded code_point_at(std::string_view text, std::size_t at) {
    const auto left = text.size() - at;
    const auto byte = [&](std::size_t i) -> char32_t {
        return i < left ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return byte(i) & 0x3F; };
    const auto end = [&](std::size_t length) { return at + (length < left ? length : left); };
    const auto lead = byte(0);
    if (lead < 0x80) return {lead, at + 1};
    if (lead < 0xE0) return {(lead & 0x1F) << 6 | tail(1), end(2)};
    if (lead < 0xF0) return {(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), end(3)};
    return {(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), end(4)};
}

/// The escape whose sign (`&`, `%`, a backslash) is at `at`: a character reference by number or
/// name (WHATWG HTML, 13.5), a percent escape, `\u0023` and its like; an escape may stand for the
/// sign of another, any number of times: `&amp;#35;`, `%2523`. Nothing where the sign is a sign.
[[nodiscard]] std::optional<Decoded> decode_escape(std::string_view text, std::size_t at);

}  // namespace paywall
