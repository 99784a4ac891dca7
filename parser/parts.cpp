#include "parser/parts.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "parser/ascii.hpp"
#include "parser/grammar.hpp"
#include "parser/lookalike.hpp"

namespace paywall {
namespace {

constexpr auto npos = std::string_view::npos;

/// Visible letters that stop whatever is read across a place, many times over; and in how many
/// bytes they must stand.
constexpr std::size_t letters_beside = 128;
constexpr std::size_t bytes_beside = 2048;
/// A quote in a tag may hide a `>` for so long (reading.cpp), and more.
constexpr std::size_t longest_quote = 2048;

bool is_plain(const Marker& marker) {
    const bool has_part = marker.role == Role::open || marker.role == Role::close;
    const bool is_fixed = marker.form == Form::run || marker.form == Form::tag;
    return has_part && is_fixed && marker.attributes == Syntax::none &&
           marker.padding == Padding::none;
}

bool is_plain(const Region& region) {
    return region.audience == Audience::paid() && region.nesting == Nesting::refuse &&
           region.parent == Region::npos && !region.may_begin_source && !region.is_container &&
           !region.is_secret;
}

/// No letter, and of no marker, bracket, escape or emphasis.
constexpr bool is_harmless(char c) {
    if ((c & 0x80) != 0 || (c >= '0' && c <= '9')) return true;
    for (const char sign : std::string_view(" \t\r\n.,:;!?()\"'-"))
        if (c == sign) return true;
    return false;
}

/// Do enough letters follow, and nothing with them but what is harmless?
template <typename Iterator>
bool is_prose(Iterator at, Iterator end) {
    if (end - at > static_cast<std::ptrdiff_t>(bytes_beside))
        end = at + static_cast<std::ptrdiff_t>(bytes_beside);
    for (std::size_t letters = 0; at != end && letters < letters_beside; ++at) {
        if (begins_letter(*at)) {
            if (++letters == letters_beside) return true;
        } else if (!is_harmless(*at)) {
            return false;
        }
    }
    return false;
}

std::vector<Token> markers_of(const Grammar& grammar, std::string_view text) {
    std::vector<Token> markers;
    grammar.tokenize(text, [&](const Token& token) {
        if (token.kind == Token::Kind::marker) markers.push_back(token);
        return Progress::go_on;
    });
    return markers;
}

/// Was each of the last of these closed again?
bool is_closed(std::string_view text, std::string_view opening, std::string_view closing,
               std::size_t behind) {
    if (text.find(opening) == npos) return true;  // as in most prose, and soon said
    const auto end = text.find(closing, text.rfind(opening) + opening.size());
    return end != npos && end + behind <= text.size();
}

/// Is no tag, comment or bracket open where the text ends?
bool is_closed(std::string_view text) {
    return is_closed(text, "<", ">", longest_quote) && is_closed(text, "<!--", "-->", 0) &&
           is_closed(text, "[", "]", 0);
}

/// Does a word or a Han character begin here, amid prose?
bool is_amid_prose(std::string_view text, std::size_t at) {
    if (at == 0 || at >= text.size() || !begins_letter(text[at]) || is_ascii_word(text[at - 1]))
        return false;
    const auto place = text.begin() + static_cast<std::ptrdiff_t>(at);
    return is_prose(place, text.end()) && is_prose(std::make_reverse_iterator(place), text.rend());
}

/// The same of a place, as far as what stands near it tells: parse_part() looks at all of a part.
bool is_closed_near(std::string_view text, std::size_t at) {
    const auto near = std::min(at, part_context);
    return is_closed(text.substr(at - near, near));
}

/// The last place amid prose before `at`, not before `least`. Places are tried at a distance: one
/// in a stretch of prose is as good as another. 0: none.
std::size_t prose_before(std::string_view text, std::size_t at, std::size_t least) {
    constexpr std::size_t step = 64;
    constexpr std::size_t longest_word = 48;
    for (; at >= least + step + longest_word; at -= step) {
        for (auto place = at - 1; place > at - longest_word; --place) {
            if (!begins_letter(text[place]) || is_ascii_word(text[place - 1])) continue;
            if (is_amid_prose(text, place)) return place;
            break;
        }
    }
    return 0;
}

/// Does nothing around the place where a part ends look like a marker?
bool is_joint_sound(const Grammar& grammar, std::string_view text, std::size_t end) {
    if (end <= part_context || text.size() - end < part_context) return false;
    const auto begin = prose_before(text, end - part_context, 0);
    const auto around = text.substr(begin);
    LookalikeFinder finder(grammar, around);
    std::vector<Lookalike> lookalikes;
    grammar.tokenize(around, [&](const Token& token) {
        if (token.kind == Token::Kind::text) return Progress::go_on;
        return finder.read(token, lookalikes);
    });
    // What the text was cut in where it ends here is no matter.
    const auto is_seen_whole = [&](const Lookalike& found) {
        return begin + found.span.offset < text.size() - part_context / 4;
    };
    return std::ranges::none_of(lookalikes, is_seen_whole);
}

}  // namespace

bool is_divisible(const Dialect& dialect, const ParseOptions& options) {
    const bool says_all = options.unmarked != Unmarked::free || !options.gate.key.empty() ||
                          options.markers != Markers::honoured || !options.encoding.empty() ||
                          !options.deny.empty();
    return !says_all && !dialect.has_fences &&
           std::ranges::all_of(dialect.markers, [](const Marker& one) { return is_plain(one); }) &&
           std::ranges::all_of(dialect.regions, [](const Region& one) { return is_plain(one); });
}

std::size_t find_part_end(const Parser& parser, std::string_view text) {
    if (text.size() < 4 * part_context) return 0;
    const auto least = text.size() / 4;
    const auto role_of = [&](const Token& token) {
        return parser.grammar().dialect().markers[token.marker].role;
    };
    // Far enough back to see whether the text is free there.
    for (auto size = 4 * part_context;; size *= 4) {
        const auto begin = size >= text.size() ? 0 : prose_before(text, text.size() - size, 0);
        auto markers = markers_of(parser.grammar(), text.substr(begin));
        auto at = text.size() - part_context;
        while ((at = prose_before(text, at, std::max(least, begin))) > 0) {
            while (!markers.empty() && begin + markers.back().span.end() > at) markers.pop_back();
            if (markers.empty() && begin > 0) break;
            const bool is_free = markers.empty() || role_of(markers.back()) == Role::close;
            if (is_free && is_closed_near(text, at)) return at;
            if (!is_free) at = begin + markers.back().span.offset;
        }
        if (begin == 0) return 0;
    }
}

std::optional<Document> parse_part(const Parser& parser, std::string_view text, std::size_t end,
                                   const ParseOptions& options) {
    const auto part = text.substr(0, end);
    auto parsed = parser.parse(part, options);
    auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr || document->text.encoding() != "UTF-8" || document->has_loose_ends)
        return std::nullopt;
    if (end < text.size() && (!is_closed(part) || !is_joint_sound(*document->grammar, text, end)))
        return std::nullopt;
    return std::move(*document);
}

}  // namespace paywall
