#include "parser/reading.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace paywall {
namespace {

constexpr auto npos = std::string_view::npos;
// Elements that stand within a line (WHATWG HTML, 4.5, and what editors still write).
constexpr std::string_view inline_tags[] = {
    "a",    "abbr", "acronym", "b",    "bdi",  "bdo",    "big",    "cite", "code", "data",
    "del",  "dfn",  "em",      "font", "i",    "ins",    "kbd",    "label", "mark", "nobr",
    "q",    "s",    "samp",    "small", "span", "strike", "strong", "sub",  "sup",  "time",
    "tt",   "u",    "var",     "wbr"};

struct Named {
    std::string_view name;
    char32_t code_point;
};
constexpr Named entities[] = {
#include "parser/entities.inc"
};
constexpr std::size_t longest_entity = 32;
constexpr char32_t some_character = 0xFFFD;

struct Decoded {
    char32_t code_point;
    std::size_t end;
};

constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
constexpr bool is_punctuation(char c) { return c > ' ' && c < 0x7F && !is_alnum(c); }

/// The code point at `at` of UTF-8. Of other bytes some number, and an end within the text: what
/// is read of such a text is thrown away in the end.
Decoded utf8_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> char32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto lead = byte(0);
    const auto tail = [&](std::size_t i) { return byte(i) & 0x3F; };
    const auto end = [&](std::size_t length) { return std::min(at + length, text.size()); };
    if (lead < 0x80) return {lead, at + 1};
    if (lead < 0xE0) return {(lead & 0x1F) << 6 | tail(1), end(2)};
    if (lead < 0xF0) return {(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), end(3)};
    return {(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), end(4)};
}

constexpr auto digit_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(0xFF);
    for (std::uint8_t i = 0; i < 10; ++i) values['0' + i] = i;
    for (std::uint8_t i = 0; i < 6; ++i) {
        values['A' + i] = values['a' + i] = static_cast<std::uint8_t>(10 + i);
    }
    return values;
}();

/// A number of min to max digits; a code point that is none reads as U+FFFD.
std::optional<Decoded> number(std::string_view text, std::size_t at, unsigned base,
                              std::size_t min, std::size_t max) {
    const auto limit = max > text.size() ? text.size() : std::min(text.size(), at + max);
    std::uint32_t value = 0;
    auto end = at;
    for (; end < limit; ++end) {
        const auto digit = digit_values[static_cast<unsigned char>(text[end])];
        if (digit >= base) break;
        value = std::min<std::uint32_t>(value * base + digit, 0x110000);
    }
    if (end < at + min) return std::nullopt;
    return Decoded{value < 0x110000 ? value : some_character, end};
}

/// `#35;`, `#x23;`, `num;`, after the ampersand. A missing semicolon is forgiven as browsers do;
/// a name that is not in the list stands for some character.
std::optional<Decoded> reference_body(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    if (text[at] == '#') {
        const bool is_hex = at + 1 < text.size() && (text[at + 1] | 0x20) == 'x';
        auto decoded = number(text, at + (is_hex ? 2 : 1), is_hex ? 16 : 10, 1, npos);
        if (decoded && decoded->end < text.size() && text[decoded->end] == ';') ++decoded->end;
        return decoded;
    }
    const auto limit = std::min(text.size(), at + longest_entity + 1);
    auto end = at;
    while (end < limit && is_alnum(text[end])) ++end;
    if (end - at > 1 && end < text.size() && text[end] == ';') {
        const auto name = text.substr(at, end - at);
        const auto* it = std::ranges::lower_bound(entities, name, {}, &Named::name);
        const bool is_known = it != std::end(entities) && it->name == name;
        return Decoded{is_known ? it->code_point : some_character, end + 1};
    }
    const auto rest = text.substr(at, 4);
    if (rest.starts_with("lt") || rest.starts_with("LT")) return Decoded{'<', at + 2};
    if (rest.starts_with("gt") || rest.starts_with("GT")) return Decoded{'>', at + 2};
    if (rest == "amp#" || rest == "AMP#") return Decoded{'&', at + 3};
    return std::nullopt;
}

/// A further byte of a UTF-8 sequence: `%BC`, also escaped again (`%25BC`).
std::optional<Decoded> percent_tail(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '%') return std::nullopt;
    ++at;
    while (text.substr(at, 2) == "25" && number(text, at + 2, 16, 2, 2)) at += 2;
    const auto decoded = number(text, at, 16, 2, 2);
    return decoded && (decoded->code_point & 0xC0) == 0x80 ? decoded : std::nullopt;
}

