#include "parser/detect.hpp"

#include <unicode/uchar.h>

namespace paywall {
namespace {

unsigned byte_at(std::string_view bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
}

/// Is this a character that texts are made of? Assigned, not private, no control but those of
/// lines. U+2061 to U+2073 are out too: hardly any text has them, and 8-bit prose read as
/// UTF-16 is full of them ("a " is U+2061).
bool is_of_text(char32_t c) {
    if (c < 0x20) return c >= 0x09 && c <= 0x0D;
    if (c < 0x7F || (c >= 0x4E00 && c < 0x9FA6)) return true;
    if (c >= 0x2061 && c <= 0x2073) return false;
    const auto type = u_charType(static_cast<UChar32>(c));
    return type != U_UNASSIGNED && type != U_PRIVATE_USE_CHAR && type != U_CONTROL_CHAR;
}

/// White space, line ends, and what markers are written with. With its two bytes swapped each is
/// a character that hardly any text has, so that it tells the byte order.
bool tells_order(char32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || c == ' ' || c == '#' || c == '$' || c == '<' ||
           c == '>';
}

bool is_ascii_pair(char32_t unit) {
    const auto is_printable = [](char32_t byte) { return byte >= 0x20 && byte < 0x7F; };
    return unit < 0x10000 && is_printable(unit & 0xFF) && is_printable(unit >> 8);
}

struct Reading {
    bool is_text = false;
    bool has_ascii_run = false;  ///< two characters in a row that may be four ASCII bytes
};

template <Utf form>
Reading read(std::string_view bytes) {
    Reading reading;
    bool was_pair = false;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto [c, length] = read_utf<form>(bytes, i);
        if (c == Character::invalid || !is_of_text(c)) return {};
        reading.has_ascii_run = reading.has_ascii_run || (was_pair && is_ascii_pair(c));
        was_pair = is_ascii_pair(c);
        i += length;
    }
    reading.is_text = true;
    return reading;
}

/// Does any unit, read in either order, tell that the order is this one?
struct OrdersTold {
    bool little = false;
    bool big = false;
};

OrdersTold orders_told(std::string_view bytes) {
    OrdersTold told;
    for (std::size_t i = 0; i + 1 < bytes.size() && !(told.little && told.big); i += 2) {
        if (bytes[i + 1] == '\0' && tells_order(byte_at(bytes, i))) told.little = true;
        if (bytes[i] == '\0' && tells_order(byte_at(bytes, i + 1))) told.big = true;
    }
    return told;
}

/// Surely UTF-16 in this order, for which there is evidence and none for the other: text in it.
/// Bytes that could be 8-bit text with stray NULs as well must not hold four ASCII bytes in a row,
/// for these may be of a marker that this reading would make two Chinese characters. (So a short
/// text may be refused; a long Chinese one has bytes that GB18030 has not.)
template <Utf form>
bool is_utf16(std::string_view bytes) {
    const Reading reading = read<form>(bytes);
    if (!reading.is_text) return false;
    return !reading.has_ascii_run || (first_invalid_utf8(bytes) && !has_gb18030_structure(bytes));
}

}  // namespace

std::optional<Utf> detect_utf(std::string_view bytes) {
    // UTF-32 is sure by itself: every fourth byte is 0, and as UTF-16 it has U+0000 or controls.
    if (read<Utf::utf32le>(bytes).is_text) return Utf::utf32le;
    if (read<Utf::utf32be>(bytes).is_text) return Utf::utf32be;
    const auto told = orders_told(bytes);
    if (told.little && !told.big && is_utf16<Utf::utf16le>(bytes)) return Utf::utf16le;
    if (told.big && !told.little && is_utf16<Utf::utf16be>(bytes)) return Utf::utf16be;
    return std::nullopt;
}

bool is_damaged_utf8(std::string_view bytes) {
    std::size_t valid = 0;
    std::size_t invalid = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto [c, length] = read_utf8(bytes, i);
        if (c == Character::invalid) {
            ++invalid;
        } else if (length > 1) {
            ++valid;
        }
        i += length;
        const auto left = bytes.size() - i;  // so many more of one kind there may be at most
        if (invalid > valid + left) return false;
        if (valid >= invalid + left) return true;
    }
    return valid >= invalid;
}

bool has_gb18030_structure(std::string_view bytes) {
    const auto in = [](unsigned byte, unsigned low, unsigned high) {
        return byte >= low && byte <= high;
    };
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t left = bytes.size() - i;
        if (byte_at(bytes, i) < 0x80) {
            i += 1;
        } else if (!in(byte_at(bytes, i), 0x81, 0xFE) || left < 2) {
            return false;
        } else if (in(byte_at(bytes, i + 1), 0x40, 0xFE) && byte_at(bytes, i + 1) != 0x7F) {
            i += 2;
        } else if (left >= 4 && in(byte_at(bytes, i + 1), 0x30, 0x39) &&
                   in(byte_at(bytes, i + 2), 0x81, 0xFE) && in(byte_at(bytes, i + 3), 0x30, 0x39)) {
            i += 4;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace paywall
