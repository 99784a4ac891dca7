#include "parser/residue.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "parser/ascii.hpp"
#include "parser/lookalike.hpp"

namespace paywall {
namespace {

using Pieces = std::vector<std::string_view>;

/// More characters than any lookalike shows, or a rule looks ahead or back: what lies beyond
/// them cannot depend on what was cut out.
constexpr std::size_t reach = 64;
constexpr std::size_t least_context = 768;  // of what is usual, enough

/// Where the letter of a number stands, and how many come before it; nowhere if there are fewer.
struct Passed {
    std::optional<std::size_t> place;
    std::size_t letters = 0;
};

/// Passes that many letters of a text without tags.
Passed pass_letters(std::string_view text, std::size_t count) {
    constexpr std::size_t step = 32;  // bytes counted at once, by vectors
    std::size_t i = 0;
    std::size_t passed = 0;
    for (; i + step <= text.size(); i += step) {
        std::uint8_t letters = 0;  // as wide as what is counted, so that it is
        for (std::size_t k = 0; k < step; ++k)
            letters = static_cast<std::uint8_t>(letters + begins_letter(text[i + k]));
        if (passed + letters >= count) break;
        passed += letters;
    }
    for (; i < text.size(); ++i)
        if (begins_letter(text[i]) && ++passed == count) return {i, count};
    return {std::nullopt, passed};
}

/// The same of a text with tags, which do not count. It may begin inside one, so nothing counts
/// before its first `<` or `>`.
std::optional<std::size_t> pass_tagged_letters(std::string_view text, std::size_t first,
                                               std::size_t count) {
    for (auto at = first; at < text.size();) {
        if (text[at] == '<') {
            at = std::min(text.find('>', at), text.size());
            continue;
        }
        const auto end = std::min(text.find('<', at), text.size());
        const auto passed = pass_letters(text.substr(at, end - at), count);
        if (passed.place) return at + *passed.place;
        count -= passed.letters;
        at = end;
    }
    return std::nullopt;
}

/// Where the `reach`-th visible character stands, if twice as many are there: the nearer half is
/// judged, the farther half makes the judgement sound.
std::optional<std::size_t> pass_reach(std::string_view context) {
    const auto first = std::min(context.find('<'), context.find('>'));
    if (first != std::string_view::npos) {
        const auto reached = pass_tagged_letters(context, first, reach);
        const bool is_enough = reached && pass_tagged_letters(context, *reached + 1, reach);
        return is_enough ? reached : std::nullopt;
    }
    const auto reached = pass_letters(context, reach).place;
    const bool is_enough = reached && pass_letters(context.substr(*reached + 1), reach).place;
    return is_enough ? reached : std::nullopt;
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

struct Context {
    std::string text;
    std::optional<std::size_t> reached;  ///< none: it is all there is
};

/// A context that shows enough, or is all there is.
template <typename Take>
Context sufficient(const Pieces& pieces, std::size_t joint, const Take& take,
                   std::size_t& allowance) {
    for (auto size = least_context;; size *= 2) {
        Context context{take(pieces, joint, size), {}};
        allowance -= std::min(allowance, context.text.size());
        if (context.text.size() < size) return context;
        context.reached = pass_reach(context.text);
        if (context.reached || allowance == 0) return context;
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
    auto before = sufficient(pieces, joint, context_before, allowance);
    const auto after = sufficient(pieces, joint, context_after, allowance);
    Surroundings result{std::move(before.text)};
    result.begin = before.reached.value_or(0);
    result.cut = result.text.size();
    result.text += after.text;
    result.end = after.reached ? result.cut + *after.reached : result.text.size();
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

std::optional<std::size_t> find_residue(const Grammar& grammar, const Pieces& pieces, Joints cuts) {
    if (cuts.first > cuts.last) return std::nullopt;
    std::size_t allowance = 0;
    for (const auto piece : pieces) allowance += piece.size();
    if ((cuts.last - cuts.first + 1) * 2 * least_context >= allowance)
        return find_in_whole(grammar, pieces);
    std::optional<std::size_t> nearby;  // a residue across a later cut may be what was seen
    for (auto joint = cuts.first; joint <= cuts.last; ++joint) {
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
