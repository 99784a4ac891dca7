#include "parser/residue.hpp"

#include <algorithm>
#include <string>

#include "parser/lookalike.hpp"

namespace paywall {
namespace {

using Pieces = std::vector<std::string_view>;

/// More characters than any lookalike shows, or a rule looks ahead or back: what lies beyond
/// them cannot depend on what was cut out.
constexpr std::size_t reach = 64;
constexpr std::size_t least_context = 512;

/// Where `count` visible characters have passed, tags not counted; nothing if there are fewer. A
/// context may begin inside a tag, so nothing counts before its first `<` or `>`, if it has one.
std::optional<std::size_t> pass_visible(std::string_view context, std::size_t from,
                                        std::size_t count) {
    bool in_tag = false;
    const auto first = context.find_first_of("<>", from);
    for (auto i = first == std::string_view::npos ? from : first; i < context.size(); ++i) {
        const auto byte = static_cast<unsigned char>(context[i]);
        const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                               (byte >= 0xE4 && byte <= 0xE9);
        if (byte == '<') in_tag = true;
        if (!in_tag && is_letter && --count == 0) return i;
        if (byte == '>') in_tag = false;
    }
    return std::nullopt;
}

/// Twice the reach: the nearer half is judged, the farther half makes the judgement sound.
bool shows_enough(std::string_view context) {
    return pass_visible(context, 0, 2 * reach).has_value();
}

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

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

/// The text around a cut, and the part of it that is judged.
struct Surroundings {
    std::string text;
    std::size_t cut = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

Surroundings surroundings(const Pieces& pieces, std::size_t joint, std::size_t& allowance) {
    Surroundings result{sufficient(pieces, joint, context_before, allowance)};
    if (shows_enough(result.text)) result.begin = *pass_visible(result.text, 0, reach);
    result.cut = result.text.size();
    result.text += sufficient(pieces, joint, context_after, allowance);
    const bool is_cut_off = shows_enough(std::string_view(result.text).substr(result.cut));
    result.end = is_cut_off ? *pass_visible(result.text, result.cut, reach) : result.text.size();
    return result;
}

/// The first marker or lookalike that begins in the judged part; one across the cut before others.
std::optional<Span> first_marker(const Grammar& grammar, const Surroundings& around) {
    std::optional<Span> found;
    const auto is_across = [&](const Span& span) {
        return span.offset < around.cut && span.end() > around.cut;
    };
    const auto judge = [&](const Span& span) {
        if (span.offset < around.begin || span.offset >= around.end) return;
        if (!found || (is_across(span) && !is_across(*found))) found = span;
    };
    std::optional<LookalikeFinder> finder;  // seldom needed
    std::vector<Lookalike> lookalikes;
    grammar.tokenize(around.text, [&](const Token& token) {
        if (token.kind == Token::Kind::text) return Progress::go_on;
        if (token.kind == Token::Kind::marker) judge(token.span);
        if (!finder) finder.emplace(grammar, around.text);
        return finder->read(token, lookalikes);
    });
    for (const auto& lookalike : lookalikes) judge(lookalike.span);
    return found;
}

/// The whole edition read once more: for one that was cut so often that its surroundings would
/// be longer than itself.
std::optional<std::size_t> find_in_whole(const Grammar& grammar, const Pieces& pieces) {
    Surroundings whole;
    for (const auto piece : pieces) whole.text += piece;
    whole.end = whole.text.size();
    const auto found = first_marker(grammar, whole);
    if (!found) return std::nullopt;
    std::size_t joint = 0;
    for (std::size_t end = 0; joint < pieces.size(); ++joint) {
        end += pieces[joint].size();
        if (end >= found->end()) break;
    }
    return joint;
}

}  // namespace

std::optional<std::size_t> find_residue(const Grammar& grammar, const Pieces& pieces) {
    std::size_t allowance = 0;
    for (const auto piece : pieces) allowance += piece.size();
    if ((pieces.size() + 1) * 2 * least_context >= allowance) return find_in_whole(grammar, pieces);
    std::optional<std::size_t> nearby;  // a residue across a later cut may be what was seen
    for (std::size_t joint = 0; joint <= pieces.size(); ++joint) {
        const auto around = surroundings(pieces, joint, allowance);
        if (allowance == 0) return find_in_whole(grammar, pieces);
        const auto found = first_marker(grammar, around);
        if (!found) continue;
        if (found->offset < around.cut && found->end() > around.cut) return joint;
        if (!nearby) nearby = joint;
    }
    return nearby;
}

}  // namespace paywall
