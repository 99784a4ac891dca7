#include "parser/glance.hpp"

#include <algorithm>
#include <iterator>

#include "parser/lookalike_words.hpp"
#include "parser/scan.hpp"

namespace paywall {
namespace {

std::size_t index_of(char c) {
    return static_cast<unsigned char>(c);
}

/// The first byte of a character of two?
bool is_lead_of_two(char c) {
    return (c & 0xE0) == 0xC0;
}

/// Could it begin in an escape, behind its sign?
bool may_begin_in_escape(std::string_view head) {
    const auto is_of_escape = [](char c) {
        return is_ascii_word(c) || c == ';' || c == '{' || c == '}';
    };
    if (head[0] != '#' || head.size() == 1) return head[0] == '#' || is_of_escape(head[0]);
    return is_of_escape(head[1]) || is_escape_sign(head[1]);
}

/// Could it begin in words of foreign letters?
bool may_begin_in_foreign_words(std::string_view head) {
    return (head[0] & 0x80) != 0 || head[0] == ' ' || head[0] == '\n';
}

}  // namespace

bool stands_apart(std::string_view text, std::size_t at) {
    if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n') return true;
    return at >= 2 && (text[at - 1] & 0xC0) == 0x80 && is_lead_of_two(text[at - 2]);
}

Glance::Glance(const LookalikeWords& words, const std::vector<std::string>& heads) : words_(words) {
    for (std::size_t c = 0; c < is_of_marker_.size(); ++c)
        is_of_marker_[c] = is_ascii_word(static_cast<char>(c));
    for (const char c : words.delimiters + "*_~`</") is_of_marker_[index_of(c)] = true;
    for (const char sign : std::string_view("&%\\"))
        is_passed_sign_[index_of(sign)] = words.delimiters.find(sign) == std::string::npos;
    for (const char c : words.firsts) is_first_[index_of(c)] = true;
    for (const char c : words.letters + "l1|") is_of_words_[index_of(c)] = true;
    const bool has_word_signs = std::ranges::any_of(words.delimiters, is_ascii_word) ||
                                std::ranges::any_of(words.frames.first_signs(), is_ascii_word);
    const bool tells_words =
        words.frames.is_empty() &&
        std::ranges::none_of(heads, [](const auto& head) { return is_ascii_letter(head[0]); });
    for (const char c : words.firsts) {
        if (!tells_words || !is_ascii_letter(c)) continue;
        kinds_[index_of(c)] = kinds_[index_of(c) ^ 0x20U] = Kind::word;
    }
    if (!has_word_signs && std::ranges::none_of(heads, may_begin_in_foreign_words)) {
        for (std::size_t lead = 0xC0; lead < 0xE0; ++lead) kinds_[lead] = Kind::foreign;
    }
    std::ranges::copy_if(heads, std::back_inserter(sign_heads_),
                         [](const auto& head) { return is_escape_sign(head[0]); });
    if (std::ranges::any_of(heads, may_begin_in_escape)) return;
    for (const char sign : std::string_view("&%\\")) kinds_[index_of(sign)] = Kind::escape;
}

std::size_t Glance::end_of_plain_word(std::string_view text, std::size_t at) const {
    return words_.plain_word.is_at(text, at) ? at + 1 : at;
}

bool Glance::is_of_no_marker(const Fold& folded) const {
    if (folded.kind == FoldKind::other) return true;
    if (folded.kind != FoldKind::ascii) return false;
    const auto first = index_of(folded.ascii[0]);
    return folded.ascii.size() == 1 ? !is_of_marker_[first] : !is_ascii_word(folded.ascii[0]);
}

/// Where the escape of no marker's character ends that begins at a place, or the sign that begins
/// none; the place itself where it may be of one.
std::size_t Glance::end_of_escape(std::string_view text, std::size_t at) const {
    if (!is_passed_sign_[index_of(text[at])]) return at;
    const auto decoded = decode_escape(text, at);
    if (!decoded) return text[at] == '\\' ? at : at + 1;
    return is_of_no_marker(fold(decoded->code_point)) ? decoded->end : at;
}

std::size_t Glance::end_of_escapes(std::string_view text, std::size_t at) const {
    for (auto begin = at; at < text.size(); begin = at) {
        at = end_of_escape(text, begin);
        if (at == begin) break;
    }
    return at;
}

/// The same, but only up to where something may begin that is looked for.
std::size_t Glance::end_of_told_escapes(std::string_view text, std::size_t at) const {
    for (auto begin = at; at < text.size() && !begins_head(text, at); begin = at) {
        at = end_of_escape(text, begin);
        if (at == begin) break;
    }
    return at;
}

bool Glance::begins_head(std::string_view text, std::size_t at) const {
    return std::ranges::any_of(sign_heads_, [&](const std::string& head) {
        return text[at] == head[0] && text.substr(at).starts_with(head);
    });
}

/// Where words end of letters of two bytes (Latin's, Greek's, Cyrillic's neighbourhood), if they
/// stand apart; or the last letter before that which may begin a marker's word.
std::size_t Glance::end_of_foreign_words(std::string_view text, std::size_t at) const {
    if (!stands_apart(text, at)) return at;
    const auto far = at + Scanner::stride;
    bool was_first = false;
    auto previous = at;
    while (at < text.size()) {
        if (!is_lead_of_two(text[at])) {
            const bool is_space = text[at] == ' ' || text[at] == '\n';
            const bool goes_on = at + 1 < text.size() && is_lead_of_two(text[at + 1]) && at < far;
            if (was_first || !is_space || !goes_on) break;
            ++at;
        }
        const auto decoded = code_point_at(text, at);
        const auto folded = fold(decoded.code_point);
        const bool is_ascii = folded.kind == FoldKind::ascii;
        if (!is_ascii && folded.kind != FoldKind::word) break;
        if (is_ascii && !is_ascii_word(folded.ascii[0])) break;
        const auto first = is_ascii ? index_of(folded.ascii[0]) : 0;
        if (was_first && is_of_words_[first]) return previous;
        was_first = is_first_[first];
        previous = at;
        at = decoded.end;
    }
    return was_first ? previous : at;
}

}  // namespace paywall