/// `23` after the percent sign, also `u0023`; and the other bytes of a UTF-8 sequence (`EF%BC%83`).
std::optional<Decoded> percent_body(std::string_view text, std::size_t at) {
    if (at < text.size() && (text[at] | 0x20) == 'u') return number(text, at + 1, 16, 4, 4);
    auto decoded = number(text, at, 16, 2, 2);
    if (!decoded || decoded->code_point < 0x80) return decoded;
    const auto lead = decoded->code_point;
    if (lead < 0xC2 || lead > 0xF4) return Decoded{some_character, decoded->end};
    std::array<char, 4> bytes{static_cast<char>(lead)};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = percent_tail(text, decoded->end);
        if (!next) return Decoded{some_character, decoded->end};
        bytes[i] = static_cast<char>(next->code_point);
        decoded = next;
    }
    return Decoded{utf8_at({bytes.data(), length}, 0).code_point, decoded->end};
}

/// `u0023`, `u{23}`, `x23`, `U00000023` after the backslash; surrogate pairs joined.
std::optional<Decoded> backslash_body(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    const char kind = text[at];
    if (kind == 'x') return number(text, at + 1, 16, 2, 2);
    if (kind == 'U') return number(text, at + 1, 16, 8, 8);
    if (kind != 'u') return std::nullopt;
    if (text.substr(at + 1, 1) == "{") {
        auto decoded = number(text, at + 2, 16, 1, npos);
        if (!decoded || text.substr(decoded->end, 1) != "}") return std::nullopt;
        ++decoded->end;
        return decoded;
    }
    const auto high = number(text, at + 1, 16, 4, 4);
    if (!high || (high->code_point & 0x1FFC00) != 0xD800 || text.substr(high->end, 2) != "\\u") {
        return high;
    }
    const auto low = number(text, high->end + 2, 16, 4, 4);
    if (!low || (low->code_point & 0x1FFC00) != 0xDC00) return high;
    return Decoded{0x10000 + ((high->code_point & 0x3FF) << 10) + (low->code_point & 0x3FF),
                   low->end};
}

/// An escape that may stand for the sign of another, any number of times: `&#35;`, `&amp;#35;`,
/// `%2523`, `\u0026#35;`, `&#37;23`.
std::optional<Decoded> escape(std::string_view text, std::size_t at) {
    const auto body = [&](char32_t sign, std::size_t place) -> std::optional<Decoded> {
        switch (sign) {
            case '&': return reference_body(text, place);
            case '%': return percent_body(text, place);
            case '\\': return backslash_body(text, place);
            default: return std::nullopt;
        }
    };
    auto decoded = body(static_cast<unsigned char>(text[at]), at + 1);
    while (decoded) {
        const auto next = body(decoded->code_point, decoded->end);
        if (!next) break;
        decoded = next;
    }
    return decoded;
}

Glyph glyph_of(std::size_t begin, const Decoded& decoded) {
    const auto folded = fold(decoded.code_point);
    return {folded.kind, folded.ascii, begin, decoded.end};
}

/// How far behind the first `>` a quote that hides it may be closed.
constexpr std::size_t quote_limit = 1024;

/// Where a tag that begins at `at` ends, behind its `>`. Closed quotes hide one.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
    const auto plain = text.find('>', at);
    if (plain == npos) return npos;
    const auto inside = text.substr(at, plain - at);
    if (inside.find('"') == npos && inside.find('\'') == npos) return plain + 1;
    text = text.substr(0, plain + quote_limit);
    for (auto place = text.find_first_of("\"'>", at); place != npos;) {
        if (text[place] == '>') return place + 1;
        const auto quote_end = text.find(text[place], place + 1);
        if (quote_end == npos) break;
        place = text.find_first_of("\"'>", quote_end + 1);
    }
    return plain + 1;
}

Tag::Kind kind_of_tag(std::string_view text, std::size_t at) {
    std::array<char, 8> name{};
    std::size_t length = 0;
    for (at += text.substr(at, 1) == "/" ? 1 : 0; at < text.size() && is_alnum(text[at]); ++at) {
        if (length == name.size()) return Tag::Kind::block;
        name[length++] = fold(static_cast<unsigned char>(text[at])).ascii.front();
    }
    const bool is_inline =
        std::ranges::binary_search(inline_tags, std::string_view(name.data(), length));
    return is_inline ? Tag::Kind::inlined : Tag::Kind::block;
}

}  // namespace

bool Glyph::lengthens_word() const {
    return kind == FoldKind::word || (kind == FoldKind::ascii && is_alnum(ascii.front()));
}

bool Reading::at_literal(std::size_t at) const {
    return grammar_.literal_at(text_, at) > 0;
}

Glyph Reading::dear_glyph(std::size_t at) const {
    if (at_end(at) || effort_.is_spent()) return {FoldKind::other, {}, at, text_.size()};
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte >= 0x80) return glyph_of(at, utf8_at(text_, at));
    if (const auto decoded = escape(text_, at)) {
        effort_.spend((decoded->end - at) / 8);
        return glyph_of(at, *decoded);
    }
    if (byte == '\\' && at + 1 < text_.size() && is_punctuation(text_[at + 1])) {
        return {FoldKind::unseen, {}, at, at + 1};
    }
    return glyph_of(at, {byte, at + 1});
}

