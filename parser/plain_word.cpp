#include "parser/plain_word.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parser/ascii.hpp"
#include "parser/escape.hpp"
#include "parser/fold.hpp"

namespace paywall {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}

bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Letters and digits that pass for a letter (word_rule.cpp).
bool may_pass_for(char letter, char written) {
    return letter == lower(written) || (letter == 'i' && (lower(written) == 'l' || written == '1'));
}

/// Punctuation that stands in no bracket, escape, emphasis or joint of a word.
bool is_prose_sign(char c) {
    static constexpr auto signs = [] {
        std::array<bool, 256> is_sign{};
        for (const char sign : std::string_view("\"'.,:!?)]|@+^"))
            is_sign[static_cast<unsigned char>(sign)] = true;
        return is_sign;
    }();
    return signs[static_cast<unsigned char>(c)];
}

/// Can an escape end with the letter or digit before `at`? Only what a short run of them follows
/// at once can be none: `&lt`, `%3C`, `=3C`, `\u003c`.
bool may_end_escape(std::string_view text, std::size_t at) {
    constexpr std::size_t far = 16;
    const auto least = at - std::min(at, far);
    while (at > least && is_ascii_word(text[at - 1])) --at;
    if (at == 0) return false;
    return at == least || !(is_white(text[at - 1]) || is_prose_sign(text[at - 1]));
}

/// Does a character end at `at` that passes for no ASCII and is seen: Arabic's, Han's?
bool is_of_other_script_before(std::string_view text, std::size_t at) {
    auto begin = at - 1;
    for (int tails = 0; tails < 3 && begin > 0 && (text[begin] & 0xC0) == 0x80; ++tails) --begin;
    const auto kind = fold(code_point_at(text, begin).code_point).kind;
    return kind == FoldKind::word || kind == FoldKind::other;
}

}  // namespace

PlainWord::PlainWord(std::string prefix, const std::vector<std::string>& distinctive,
                     std::string_view delimiters)
    : prefix_(std::move(prefix)), delimiters_(delimiters) {
    for (const auto& word : distinctive) {
        if (word.size() > prefix_.size())
            next_ += word[prefix_.size()];
        else
            is_distinctive_ = true;
    }
}

bool PlainWord::is_at(std::string_view text, std::size_t at) const {
    for (std::size_t i = 0; i < prefix_.size(); ++i) {
        const auto place = at + i;
        if (place >= text.size()) return true;
        if (!is_ascii_word(text[place])) return false;
        if (!may_pass_for(prefix_[i], text[place])) return true;
    }
    return !is_distinctive_ && ends_plainly(text, at + prefix_.size()) && is_free_before(text, at);
}

/// What follows neither goes on one of the longer words nor closes a bracket.
bool PlainWord::ends_plainly(std::string_view text, std::size_t end) const {
    if (end >= text.size()) return true;
    const char c = text[end];
    if (std::ranges::any_of(next_, [&](char next) { return may_pass_for(next, c); })) return false;
    if (is_white(c) || is_ascii_word(c)) return true;
    return is_prose_sign(c) && c != '|' && c != ']' && c != ')';
}

/// What stands before, white space passed over, opens no bracket and is no delimiter.
bool PlainWord::is_free_before(std::string_view text, std::size_t at) const {
    constexpr std::size_t far = 16;
    const auto least = at - std::min(at, far);
    const auto word = at;
    while (at > least && is_white(text[at - 1])) --at;
    if (at == 0) return true;
    const char c = text[at - 1];
    if (is_one_of(c, delimiters_)) return false;
    if ((c & 0x80) != 0) return at != word && is_of_other_script_before(text, at);
    if (at == least) return false;
    return is_ascii_word(c) ? !may_end_escape(text, at) : is_prose_sign(c);
}

}  // namespace paywall
