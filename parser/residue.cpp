#include "parser/residue.hpp"

#include <algorithm>
#include <string>

#include "parser/lookalike.hpp"

namespace paywall {
namespace {

using Pieces = std::vector<std::string_view>;

/// More characters than any lookalike shows: what lies beyond them cannot reach the joint.
constexpr std::size_t enough_visible = 64;
constexpr std::size_t least_context = 256;
/// Together the contexts of one edition may be so much longer than itself.
constexpr std::size_t context_allowance = 16U << 20U;

/// Does a context show enough, tags and references not counted? A context may begin inside a
/// tag, so nothing counts before its first `<` or `>` if it has one.
bool shows_enough(std::string_view context) {
    const auto first = context.find_first_of("<>");
    std::size_t visible = 0;
    bool in_tag = false;
    for (const char c : first == std::string_view::npos ? context : context.substr(first)) {
        if (c == '<') in_tag = true;
        const auto byte = static_cast<unsigned char>(c);
        const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                               (byte >= 0xE4 && byte <= 0xE9);
        if (!in_tag && is_letter && ++visible == enough_visible) return true;
        if (c == '>') in_tag = false;
    }
    return false;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The text before piece `joint`, at least `size` bytes of it if there are so many.
std::string context_before(const Pieces& pieces, std::size_t joint, std::size_t size) {
    std::string context;
    while (joint > 0 && context.size() < size) {
        const auto piece = pieces[--joint];
        auto begin = piece.size() - std::min(piece.size(), size - context.size());
        while (begin > 0 && is_continuation(piece[begin])) --begin;
        context = std::string(piece.substr(begin)) + context;
    }
    return context;
}

std::string context_after(const Pieces& pieces, std::size_t joint, std::size_t size) {
    std::string context;
    for (; joint < pieces.size() && context.size() < size; ++joint) {
        const auto piece = pieces[joint];
        auto end = std::min(piece.size(), size - context.size());
        while (end < piece.size() && is_continuation(piece[end])) ++end;
        context += piece.substr(0, end);
    }
    return context;
}

/// A context that shows enough, or is all there is.
template <typename Context>
std::string sufficient(const Pieces& pieces, std::size_t joint, const Context& context,
                       std::size_t& allowance) {
    for (auto size = least_context;; size *= 2) {
        auto text = context(pieces, joint, size);
        allowance -= std::min(allowance, text.size());
        if (text.size() < size || shows_enough(text) || allowance == 0) return text;
    }
}

bool joins(const Grammar& grammar, std::string_view text, std::size_t joint) {
    bool found = false;
    const auto judge = [&](const Span& span) {
        found = found || (span.offset < joint && span.end() > joint);
    };
    std::optional<LookalikeFinder> finder;  // seldom needed
    std::vector<Lookalike> lookalikes;
    grammar.tokenize(text, [&](const Token& token) {
        if (token.kind == Token::Kind::text) return;
        if (token.kind == Token::Kind::marker) judge(token.span);
        if (!finder) finder.emplace(grammar, text);
        finder->read(token, lookalikes);
    });
    for (const auto& lookalike : lookalikes) judge(lookalike.span);
    return found;
}

}  // namespace

std::optional<std::size_t> find_residue(const Grammar& grammar, const Pieces& pieces) {
    std::size_t allowance = context_allowance;
    for (const auto piece : pieces) allowance += piece.size();
    for (std::size_t joint = 1; joint < pieces.size(); ++joint) {
        auto text = sufficient(pieces, joint, context_before, allowance);
        const auto place = text.size();
        text += sufficient(pieces, joint, context_after, allowance);
        if (allowance == 0 || joins(grammar, text, place)) return joint;
    }
    return std::nullopt;
}

}  // namespace paywall
