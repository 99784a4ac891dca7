#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "parser/source.hpp"

namespace paywall {

/// The encoding forms of Unicode that are not bytes with ASCII in them.
enum class Utf { utf16le, utf16be, utf32le, utf32be };

[[nodiscard]] constexpr std::size_t unit_size(Utf form) {
    return form == Utf::utf16le || form == Utf::utf16be ? 2 : 4;
}

/// A character and how many bytes it takes; with the length of the bad sequence where there is
/// no valid one.
struct Character {
    static constexpr char32_t invalid = 0xFFFFFFFF;
    char32_t code_point;
    std::size_t length;
};

[[nodiscard]] inline std::size_t read_unit(const char* bytes, Utf form) {
    const auto at = [bytes](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
    };
    switch (form) {
        case Utf::utf16le:
            return at(0) | at(1) << 8;
        case Utf::utf16be:
            return at(0) << 8 | at(1);
        case Utf::utf32le:
            return at(0) | at(1) << 8 | at(2) << 16 | at(3) << 24;
        case Utf::utf32be:
            break;
    }
    return at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
}

/// The character at `offset`, which lies before the end. A lone surrogate, a number that is no
/// code point and a cut-off unit are invalid.
template <Utf form>
[[nodiscard]] inline Character read_utf(std::string_view bytes, std::size_t offset) {
    constexpr std::size_t size = unit_size(form);
    const std::size_t left = bytes.size() - offset;
    if (left < size) return {Character::invalid, left};
    const std::size_t unit = read_unit(bytes.data() + offset, form);
    if (unit < 0xD800 || (unit >= 0xE000 && unit < 0x110000)) {
        return {static_cast<char32_t>(unit), size};
    }
    if (size == 4 || unit >= 0xDC00) return {Character::invalid, size};
    if (left < 2 * size) return {Character::invalid, left};
    const std::size_t next = read_unit(bytes.data() + offset + size, form);
    if (next < 0xDC00 || next > 0xDFFF) return {Character::invalid, size};
    return {static_cast<char32_t>(0x10000 + ((unit & 0x3FF) << 10 | (next & 0x3FF))), 2 * size};
}

/// The character of UTF-8 text at `offset`, which lies before the end; what is invalid has the
/// length of the maximal subpart (Unicode, 3.9): overlong forms and surrogates too.
[[nodiscard]] inline Character read_utf8(std::string_view text, std::size_t offset) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
    const std::size_t left = text.size() - offset;
    const unsigned lead = at(0);
    if (lead < 0x80) return {lead, 1};
    if (lead < 0xC2 || lead > 0xF4) return {Character::invalid, 1};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (left < 2 || at(1) < lowest || at(1) > highest) return {Character::invalid, 1};
    char32_t code_point = (lead & (0x7Fu >> length)) << 6 | (at(1) & 0x3Fu);
    for (std::size_t i = 2; i < length; ++i) {
        if (i >= left || (at(i) & 0xC0u) != 0x80) return {Character::invalid, i};
        code_point = code_point << 6 | (at(i) & 0x3Fu);
    }
    return {code_point, length};
}

/// Writes a code point (no surrogate) as UTF-8 and returns the end; at most four bytes.
inline char* write_utf8(char32_t c, char* out) {
    const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else {
        if (c < 0x10000) {
            put(0xE0 | c >> 12);
        } else {
            put(0xF0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3F));
        }
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
    return out;
}

/// The first sequence of `text` that is no valid UTF-8.
[[nodiscard]] std::optional<Span> first_invalid_utf8(std::string_view text);

}  // namespace paywall
