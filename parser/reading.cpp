#include "parser/reading.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "parser/escape.hpp"

namespace paywall {
namespace {

constexpr auto npos = std::string_view::npos;

// Elements that stand within a line (WHATWG HTML, 4.5, and what editors still write).
constexpr std::string_view inline_tags[] = {
    "a",    "abbr", "acronym", "b",  "bdi",  "bdo",   "big",  "cite",   "code",
    "data", "del",  "dfn",     "em", "font", "i",     "ins",  "kbd",    "label",
    "mark", "nobr", "q",       "s",  "samp", "small", "span", "strike", "strong",
    "sub",  "sup",  "time",    "tt", "u",    "var",   "wbr"};

// The same in the BBCode of forums.
constexpr std::string_view forum_tags[] = {"b",   "backcolor", "color", "del",  "em",     "font",
                                           "i",   "ins",       "s",     "size", "strike", "strong",
                                           "sub", "sup",       "u",     "url"};
/// A forum's tag is no longer than this.
constexpr std::size_t forum_tag_limit = 80;

constexpr bool is_punctuation(char c) {
    return c > ' ' && c < 0x7F && !is_ascii_word(c);
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

/// Where a comment ends, as browsers read it: `<!-->` does at once, `--!>` ends one too.
std::size_t end_of_comment(std::string_view text, std::size_t at) {
    const auto end = text.find("-->", at + 2);
    const auto other = text.substr(0, end).find("--!>", at + 4);
    if (other != npos) return other + 4;
    return end == npos ? npos : end + 3;
}

Tag::Kind kind_of_tag(std::string_view text, std::size_t at) {
    std::array<char, 8> name{};
    std::size_t length = 0;
    for (at += text.substr(at, 1) == "/" ? 1 : 0; at < text.size() && is_ascii_word(text[at]);
         ++at) {
        if (length == name.size()) return Tag::Kind::block;
        name[length++] = fold(static_cast<unsigned char>(text[at])).ascii.front();
    }
    const bool is_inline =
        std::ranges::binary_search(inline_tags, std::string_view(name.data(), length));
    return is_inline ? Tag::Kind::inlined : Tag::Kind::block;
}

}  // namespace

bool Glyph::lengthens_word() const {
    return kind == FoldKind::word || (kind == FoldKind::ascii && is_ascii_word(ascii.front()));
}

bool Reading::at_literal(std::size_t at) const {
    return grammar_.literal_at(text_, at) > 0;
}

Glyph Reading::dear_glyph(std::size_t at) const {
    if (at_end(at) || effort_.is_spent()) return {FoldKind::other, {}, at, text_.size()};
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte >= 0x80) return glyph_of(at, code_point_at(text_, at));
    if (const auto decoded = decode_escape(text_, at)) {
        spend_on(decoded->end - at);
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
        return is_ascii_word(c) || c == '#' || c == ';' || c == '{' || c == '}';
    };
    auto begin = at;
    for (; begin > floor_ && goes_on(text_[begin - 1]); --begin) {
        if (begin <= run_.offset || begin > run_.end()) continue;
        begin = std::max(run_.offset, floor_);
        break;
    }
    spend_on(at - std::max(begin, std::min(at, run_.end())));
    run_ = {begin, at - begin};
    return begin;
}

/// The escape that ends at `at`, if one does.
std::optional<Glyph> Reading::escape_before(std::size_t at) const {
    constexpr int most_percents = 8;  // of one UTF-8 sequence, escaped twice
    auto end = at;
    for (int tries = 0; tries < most_percents; ++tries) {
        const auto begin = run_start(end);
        if (begin <= floor_) break;
        const auto lead = begin - 1;
        const char c = text_[lead];
        if (!is_escape_sign(c)) break;
        const auto decoded = decode_escape(text_, lead);
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
    if (is_ascii_word(last) || last == ';' || last == '}') {
        if (const auto found = escape_before(at)) return *found;
        return glyph_of(at - 1, {static_cast<unsigned char>(last), at});
    }
    auto begin = at - 1;
    for (int tails = 0; tails < 3 && begin > 0 && (text_[begin] & 0xC0) == 0x80; ++tails) --begin;
    return glyph_of(begin, code_point_at(text_, begin));
}

std::optional<Tag> Reading::tag(std::size_t at) const {
    if (at + 1 >= text_.size() || text_[at] != '<') return std::nullopt;
    const char next = text_[at + 1];
    const bool is_escaped = text_.substr(at + 1, 2) == "\\/";  // as JSON may have it
    if (!is_ascii_letter(next) && next != '/' && next != '!' && next != '?' && !is_escaped) {
        return std::nullopt;
    }
    if (at_literal(at)) return std::nullopt;
    const bool is_comment = text_.substr(at, 4) == "<!--";
    const bool may_end = is_comment && at < endless_;
    const auto comment_end = may_end ? end_of_comment(text_, at) : npos;
    if (may_end && comment_end == npos) endless_ = at;
    const auto end = comment_end != npos ? comment_end : end_of_tag(text_, at + 1);
    effort_.spend(4 + (std::min(end, text_.size()) - at) / 4);
    if (end == npos) return std::nullopt;
    if (is_comment) return Tag{Tag::Kind::inlined, end};
    return Tag{kind_of_tag(text_, at + (is_escaped ? 2 : 1)), end};
}

/// `[b]`, `[/b]`, `[color=red]`.
std::optional<Tag> Reading::forum_tag(std::size_t at) const {
    const auto near = text_.substr(at + 1, forum_tag_limit);
    const auto end = near.find_first_of("[]\n");
    if (end == npos || near[end] != ']') return std::nullopt;
    auto name = near.substr(0, end);
    effort_.spend(1 + end / 4);
    if (name.starts_with('/')) name.remove_prefix(1);
    name = name.substr(0, name.find('='));
    const auto is_name = [&](std::string_view known) {
        return std::ranges::equal(name, known, [](char written, char letter) {
            return (written | 0x20) == letter && is_ascii_letter(written);
        });
    };
    if (std::ranges::none_of(forum_tags, is_name)) return std::nullopt;
    return Tag{Tag::Kind::inlined, at + 1 + end + 1};
}

/// A tag whose brackets are escaped: `&lt;b&gt;`. Closed quotes hide brackets.
std::optional<Tag> Reading::escaped_tag(const Glyph& bracket) const {
    auto next = glyph(bracket.end);
    while (next.kind == FoldKind::unseen) next = glyph(next.end);
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
        if (next.is_one_of("\"'")) next = closing_quote(next).value_or(next);
    }
    has_loose_ends_ = has_loose_ends_ || at_end(next.begin);
    return std::nullopt;
}

/// The quotation mark, escaped or not, that closes one.
std::optional<Glyph> Reading::closing_quote(const Glyph& quote) const {
    const auto limit = quote.end + quote_limit;
    auto next = glyph(quote.end);
    for (; next.begin < limit && !at_end(next.begin); next = glyph(next.end)) {
        if (next.ascii == quote.ascii) return next;
    }
    has_loose_ends_ = has_loose_ends_ || at_end(next.begin);
    return std::nullopt;
}

Seen Reading::skip_from(std::size_t at, Spaces spaces) const {
    Seen seen{at};
    while (!at_end(seen.at) && !effort_.is_spent()) {
        const auto next = glyph(seen.at);
        if (next.kind == FoldKind::unseen || next.is_one_of("*_~`")) {
            seen.at = next.end;
        } else if (next.kind == FoldKind::space && spaces == Spaces::skip) {
            seen = {next.end, true};
        } else if (text_[seen.at] == '[') {
            const auto found = forum_tag(seen.at);
            if (!found) return seen;
            seen.at = found->end;
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
