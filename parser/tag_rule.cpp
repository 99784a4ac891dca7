#include "parser/tag_rule.hpp"

#include <string>

#include "parser/typo.hpp"
#include "parser/word_rule.hpp"

namespace paywall {
namespace {

constexpr std::string_view opening_brackets = "<[{";
constexpr std::string_view closing_brackets = ">]}";
/// What may stand between `<paid ` and its `>` and be attributes; more is refused unread.
constexpr std::size_t attribute_limit = 4096;
/// How far before a name its bracket is looked for.
constexpr std::size_t look_back = 64;

bool continues_name(const Glyph& glyph) {
    return glyph.lengthens_word() || glyph.is_one_of("-_.:");
}

bool is_angle(const Reading& reading, const Glyph& bracket) {
    // `《` and `〈` fold to `<` as well: a Chinese title stands in them.
    const auto lead = static_cast<unsigned char>(reading.text()[bracket.begin]);
    return bracket.is('<') && lead != 0xE3;
}

struct Name {
    std::size_t end;
    bool is_misspelt;
};

/// A name that is `name` as read_word() reads it, or letters one typo away from it.
std::optional<Name> read_name(const Reading& reading, std::size_t at, std::string_view name) {
    if (const auto end = read_word(reading, at, name, Hyphen::no)) return Name{*end, false};
    std::string written;
    auto end = at;
    for (auto glyph = reading.glyph(at); glyph.lengthens_word(); glyph = reading.glyph(end)) {
        written += glyph.ascii;
        end = glyph.end;
        if (written.size() > name.size() + 1) return std::nullopt;
    }
    if (count_typos(name, written, 1) != 1 || continues_name(reading.glyph(end))) {
        return std::nullopt;
    }
    return Name{end, true};
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
std::optional<Tail> read_tail(const Reading& reading, std::size_t at, bool is_spaced, Role role) {
    const auto next = reading.glyph(at);
    if (!reading.at_end(at) && continues_name(next)) {
        auto end = at;
        auto glyph = next;
        for (; !reading.at_end(end) && continues_name(glyph); glyph = reading.glyph(end)) {
            end = glyph.end;
        }
        const auto seen = reading.skip_unseen(end, Spaces::skip);
        if (role == Role::open || reading.glyph(seen.at).is('>')) return std::nullopt;
        return Tail{at, false};
    }
    const auto seen = reading.skip_unseen(at, Spaces::skip);
    auto glyph = reading.glyph(seen.at);
    if (glyph.is_one_of(closing_brackets)) return Tail{glyph.end, true};
    if (glyph.is('/')) {
        const auto bracket = reading.glyph(reading.skip_unseen(glyph.end, Spaces::skip).at);
        if (bracket.is_one_of(closing_brackets)) return Tail{bracket.end, true};
    }
    if (role == Role::open && (seen.after_space || glyph.is('='))) {
        const auto end = end_of_attributes(reading, seen.at);
        if (end && (!is_spaced ||
                    looks_like_attributes(reading.text().substr(seen.at, *end - seen.at)))) {
            return Tail{*end, true};
        }
    }
    return Tail{at, false};
}

/// `/paid>` whose `<` was lost; not `<a href=/paid>`.
std::optional<TagShape> find_bare_closing(const Reading& reading, std::size_t slash,
                                          std::size_t name, std::size_t end) {
    const auto bracket = reading.glyph(end);
    if (!bracket.is('>')) return std::nullopt;
    const auto before = reading.text().substr(0, slash);
    const auto angle = before.find_last_of("<>");
    const bool is_in_tag = angle != std::string_view::npos && before[angle] == '<' &&
                           slash - angle < attribute_limit;
    if (is_in_tag) return std::nullopt;
    return TagShape{{slash, bracket.end - slash}, Role::close, name, true, false, true};
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
    const auto tail = read_tail(reading, found->end, is_spaced, role);
    if (!tail) return std::nullopt;
    return TagShape{{at, tail->end - at},          role,
                    seen.at,                       is_angle(reading, bracket),
                    found->is_misspelt,            tail->is_closed};
}

std::optional<TagShape> find_tag_around(const Reading& reading, std::size_t at, std::size_t end,
                                        std::string_view name) {
    auto place = at;
    std::optional<std::size_t> slash;
    while (place > 0 && at - place < look_back) {
        const auto glyph = reading.glyph_before(place);
        if (glyph.is_one_of(opening_brackets)) {
            const auto shape = read_tag_shape(reading, glyph.begin, name);
            return shape && shape->name == at ? shape : std::nullopt;
        }
        if (glyph.is('>')) {  // of a tag within the brackets
            const auto open = reading.text().substr(0, glyph.begin).rfind('<');
            if (open == std::string_view::npos || glyph.begin - open > look_back) break;
            const auto tag = reading.tag(open);
            if (!tag || tag->end != place) break;
            place = open;
            continue;
        }
        if (glyph.is('/') && !slash) slash = glyph.begin;
        else if (glyph.kind != FoldKind::space && glyph.kind != FoldKind::unseen &&
                 !glyph.is_one_of("\\*_~`")) break;
        place = glyph.begin;
    }
    if (slash) return find_bare_closing(reading, *slash, at, end);
    return std::nullopt;
}

}  // namespace paywall
