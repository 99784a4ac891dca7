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
constexpr std::size_t longest_entity = 22;

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
    const auto limit = std::min(text.size(), at + max);
    std::uint32_t value = 0;
    auto end = at;
    for (; end < limit; ++end) {
        const auto digit = digit_values[static_cast<unsigned char>(text[end])];
        if (digit >= base) break;
        value = std::min<std::uint32_t>(value * base + digit, 0x110000);
    }
    if (end < at + min) return std::nullopt;
    return Decoded{value < 0x110000 ? value : 0xFFFD, end};
}

/// `#35;`, `#x23;`, `num;`, after the ampersand. A missing semicolon is forgiven as browsers do.
std::optional<Decoded> reference_body(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    if (text[at] == '#') {
        const bool is_hex = at + 1 < text.size() && (text[at + 1] | 0x20) == 'x';
        auto decoded = number(text, at + (is_hex ? 2 : 1), is_hex ? 16 : 10, 1, 32);
        if (decoded && decoded->end < text.size() && text[decoded->end] == ';') ++decoded->end;
        return decoded;
    }
    const auto limit = std::min(text.size(), at + longest_entity + 1);
    auto end = at;
    while (end < limit && is_alnum(text[end])) ++end;
    if (end < text.size() && text[end] == ';') {
        const auto name = text.substr(at, end - at);
        const auto* it = std::ranges::lower_bound(entities, name, {}, &Named::name);
        if (it != std::end(entities) && it->name == name) return Decoded{it->code_point, end + 1};
    }
    const auto two = text.substr(at, 2);
    if (two == "lt" || two == "LT") return Decoded{'<', at + 2};
    if (two == "gt" || two == "GT") return Decoded{'>', at + 2};
    return std::nullopt;
}

/// A character reference, escaped any number of times: `&#35;`, `&amp;#35;`, `&amp;amp;num;`.
std::optional<Decoded> reference(std::string_view text, std::size_t at) {
    auto body = at + 1;
    while (body + 3 < text.size() && (text[body] == 'a' || text[body] == '#')) {
        const auto rest = text.substr(body, 5);
        const auto length = rest == "#x26;" ? 5U : 4U;
        if (length == 4 && !rest.starts_with("amp;") && !rest.starts_with("#38;")) break;
        body += length;
    }
    if (auto decoded = reference_body(text, body)) return decoded;
    if (body > at + 1) return Decoded{'&', body};
    return std::nullopt;
}

/// `%23`, also escaped again (`%2523`), and the bytes of a UTF-8 sequence (`%EF%BC%83`).
std::optional<Decoded> percent(std::string_view text, std::size_t at) {
    const auto byte_at = [&](std::size_t place) -> std::optional<Decoded> {
        if (place >= text.size() || text[place] != '%') return std::nullopt;
        ++place;
        while (text.substr(place, 2) == "25" && number(text, place + 2, 16, 2, 2)) place += 2;
        return number(text, place, 16, 2, 2);
    };
    auto decoded = byte_at(at);
    if (!decoded || decoded->code_point < 0x80) return decoded;
    if (decoded->code_point < 0xC2 || decoded->code_point > 0xF4) {
        return Decoded{0xFFFD, decoded->end};
    }
    std::array<char, 4> bytes{};
    const std::size_t length = decoded->code_point < 0xE0   ? 2
                               : decoded->code_point < 0xF0 ? 3
                                                            : 4;
    for (std::size_t i = 0; i < length; ++i) {
        if (i > 0) {
            const auto next = byte_at(decoded->end);
            if (!next || (next->code_point & 0xC0) != 0x80) return Decoded{0xFFFD, decoded->end};
            decoded = next;
        }
        bytes[i] = static_cast<char>(decoded->code_point);
    }
    return Decoded{utf8_at({bytes.data(), length}, 0).code_point, decoded->end};
}

/// `\u0023`, `\u{23}`, `\x23`, `\U00000023`, surrogate pairs joined; after the backslash.
std::optional<Decoded> backslash(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return std::nullopt;
    const char kind = text[at + 1];
    if (kind == 'x') return number(text, at + 2, 16, 2, 2);
    if (kind == 'U') return number(text, at + 2, 16, 8, 8);
    if (kind != 'u') return std::nullopt;
    if (text.substr(at + 2, 1) == "{") {
        auto decoded = number(text, at + 3, 16, 1, 8);
        if (!decoded || text.substr(decoded->end, 1) != "}") return std::nullopt;
        ++decoded->end;
        return decoded;
    }
    const auto high = number(text, at + 2, 16, 4, 4);
    if (!high || (high->code_point & 0x1FFC00) != 0xD800 || text.substr(high->end, 2) != "\\u") {
        return high;
    }
    const auto low = number(text, high->end + 2, 16, 4, 4);
    if (!low || (low->code_point & 0x1FFC00) != 0xDC00) return high;
    return Decoded{0x10000 + ((high->code_point & 0x3FF) << 10) + (low->code_point & 0x3FF),
                   low->end};
}

std::optional<Decoded> escape(std::string_view text, std::size_t at) {
    switch (text[at]) {
        case '&': return reference(text, at);
        case '%': return percent(text, at);
        case '\\': return backslash(text, at);
        default: return std::nullopt;
    }
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

Seen Reading::skip_unseen(std::size_t at, Spaces spaces) const {
    Seen seen{at};
    while (!at_end(seen.at) && !effort_.is_spent()) {
        const auto next = glyph(seen.at);
        if (next.kind == FoldKind::unseen || next.is_one_of("*_~`")) {
            seen.at = next.end;
        } else if (next.kind == FoldKind::space && spaces == Spaces::skip) {
            seen = {next.end, true};
        } else if (text_[seen.at] == '<') {
            const auto found = tag(seen.at);
            if (!found || (found->kind == Tag::Kind::block && spaces == Spaces::stop)) return seen;
            seen = {found->end, seen.after_space || found->kind == Tag::Kind::block};
        } else {
            return seen;
        }
    }
    return seen;
}

}  // namespace paywall
