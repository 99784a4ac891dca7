#include "tools/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace paywall::tools {
namespace {

constexpr char32_t bad_byte = 0xDC00;

struct Decoded {
    char32_t character;
    std::size_t length;
};

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0U) == 0x80U;
}

Decoded decode_first(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const Decoded bad{bad_byte + byte(0), 1};
    if (byte(0) < 0x80) return {byte(0), 1};
    const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
    if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < length) return bad;
    char32_t character = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(byte(i))) return bad;
        character = character << 6 | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = character >= 0xD800 && character < 0xE000;
    if (character < smallest[length] || character > 0x10FFFF || surrogate) return bad;
    return {character, length};
}

bool is_bad(char32_t character) {
    return character >= bad_byte && character < bad_byte + 256;
}

}  // namespace

std::u32string code_points(std::string_view text) {
    std::u32string result;
    while (!text.empty()) {
        const auto [character, length] = decode_first(text);
        result += character;
        text.remove_prefix(length);
    }
    return result;
}

std::string to_valid_utf8(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto [character, length] = decode_first(text);
        result.append(is_bad(character) ? "\xEF\xBF\xBD" : text.substr(0, length));
        text.remove_prefix(length);
    }
    return result;
}

bool is_valid_utf8(std::string_view text) {
    const auto points = code_points(text);
    return std::none_of(points.begin(), points.end(), is_bad);
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t j) {
            return j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U;
        };
        const std::uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j > bytes.size() ? '=' : digits[group >> (18 - 6 * j) & 63U];
    }
    return text;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

}  // namespace paywall::tools
