#include "parser/tag_rule.hpp"

#include <algorithm>
#include <string>

#include "parser/typo.hpp"
#include "parser/word_rule.hpp"

namespace paywall {
namespace {

constexpr std::string_view opening_brackets = "<[{(";
/// What may stand between `<paid ` and its `>` and be attributes; more is refused unread.
constexpr std::size_t attribute_limit = 4096;
/// How far before a name the tag that ends or goes on there may begin.
constexpr std::size_t tag_limit = 4096;

/// What closes a bracket: its own partner, or another that a slip of the finger made of it.
std::string_view closing_of(const Glyph& bracket) {
    switch (bracket.ascii.front()) {
        case '<':
            return ">]}";
        case '[':
            return "]})>";
        case '{':
            return "})]>";
        default:
            return ")]}>";
    }
}

/// Does a name go on: with a letter, or with a sign and a letter (`paid-plan`, not `paid_>`)?
bool continues_name(const Reading& reading, const Glyph& glyph) {
    if (reading.at_end(glyph.begin)) return false;
    return glyph.lengthens_word() ||
           (glyph.is_one_of("-_.:") && reading.glyph(glyph.end).lengthens_word());
}

/// `<` and what looks like it; not `《`, `〈`, `«`, `≪` and `⟨`, which fold to it as well: titles
/// and quotations stand in them.
bool is_angle(const Reading& reading, const Glyph& bracket) {
    const auto written = reading.text().substr(bracket.begin, 2);
    return bracket.is('<') && written[0] != '\xE3' && written[0] != '\xC2' &&
           written != "\xE2\x9F" && written != "\xE2\x9D" && written != "\xE2\x89";
}

/// Letters that are one typo away from `name`, looked through like any word; gives their end.
std::optional<std::size_t> read_misspelt(const Reading& reading, std::size_t at,
                                         std::string_view name) {
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
    const bool is_numbered = !written.empty() && written.back() >= '0' && written.back() <= '9';
    if (is_numbered || continues_name(reading, reading.glyph(end))) return std::nullopt;
    if (count_typos(name, written, 1) != 1) return std::nullopt;
    return end;
}

/// What no name of an element has in it, and a slip of the finger may put there.
bool is_stray(const Glyph& glyph) {
    return glyph.kind == FoldKind::other || glyph.is_one_of("!\"#$'+,;=?@^|");
}

/// The same with white space in it or with a sign for its typo: `pa id`, `p#aid`. A bracket must
/// follow.
std::optional<std::size_t> read_parted(const Reading& reading, std::size_t at,
                                       std::string_view name) {
    std::string written;
    bool is_parted = false;
    for (auto next = at; written.size() <= name.size() + 1;) {
        const auto glyph = reading.glyph(next);
        if (glyph.is_one_of(name)) {
            written += glyph.ascii;
            next = glyph.end;
            continue;
        }
        const auto seen = reading.skip_unseen(next, Spaces::skip);
        const auto behind = reading.glyph(seen.at);
        if (behind.is('>')) {
            const bool is_near = is_parted && count_typos(name, written, 1) <= 1;
            return is_near ? std::optional(next) : std::nullopt;
        }
        if (seen.at == next && !is_stray(behind)) return std::nullopt;
        is_parted = is_parted || seen.after_space || is_stray(behind);
        next = seen.at;
        if (!is_stray(behind)) continue;
        written += '?';
        next = behind.end;
    }
    return std::nullopt;
}

/// Where the attributes end, behind the closing bracket; nothing if no bracket closes them.
std::optional<std::size_t> end_of_attributes(const Reading& reading, std::size_t at,
                                             const Glyph& opening) {
    const char closing = closing_of(opening).front();
    const auto limit = at + attribute_limit;
    while (!reading.at_end(at)) {
        const auto glyph = reading.glyph(at);
        if (glyph.is(closing) || at > limit) return glyph.end;
        if (glyph.is('<') || glyph.ascii == opening.ascii) return std::nullopt;
        at = glyph.end;
    }
    return std::nullopt;
}

/// `< paid` may be a comparison: with a space before the name, what follows must look like
/// attributes. So may `a<paid && b>c`.
bool looks_like_attributes(std::string_view text, bool is_spaced) {
    constexpr auto npos = std::string_view::npos;
    if (text.find("&&") != npos || text.find("||") != npos) return false;
    return !is_spaced || text.find_first_of(";()|&+") == npos;
}

struct Tail {
    std::size_t end;
    bool is_closed;
};

/// What follows a name: nothing where it goes on as another name (`<paidContent>`).
std::optional<Tail> read_tail(const Reading& reading, std::size_t at, bool is_spaced, Role role,
                              const Glyph& opening) {
    const auto closing = closing_of(opening);
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
    if (seen.after_space || glyph.is('=')) {
        const auto end = end_of_attributes(reading, seen.at, opening);
        if (end &&
            (role == Role::close ||
             looks_like_attributes(reading.text().substr(seen.at, *end - seen.at), is_spaced))) {
            return Tail{*end, true};
        }
    }
    return Tail{at, false};
}

/// The last of these brackets before a place, if one is near.
std::optional<std::size_t> bracket_before(const Reading& reading, std::size_t at,
                                          std::string_view brackets) {
    const auto begin = at - std::min(at, tag_limit);
    const auto found = reading.text().substr(begin, at - begin).find_last_of(brackets);
    const bool is_found = found != std::string_view::npos;
    reading.spend_on(is_found ? at - begin - found : at - begin);
    return is_found ? std::optional(begin + found) : std::nullopt;
}

/// `/paid>` or `paid>` whose `<` was lost; not `<a href=/paid>`.
std::optional<TagShape> find_bare(const Reading& reading, std::size_t begin, std::size_t name,
                                  std::size_t end) {
    const auto bracket = reading.glyph(end);
    if (!bracket.is('>')) return std::nullopt;
    const auto angle = bracket_before(reading, begin, "<>");
    if (angle && reading.text()[*angle] == '<') return std::nullopt;
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
    TagShape shape{.span = {at, 0}, .role = role, .name = seen.at};
    shape.is_angle = is_angle(reading, bracket);
    const auto tail_of = [&](const std::optional<std::size_t>& name_end) {
        return name_end ? read_tail(reading, *name_end, is_spaced, role, bracket) : std::nullopt;
    };
    // `</paida` is misspelt where a bracket closes it, else `</paid` and text.
    auto tail = tail_of(read_misspelt(reading, seen.at, name));
    const auto exact = read_word(reading, seen.at, name, Hyphen::no);
    if (!exact && !(tail && tail->is_closed)) {
        if (const auto parted = tail_of(read_parted(reading, seen.at, name))) tail = parted;
    }
    shape.is_misspelt = tail && (tail->is_closed || !exact);
    if (!shape.is_misspelt) tail = tail_of(exact);
    if (!tail) return std::nullopt;
    shape.is_closed = tail->is_closed;
    shape.span.length = tail->end - at;
    return shape;
}

namespace {

/// The start of the inline tag, escaped or not, that ends with this bracket.
std::optional<std::size_t> inline_tag_before(const Reading& reading, const Glyph& bracket) {
    const auto limit = bracket.begin - std::min(bracket.begin, tag_limit);
    auto glyph = reading.glyph_before(bracket.begin);
    while (!glyph.is('<') && glyph.begin > limit) glyph = reading.glyph_before(glyph.begin);
    if (!glyph.is('<')) return std::nullopt;
    const bool is_looked_through = reading.skip_unseen(glyph.begin, Spaces::stop).at >= bracket.end;
    return is_looked_through ? std::optional(glyph.begin) : std::nullopt;
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
