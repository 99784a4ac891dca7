#include "audit/escapes.hpp"

#include <array>
#include <optional>

#include "parser/utf.hpp"

namespace paywall::audit {
namespace {

constexpr auto npos = std::string_view::npos;

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// A hexadecimal number of min to max digits, and where it ends.
struct Number {
    char32_t value;
    std::size_t end;
};
std::optional<Number> read_hex(std::string_view text, std::size_t at, std::size_t min,
                               std::size_t max) {
    Number number{0, at};
    while (number.end < text.size() && number.end - at < max && digit_of(text[number.end]) >= 0)
        number.value = number.value * 16 + static_cast<char32_t>(digit_of(text[number.end++]));
    if (number.end - at < min) return std::nullopt;
    return number;
}

/// What an escape stands for.
struct Unescaped {
    void put(char32_t c) {
        if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
        size = static_cast<std::size_t>(write_utf8(c, bytes.data()) - bytes.data());
    }
    void put_byte(char32_t byte) {
        bytes[0] = static_cast<char>(byte);
        size = 1;
    }

    std::array<char, 4> bytes{};
    std::size_t size = 0;
    std::size_t end = 0;  ///< where the text goes on
};

/// `\u4e2d`, where it is the first half of a pair with the second; `at` is behind the `u`.
std::optional<Unescaped> read_utf16_escape(std::string_view text, std::size_t at) {
    const auto first = read_hex(text, at, 4, 4);
    if (!first) return std::nullopt;
    Unescaped result;
    result.put(first->value);
    result.end = first->end;
    const bool leads = first->value >= 0xD800 && first->value < 0xDC00;
    const auto prefix = text.substr(at - 2, 2);  // `\u`, `%u`
    if (!leads || text.substr(first->end, 2) != prefix) return result;
    const auto second = read_hex(text, first->end + 2, 4, 4);
    if (!second || second->value < 0xDC00 || second->value > 0xDFFF) return result;
    result.put(0x10000 + ((first->value & 0x3FF) << 10 | (second->value & 0x3FF)));
    result.end = second->end;
    return result;
}

/// What follows a backslash; nothing where that is a sign of its own.
std::optional<Unescaped> read_string_escape(std::string_view text, std::size_t at) {
    const std::size_t next = at + 1;
    if (next == text.size()) return std::nullopt;
    Unescaped result;
    result.end = next + 1;
    switch (text[next]) {
        case 'u':
            if (text.substr(next + 1).starts_with('{')) {
                const auto number = read_hex(text, next + 2, 1, 8);
                if (!number || !text.substr(number->end).starts_with('}')) return std::nullopt;
                result.put(number->value);
                result.end = number->end + 1;
                return result;
            }
            return read_utf16_escape(text, next + 1);
        case 'U':
            if (const auto number = read_hex(text, next + 1, 8, 8)) {
                result.put(number->value);
                result.end = number->end;
                return result;
            }
            return std::nullopt;
        case 'x':
            if (const auto number = read_hex(text, next + 1, 2, 2)) {
                result.put(number->value);
                result.end = number->end;
                return result;
            }
            return std::nullopt;
        case 'n':
        case 'r':
        case '\n':
        case '\r':
            result.put('\n');
            return result;
        case 't':
        case 'b':
        case 'f':
        case 'v':
        case '0':
            result.put(' ');
            return result;
        default:
            if (static_cast<unsigned char>(text[next]) >= 0x80) return std::nullopt;
            result.put(static_cast<unsigned char>(text[next]));
            return result;
    }
}

std::optional<Unescaped> read_css_escape(std::string_view text, std::size_t at) {
    Unescaped result;
    const auto number = read_hex(text, at + 1, 1, 6);
    if (!number) return std::nullopt;
    result.put(number->value);
    result.end = number->end;
    if (result.end < text.size() &&
        (text[result.end] == ' ' || text[result.end] == '\t' || text[result.end] == '\n'))
        ++result.end;
    return result;
}

std::optional<Unescaped> read_percent(std::string_view text, std::size_t at) {
    if (text.substr(at + 1).starts_with('u')) return read_utf16_escape(text, at + 2);
    const auto number = read_hex(text, at + 1, 2, 2);
    if (!number) return std::nullopt;
    Unescaped result;
    result.put_byte(number->value);
    result.end = number->end;
    return result;
}

std::optional<Unescaped> read_quoted_printable(std::string_view text, std::size_t at) {
    Unescaped result;
    std::size_t end = at + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    if (text.substr(end).starts_with("\r\n")) ++end;
    if (text.substr(end).starts_with('\n')) {
        result.end = end + 1;
        return result;
    }
    const auto number = read_hex(text, at + 1, 2, 2);
    if (!number) return std::nullopt;
    result.put_byte(number->value);
    result.end = number->end;
    return result;
}

std::optional<Unescaped> read_escape(std::string_view text, std::size_t at, Escapes kind) {
    switch (kind) {
        case Escapes::string:
            return read_string_escape(text, at);
        case Escapes::css:
            return read_css_escape(text, at);
        case Escapes::percent:
            return read_percent(text, at);
        case Escapes::quoted_printable:
            break;
    }
    return read_quoted_printable(text, at);
}

constexpr char sign_of(Escapes kind) {
    switch (kind) {
        case Escapes::string:
        case Escapes::css:
            return '\\';
        case Escapes::percent:
            return '%';
        case Escapes::quoted_printable:
            break;
    }
    return '=';
}

}  // namespace

bool has_escapes(std::string_view text, Escapes kind) {
    const char sign = sign_of(kind);
    for (std::size_t at = 0; (at = text.find(sign, at)) != npos; ++at)
        if (read_escape(text, at, kind)) return true;
    return false;
}

Derived decode_escapes(std::string_view text, Escapes kind) {
    const char sign = sign_of(kind);
    const std::size_t reach = kind == Escapes::percent ? std::size_t{4} << 10 : npos / 4;
    Derived derived;
    const auto copy = [&](std::size_t begin, std::size_t end, std::size_t before) {
        if (end - begin <= before + reach)
            return derived.copy(text.substr(begin, end - begin), begin);
        derived.copy(text.substr(begin, before), begin);
        derived.put("\uFFFD", begin + before, 1);
        derived.copy(text.substr(end - reach, reach), end - reach);
    };
    std::size_t seen = 0;
    for (std::size_t at = 0; (at = text.find(sign, at)) != npos;) {
        const auto escape = read_escape(text, at, kind);
        if (!escape) {
            ++at;
            continue;
        }
        copy(seen, at, seen == 0 ? 0 : reach);
        derived.put({escape->bytes.data(), escape->size}, at, escape->end - at);
        seen = at = escape->end;
    }
    derived.copy(text.substr(seen, std::min(reach, text.size() - seen)), seen);
    return derived;
}

}  // namespace paywall::audit
