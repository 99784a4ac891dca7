#include "tools/glob.hpp"

#include <algorithm>

#include "tools/exit_status.hpp"
#include "tools/text.hpp"

namespace paywall::tools {

// A token is a state of a small automaton; the set of states that the path so far can be in is
// kept. `directories` is entered at the start of a name; the token after it, of kind
// `everything` but with `negated` set, stands for the middle of one.
Glob::Glob(std::string_view pattern)
    : text_(pattern), whole_path_(pattern.find('/') != pattern.npos) {
    const std::u32string all = code_points(pattern);
    std::u32string_view rest = all;
    if (!rest.empty() && rest.front() == U'/') rest.remove_prefix(1);
    if (rest.empty()) throw UsageError("an empty glob matches nothing");
    for (std::size_t at = 0; at < rest.size(); ++at) {
        const char32_t character = rest[at];
        if (rest.substr(at, 3) == U"**/" && (at == 0 || rest[at - 1] == U'/')) {
            tokens_.push_back({Kind::directories, {}});
            tokens_.push_back({Kind::directories, {}, true});
            at += 2;
        } else if (rest.substr(at, 2) == U"**") {
            tokens_.push_back({Kind::everything, {}});
            ++at;
        } else if (character == U'*') {
            tokens_.push_back({Kind::star, {}});
        } else if (character == U'?') {
            tokens_.push_back({Kind::any, {}});
        } else if (character == U'[') {
            tokens_.push_back(read_class(rest, at));
        } else {
            if (character == U'\\' && ++at == rest.size())
                throw UsageError("the glob '" + text_ + "' ends with a backslash");
            tokens_.push_back({Kind::one_of, {{rest[at], rest[at]}}});
        }
    }
}

Glob::Token Glob::read_class(std::u32string_view pattern, std::size_t& at) const {
    Token token{Kind::one_of, {}};
    ++at;
    if (at < pattern.size() && (pattern[at] == U'!' || pattern[at] == U'^')) {
        token.negated = true;
        ++at;
    }
    for (bool first = true; at < pattern.size(); first = false, ++at) {
        if (pattern[at] == U']' && !first) return token;
        const char32_t low = pattern[at];
        const bool range =
            at + 2 < pattern.size() && pattern[at + 1] == U'-' && pattern[at + 2] != U']';
        if (range) at += 2;
        token.ranges.push_back({low, pattern[at]});
    }
    throw UsageError("the glob '" + text_ + "' has a [ without ]");
}

bool Glob::takes(const Token& token, char32_t character) {
    if (token.kind != Kind::one_of) return token.kind == Kind::everything || character != U'/';
    if (token.negated && character == U'/') return false;
    const bool found = std::any_of(
        token.ranges.begin(), token.ranges.end(),
        [&](const Range& range) { return range.first <= character && character <= range.last; });
    return found != token.negated;
}

/// Adds what can be reached without a character.
void Glob::close_over(std::vector<bool>& states) const {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        if (!states[i]) continue;
        const Kind kind = tokens_[i].kind;
        if (kind == Kind::star || kind == Kind::everything) states[i + 1] = true;
        if (kind == Kind::directories && !tokens_[i].negated) states[i + 2] = true;
    }
}

bool Glob::matches(std::string_view path) const {
    if (!whole_path_) path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0
    std::vector<bool> states(tokens_.size() + 2);
    states[0] = true;
    close_over(states);
    for (const char32_t character : code_points(path)) {
        std::vector<bool> next(states.size());
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (!states[i]) continue;
            const Token& token = tokens_[i];
            if (token.kind == Kind::directories) {
                const std::size_t start = token.negated ? i - 1 : i;
                next[character == U'/' ? start : start + 1] = true;
            } else if (takes(token, character)) {
                const bool stays = token.kind == Kind::star || token.kind == Kind::everything;
                next[stays ? i : i + 1] = true;
            }
        }
        states = std::move(next);
        close_over(states);
    }
    return states[tokens_.size()];
}

std::vector<Glob> make_globs(const std::vector<std::string>& patterns) {
    return {patterns.begin(), patterns.end()};
}

bool matches_any(const std::vector<Glob>& globs, std::string_view path) {
    return std::any_of(globs.begin(), globs.end(),
                       [&](const Glob& glob) { return glob.matches(path); });
}

}  // namespace paywall::tools
