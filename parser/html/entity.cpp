#include "parser/html/entity.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

#include "parser/utf.hpp"

namespace paywall::html {
namespace {

enum class Ends : bool { semicolon, anywhere };

struct Named {
    std::string_view name;
    std::string_view text;
    Ends ends;
};
constexpr Named named[] = {
#include "parser/html/entities.inc"
};
constexpr std::size_t longest_name = 31;

/// What the numbers 0x80 to 0x9F stand for (WHATWG HTML, 13.2.5.80): windows-1252.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alnum(char c) {
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

Entity entity_of(std::string_view text, std::size_t length) {
    Entity entity;
    std::ranges::copy(text, entity.bytes.begin());
    entity.size = text.size();
    entity.length = length;
    return entity;
}

std::optional<Entity> read_number(std::string_view text, std::size_t at) {
    std::size_t end = at + 2;
    const bool is_hex = end < text.size() && (text[end] | 0x20) == 'x';
    if (is_hex) ++end;
    const std::size_t digits = end;
    char32_t number = 0;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        const char low = static_cast<char>(c | 0x20);
        unsigned digit = 0;
        if (is_digit(c))
            digit = static_cast<unsigned>(c - '0');
        else if (is_hex && low >= 'a' && low <= 'f')
            digit = static_cast<unsigned>(low - 'a' + 10);
        else
            break;
        number = std::min<char32_t>(number * (is_hex ? 16 : 10) + digit, 0x110000);
    }
    if (end == digits) return std::nullopt;
    if (end < text.size() && text[end] == ';') ++end;
    if (number >= 0x80 && number < 0xA0) number = windows_1252[number - 0x80];
    if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) number = 0xFFFD;
    std::array<char, 4> bytes;
    const char* bytes_end = write_utf8(number, bytes.data());
    return entity_of({bytes.data(), static_cast<std::size_t>(bytes_end - bytes.data())}, end - at);
}

const Named* find_name(std::string_view name) {
    const auto* found = std::ranges::lower_bound(named, name, {}, &Named::name);
    return found != std::end(named) && found->name == name ? found : nullptr;
}

std::optional<Entity> read_name(std::string_view text, std::size_t at) {
    const std::size_t begin = at + 1;
    std::size_t end = begin;
    while (end < text.size() && end - begin < longest_name && is_alnum(text[end])) ++end;
    if (end < text.size() && text[end] == ';')
        if (const Named* found = find_name(text.substr(begin, end - begin)))
            return entity_of(found->text, end + 1 - at);
    for (; end > begin + 1; --end) {  // the shortest names have two letters
        const Named* found = find_name(text.substr(begin, end - begin));
        if (found != nullptr && found->ends == Ends::anywhere)
            return entity_of(found->text, end - at);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Entity> read_entity(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return std::nullopt;
    return text[at + 1] == '#' ? read_number(text, at) : read_name(text, at);
}

bool is_entity_across(std::string_view before, std::string_view behind) {
    constexpr auto longest = longest_name + 2;  // with `&` and `;`
    before = before.substr(before.size() - std::min(longest, before.size()));
    before = before.substr(std::min(before.rfind('&'), before.size()));
    if (before.empty()) return false;
    const auto entity = read_entity(std::string(before).append(behind.substr(0, longest)), 0);
    return entity && entity->length > before.size();
}

}  // namespace paywall::html
