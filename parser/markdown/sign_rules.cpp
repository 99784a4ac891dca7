#include "parser/markdown/sign_rules.hpp"

#include <algorithm>
#include <string_view>

namespace paywall::markdown {
namespace {

constexpr std::size_t longest = 40;  // of a reference

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_sign(char c) {
    return c > ' ' && c < '\x7f' && !is_digit(c) && !is_letter(c);
}

/// Is the character before a place a backslash that escapes the one behind it?
bool is_within_escape(std::string_view text, std::size_t at) {
    constexpr std::size_t most = 4096;  // so that the work stays linear
    if (at >= text.size() || !is_sign(text[at])) return false;
    std::size_t count = 0;
    while (count < at && text[at - 1 - count] == '\\')
        if (++count == most) return true;
    return count % 2 == 1;
}

/// Is it `&name;` or `&#…;`, whether or not there is such a character?
bool is_reference(std::string_view text) {
    text = text.substr(1, text.size() - 2);
    if (text.starts_with('#')) return text.size() > 1;
    return !text.empty() && is_letter(text.front());
}

bool is_within_reference(std::string_view text, std::size_t at) {
    const auto is_name = [](char c) { return is_digit(c) || is_letter(c) || c == '#'; };
    auto begin = at;
    while (begin > 0 && at - begin < longest && is_name(text[begin - 1])) --begin;
    auto end = at;
    while (end < text.size() && end - at < longest && is_name(text[end])) ++end;
    if (begin == 0 || text[begin - 1] != '&' || end >= text.size() || text[end] != ';')
        return false;
    return is_reference(text.substr(begin - 1, end + 2 - begin));
}

}  // namespace

bool tears_sign(const Whole& whole, const Joined& edition, std::size_t segment) {
    const auto begin = whole.begin_of(segment);
    const auto end = whole.begin_of(segment + 1);
    const auto at = edition.begins[segment];
    const bool is_torn_reference = is_within_reference(whole.text(), begin) ||
                                   is_within_reference(whole.text(), end) ||
                                   is_within_reference(edition.text, at);
    const bool is_torn_escape = is_within_escape(whole.text(), begin) ||
                                is_within_escape(whole.text(), end) ||
                                is_within_escape(edition.text, at);
    if (!is_torn_reference && !is_torn_escape) return false;
    const auto* leaf = whole.leaf_on(whole.line_of(begin));
    if (leaf == nullptr || leaf->kind == Leaf::Kind::code) return false;
    return is_torn_reference || leaf->kind != Leaf::Kind::html;
}

}  // namespace paywall::markdown
