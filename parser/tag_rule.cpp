#include "parser/tag_rule.hpp"

#include <algorithm>
#include <string>

#include "parser/typo.hpp"
#include "parser/word_rule.hpp"

namespace paywall {
namespace {

constexpr std::string_view opening_brackets = "<[{(";
constexpr std::string_view closing_brackets = ">]}";         // of `<`
constexpr std::string_view other_closing_brackets = "]})>";  // of the others
/// What may stand between `<paid ` and its `>` and be attributes; more is refused unread.
constexpr std::size_t attribute_limit = 4096;
/// How far before a name the tag that ends or goes on there may begin.
constexpr std::size_t tag_limit = 4096;

/// Does a name go on: with a letter, or with a sign and a letter (`paid-plan`, not `paid_>`)?
bool continues_name(const Reading& reading, const Glyph& glyph) {
    if (reading.at_end(glyph.begin)) return false;
    return glyph.lengthens_word() ||
           (glyph.is_one_of("-_.:") && reading.glyph(glyph.end).lengthens_word());
}

/// `<` and what looks like it; not `《`, `〈`, `«` and `⟨`, which fold to it as well: titles and
/// quotations stand in them.
bool is_angle(const Reading& reading, const Glyph& bracket) {
    const auto written = reading.text().substr(bracket.begin, 2);
    return bracket.is('<') && written[0] != '\xE3' && written[0] != '\xC2' && written != "\xE2\x9F";
}

struct Name {
    std::size_t end;
    bool is_misspelt;
};

/// Letters that are one typo away from `name`, looked through like any word.
std::optional<Name> read_misspelt(const Reading& reading, std::size_t at, std::string_view name) {
    std::string written;
    auto end = at;
    for (auto next = at; written.size() <= name.size() + 1;) {
        const auto glyph = reading.glyph(next);
        if (glyph.lengthens_word()) {
            written += glyph.ascii.empty() ? "?" : glyph.ascii;
            next = end = glyph.end;
            continue;
        }
        const auto seen = reading.skip_unseen(next, Spaces::stop);
        if (seen.at == next) break;
        next = seen.at;
    }
    const bool has_digit =
        std::ranges::any_of(written, [](char c) { return c >= '0' && c <= '9'; });
    if (has_digit || continues_name(reading, reading.glyph(end))) return std::nullopt;
    if (count_typos(name, written, 1) != 1) return std::nullopt;
    return Name{end, true};
}

/// The name as read_word() reads it, or misspelt; also the first letters of another (`paidfree`).
std::optional<Name> read_name(const Reading& reading, std::size_t at, std::string_view name) {
    const auto end = read_word(reading, at, name, Hyphen::no);
    if (end && !reading.glyph(*end).lengthens_word()) return Name{*end, false};
    if (const auto misspelt = read_misspelt(reading, at, name)) return misspelt;
    return end ? std::optional(Name{*end, false}) : std::nullopt;
}

/// Where the attributes end, behind the closing bracket; nothing if no bracket closes them.
std::optional<std::size_t> end_of_attributes(const Reading& reading, std::size_t at) {
    const auto limit = at + attribute_limit;
    while (!reading.at_end(at)) {
        const auto glyph = reading.glyph(at);
        if (glyph.is('>') || at > limit) return glyph.end;
        if (glyph.is('<')) return std::nullopt;
        at = glyph.end;
    }
    return std::nullopt;
}

/// `< paid` may be a comparison: with a space before the name, what follows must look like
/// attributes.
bool looks_like_attributes(std::string_view text) {
    return text.find_first_of(";()|&+") == std::string_view::npos;
}

struct Tail {
    std::size_t end;
    bool is_closed;
};

/// What follows a name: nothing where it goes on as another name (`<paidContent>`).
std::optional<Tail> read_tail(const Reading& reading, std::size_t at, bool is_spaced, Role role,
                              std::string_view closing) {
    const auto next = reading.glyph(at);
    if (continues_name(reading, next)) {
        auto end = at;
        for (auto glyph = next; continues_name(reading, glyph); glyph = reading.glyph(end)) {
            end = glyph.end;
        }
        const auto seen = reading.skip_unseen(end, Spaces::skip);
        if (role == Role::open || reading.glyph(seen.at).is('>')) return std::nullopt;
        return Tail{at, false};
    }
    const auto seen = reading.skip_unseen(at, Spaces::skip);
    auto glyph = reading.glyph(seen.at);
    if (glyph.is_one_of(closing)) return Tail{glyph.end, true};
    if (glyph.is('/')) {
        const auto bracket = reading.glyph(reading.skip_unseen(glyph.end, Spaces::skip).at);
        if (bracket.is_one_of(closing)) return Tail{bracket.end, true};
    }
    const bool may_have_attributes = closing.front() == '>';
    if (may_have_attributes && (seen.after_space || glyph.is('='))) {
        const auto end = end_of_attributes(reading, seen.at);
        if (end && (!is_spaced || role == Role::close ||
                    looks_like_attributes(reading.text().substr(seen.at, *end - seen.at)))) {
            return Tail{*end, true};
        }
    }
    return Tail{at, false};
}

std::string_view text_before(const Reading& reading, std::size_t at) {
    const auto length = std::min(at, tag_limit);
    return reading.text().substr(at - length, length);
}

/// `/paid>` or `paid>` whose `<` was lost; not `<a href=/paid>`.
std::optional<TagShape> find_bare(const Reading& reading, std::size_t begin, std::size_t name,
                                  std::size_t end) {
    const auto bracket = reading.glyph(end);
    if (!bracket.is('>')) return std::nullopt;
    const auto before = text_before(reading, begin);
    const auto angle = before.find_last_of("<>");
    if (angle != std::string_view::npos && before[angle] == '<') return std::nullopt;
    TagShape shape{.span = {begin, bracket.end - begin},
                   .role = begin == name ? Role::open : Role::close,
                   .name = name};
    shape.is_angle = shape.is_closed = shape.is_bare = true;
    return shape;
}

}  // namespace

std::optional<TagShape> read_tag_shape(const Reading& reading, std::size_t at,
                                       std::string_view name) {
    const auto bracket = reading.glyph(at);
    if (!bracket.is_one_of(opening_brackets)) return std::nullopt;
    auto role = Role::open;
    auto seen = reading.skip_unseen(bracket.end, Spaces::skip);
    bool is_spaced = seen.after_space;
    if (const auto slash = reading.glyph(seen.at); slash.is('/')) {
        role = Role::close;
        seen = reading.skip_unseen(slash.end, Spaces::skip);
        is_spaced = is_spaced || seen.after_space;
    }
    const auto found = read_name(reading, seen.at, name);
    if (!found) return std::nullopt;
    const auto closing = bracket.is('<') ? closing_brackets : other_closing_brackets;
    const auto tail = read_tail(reading, found->end, is_spaced, role, closing);
    if (!tail) return std::nullopt;
    return TagShape{{at, tail->end - at}, role,           seen.at, is_angle(reading, bracket),
                    found->is_misspelt,   tail->is_closed};
}

namespace {

/// The start of the inline tag that ends at a place.
std::optional<std::size_t> inline_tag_before(const Reading& reading, const Glyph& bracket) {
    const auto before = text_before(reading, bracket.begin);
    const auto found = before.rfind('<');
    if (found == std::string_view::npos) return std::nullopt;
    const auto open = bracket.begin - before.size() + found;
    const auto tag = reading.tag(open);
    if (!tag || tag->end != bracket.end || tag->kind != Tag::Kind::inlined) return std::nullopt;
    return open;
}

bool is_passed_over(const Glyph& glyph) {
    return glyph.kind == FoldKind::space || glyph.kind == FoldKind::unseen ||
           glyph.is_one_of("\\*_~`");
}

}  // namespace

std::optional<TagShape> find_tag_around(const Reading& reading, std::size_t at, std::size_t end,
                                        std::string_view name) {
    std::optional<std::size_t> slash;
    for (auto place = at; place > 0;) {
        const auto glyph = reading.glyph_before(place);
        if (glyph.is_one_of(opening_brackets)) {
            const auto shape = read_tag_shape(reading, glyph.begin, name);
            return shape && shape->name == at ? shape : std::nullopt;
        }
        const auto tag = glyph.is('>') ? inline_tag_before(reading, glyph) : std::nullopt;
        if (glyph.is('/') && !slash) {
            slash = glyph.begin;
        } else if (!tag && !is_passed_over(glyph)) {
            break;
        }
        place = tag.value_or(glyph.begin);
    }
    return find_bare(reading, slash.value_or(at), at, end);
}

}  // namespace paywall