/// Where the run of letters, digits and `#;{}` that ends at `at` begins: what an escape is made
/// of behind its first sign. Known again when asked for a place within it, so that a text of one
/// long run costs no more than any other.
std::size_t Reading::run_start(std::size_t at) const {
    const auto goes_on = [](char c) {
        return is_alnum(c) || c == '#' || c == ';' || c == '{' || c == '}';
    };
    auto begin = at;
    for (; begin > 0 && goes_on(text_[begin - 1]); --begin) {
        if (begin <= run_.offset || begin > run_.end()) continue;
        begin = run_.offset;
        break;
    }
    effort_.spend((at - std::max(begin, std::min(at, run_.end()))) / 8);
    run_ = {begin, at - begin};
    return begin;
}

/// The escape that ends at `at`, if one does.
std::optional<Glyph> Reading::escape_before(std::size_t at) const {
    constexpr int most_percents = 8;  // of one UTF-8 sequence, escaped twice
    auto end = at;
    for (int tries = 0; tries < most_percents; ++tries) {
        const auto begin = run_start(end);
        if (begin == 0) break;
        const auto lead = begin - 1;
        const char c = text_[lead];
        if (c != '&' && c != '%' && c != '\\') break;
        const auto decoded = escape(text_, lead);
        if (decoded && decoded->end == at && decoded->code_point != 0xFFFD) {
            return glyph_of(lead, *decoded);
        }
        if (c != '%') break;
        end = lead;
    }
    return std::nullopt;
}

Glyph Reading::glyph_before(std::size_t at) const {
    effort_.spend(1);
    if (at == 0) return {};
    const char last = text_[at - 1];
    if (is_alnum(last) || last == ';' || last == '}') {
        if (const auto found = escape_before(at)) return *found;
        return glyph_of(at - 1, {static_cast<unsigned char>(last), at});
    }
    auto begin = at - 1;
    for (int tails = 0; tails < 3 && begin > 0 && (text_[begin] & 0xC0) == 0x80; ++tails) --begin;
    return glyph_of(begin, utf8_at(text_, begin));
}

std::optional<Tag> Reading::tag(std::size_t at) const {
    if (at + 1 >= text_.size() || text_[at] != '<') return std::nullopt;
    const char next = text_[at + 1];
    if (!is_alpha(next) && next != '/' && next != '!' && next != '?') return std::nullopt;
    if (at_literal(at)) return std::nullopt;
    const bool is_comment = text_.substr(at, 4) == "<!--";
    const auto comment_end = is_comment ? text_.find("-->", at + 4) : npos;
    const auto end = comment_end != npos ? comment_end + 3 : end_of_tag(text_, at + 1);
    effort_.spend(4 + (std::min(end, text_.size()) - at) / 4);
    if (end == npos) return std::nullopt;
    return Tag{is_comment ? Tag::Kind::inlined : kind_of_tag(text_, at + 1), end};
}

/// A tag whose brackets are escaped: `&lt;b&gt;`.
std::optional<Tag> Reading::escaped_tag(const Glyph& bracket) const {
    auto next = glyph(bracket.end);
    if (!next.is_one_of("/!?") && !next.lengthens_word()) return std::nullopt;
    std::array<char, 8> name{};
    std::size_t length = 0;
    bool is_name = true;
    for (; !at_end(next.begin) && !next.is('<'); next = glyph(next.end)) {
        if (next.is('>')) {
            const bool is_inline =
                std::ranges::binary_search(inline_tags, std::string_view(name.data(), length));
            return Tag{is_inline ? Tag::Kind::inlined : Tag::Kind::block, next.end};
        }
        if (next.is('/') && length == 0) continue;
        is_name = is_name && next.lengthens_word();
        if (is_name && length < name.size()) {
            name[length++] = next.ascii.empty() ? '?' : next.ascii.front();
        }
    }
    return std::nullopt;
}

Seen Reading::skip_unseen(std::size_t at, Spaces spaces) const {
    Seen seen{at};
    while (!at_end(seen.at) && !effort_.is_spent()) {
        const auto next = glyph(seen.at);
        if (next.kind == FoldKind::unseen || next.is_one_of("*_~`")) {
            seen.at = next.end;
        } else if (next.kind == FoldKind::space && spaces == Spaces::skip) {
            seen = {next.end, true};
        } else if (next.is('<')) {
            const auto found = text_[seen.at] == '<' ? tag(seen.at) : escaped_tag(next);
            if (!found || (found->kind == Tag::Kind::block && spaces == Spaces::stop)) return seen;
            seen = {found->end, seen.after_space || found->kind == Tag::Kind::block};
        } else {
            return seen;
        }
    }
    return seen;
}

}  // namespace paywall
