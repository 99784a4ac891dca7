#include "audit/base64.hpp"

#include <array>
#include <cstdint>

namespace paywall::audit {
namespace {

constexpr std::uint8_t none = 0xFF;
constexpr auto values = [] {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> table{};
    table.fill(none);
    for (std::size_t i = 0; i < digits.size(); ++i)
        table[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    table['-'] = 62;
    table['_'] = 63;
    return table;
}();

std::uint8_t value(char c) {
    return values[static_cast<unsigned char>(c)];
}

/// Lines shorter than this are not taken for parts of one stretch: words are not.
constexpr std::size_t shortest_line = 40;

/// Behind a line end at `at` and the blanks of the next line's indent; `at` where there is none.
std::size_t skip_line_end(std::string_view text, std::size_t at) {
    std::size_t end = at;
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') ++end;
    if (end == at) return at;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    return end;
}

std::size_t line_run_end(std::string_view text, std::size_t at) {
    while (at < text.size() && value(text[at]) != none) ++at;
    return at;
}

/// Where a stretch ends whose first line runs from `begin` to `end`.
std::size_t stretch_end(std::string_view text, std::size_t begin, std::size_t end) {
    while (end - begin >= shortest_line) {
        const std::size_t next = skip_line_end(text, end);
        const std::size_t next_end = line_run_end(text, next);
        if (next == end || next_end == next) break;
        begin = next;
        end = next_end;
    }
    return end;
}

}  // namespace

std::optional<Span> find_base64(std::string_view text, std::size_t from, std::size_t least) {
    // Of `step` characters in a row each one tells whether there can be such a stretch.
    const std::size_t least_characters = (least * 4 + 2) / 3;
    const std::size_t step = std::min(least_characters, shortest_line);
    for (std::size_t at = from + step - 1; at < text.size(); at += step) {
        if (value(text[at]) == none) continue;
        std::size_t begin = at;
        while (begin > from && value(text[begin - 1]) != none) --begin;
        const std::size_t line_end = line_run_end(text, at);
        const std::size_t end = stretch_end(text, begin, line_end);
        if (end - begin >= least_characters) return Span{begin, end - begin};
        at = line_end;
    }
    return std::nullopt;
}

std::string decode_base64(std::string_view text, std::size_t skip) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::uint8_t digit = value(c);
        if (digit == none) continue;
        if (skip > 0) {
            --skip;
            continue;
        }
        bits = bits << 6 | digit;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count & 0xFFU);
    }
    return bytes;
}

}  // namespace paywall::audit
