#include "audit/markup.hpp"

#include <algorithm>
#include <array>

#include "parser/ascii.hpp"
#include "parser/html/entity.hpp"

namespace paywall::audit {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool same_letters(std::string_view text, std::size_t at, std::string_view lower) {
    return at + lower.size() <= text.size() &&
           std::equal(lower.begin(), lower.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char one, char other) { return one == (other | 0x20); });
}

/// Where the contents of a raw element end: at its end tag, or at the end of the text.
std::size_t raw_end(std::string_view text, std::size_t at, std::string_view name) {
    for (; (at = text.find("</", at)) != npos; at += 2)
        if (same_letters(text, at + 2, name)) return at;
    return text.size();
}

/// The element in which a start tag says that no markup is read; empty if none.
std::string_view raw_element(std::string_view tag) {
    for (const std::string_view name : {"script", "style"}) {
        const bool ends =
            tag.size() == name.size() ||
            (tag.size() > name.size() && (is_space(tag[name.size()]) || tag[name.size()] == '/'));
        if (ends && tag.back() != '/' && same_letters(tag, 0, name)) return name;
    }
    return {};
}

/// A comment's end: behind `-->` or `--!>`. `at` is behind `<!--`.
struct CommentEnd {
    std::size_t text;  ///< where what it says ends
    std::size_t end;
};
CommentEnd comment_end(std::string_view text, std::size_t at) {
    if (text.substr(at).starts_with('>')) return {at, at + 1};
    if (text.substr(at).starts_with("->")) return {at, at + 2};
    for (std::size_t dashes = at; (dashes = text.find("--", dashes)) != npos; ++dashes) {
        if (text.substr(dashes + 2).starts_with('>')) return {dashes, dashes + 3};
        if (text.substr(dashes + 2).starts_with("!>")) return {dashes, dashes + 4};
    }
    return {text.size(), text.size()};
}

/// Where the tag ends that begins at `at` with `<`: behind its `>`, or at the end of the text.
std::size_t tag_end(std::string_view text, std::size_t at) {
    const bool has_values = is_ascii_letter(text[at + 1]);
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == '>') return i + 1;
        if (text[i] != '=' || !has_values) continue;
        std::size_t value = i + 1;
        while (value < text.size() && is_space(text[value])) ++value;
        if (value == text.size() || (text[value] != '"' && text[value] != '\'')) continue;
        i = text.find(text[value], value + 1);
        if (i == npos) return text.size();
    }
    return text.size();
}

class Splitter {
public:
    Splitter(std::string_view text, MarkupParts& parts, Markup markup)
        : text_(text), parts_(parts), markup_(markup) {}

    void split() {
        std::size_t seen = 0;  // all before this is dealt with
        for (std::size_t at = 0; (at = text_.find('<', at)) != npos;) {
            if (!begins_tag(text_, at)) {
                ++at;
                continue;
            }
            if (at > seen) parts_.text(text_.substr(seen, at - seen));
            seen = at = take(at);
        }
        if (seen < text_.size()) parts_.text(text_.substr(seen));
    }

private:
    /// Takes what begins with the `<` at `at`; gives where it ends.
    std::size_t take(std::size_t at) {
        const auto rest = text_.substr(at);
        if (rest.starts_with("<![CDATA[")) return at + 9;
        if (rest.starts_with("<!--") && markup_ == Markup::page) {
            const auto [said, end] = comment_end(text_, at + 4);
            parts_.comment(text_.substr(at + 4, said - at - 4));
            return end;
        }
        const std::size_t end = end_of_tag(at);
        const bool closed = text_[end - 1] == '>' && end > at + 1;
        const auto tag = text_.substr(at + 1, end - at - (closed ? 2 : 1));
        parts_.tag(tag);
        const auto raw = markup_ == Markup::page ? raw_element(tag) : std::string_view();
        if (raw.empty()) return end;
        const std::size_t raw_ends = raw_end(text_, end, raw);
        if (raw_ends > end) parts_.raw(raw, text_.substr(end, raw_ends - end));
        return raw_ends;
    }

    [[nodiscard]] std::size_t end_of_tag(std::size_t at) const {
        if (markup_ != Markup::broken) return tag_end(text_, at);
        const std::size_t end = text_.find_first_of("<>", at + 1);
        if (end == npos) return text_.size();
        return text_[end] == '>' ? end + 1 : end;
    }

    std::string_view text_;
    MarkupParts& parts_;
    Markup markup_;
};

template <typename Copy, typename Put>
void resolve(std::string_view text, const Copy& copy, const Put& put) {
    std::size_t seen = 0;
    for (std::size_t at = 0; (at = text.find('&', at)) != npos;) {
        const auto entity = html::read_entity(text, at);
        if (!entity) {
            ++at;
            continue;
        }
        if (at > seen) copy(text.substr(seen, at - seen), seen);
        put(entity->text(), at, entity->length);
        seen = at += entity->length;
    }
    if (seen < text.size()) copy(text.substr(seen), seen);
}

/// Does a tag or a reference begin with what a reference stood for, being followed by this? It may
/// where a part of its name is written as a reference, too.
bool may_begin_markup(std::string_view sign, std::string_view rest) {
    if (sign == "<")
        return !rest.empty() && (is_ascii_letter(rest.front()) || rest.find_first_of("/!?&") == 0);
    if (sign != "&") return false;
    constexpr std::size_t longest = 40;
    std::string reference = "&";
    reference += rest.substr(0, longest);
    const auto is_of_name = [](char c) {
        return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '#';
    };
    const auto end = std::find_if_not(reference.begin() + 1, reference.end(), is_of_name);
    return (end != reference.end() && *end == '&') || html::read_entity(reference, 0);
}

}  // namespace

void split_markup(std::string_view text, MarkupParts& parts, Markup markup) {
    Splitter(text, parts, markup).split();
}

bool begins_tag(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return false;
    const char next = text[at + 1];
    return is_ascii_letter(next) || next == '!' || next == '?' ||
           (next == '/' && at + 2 < text.size() && text[at + 2] != '<');
}

Resolved append_resolved(NormalText& to, std::string_view text, std::size_t origin) {
    auto resolved = Resolved::plain;
    resolve(
        text, [&](std::string_view part, std::size_t at) { to.append(part, origin + at); },
        [&](std::string_view part, std::size_t at, std::size_t length) {
            to.append_decoded(part, origin + at);
            if (may_begin_markup(part, text.substr(at + length))) resolved = Resolved::markup;
        });
    return resolved;
}

void append_resolved(Derived& to, std::string_view text, std::size_t origin) {
    resolve(
        text, [&](std::string_view part, std::size_t at) { to.copy(part, origin + at); },
        [&](std::string_view part, std::size_t at, std::size_t length) {
            to.put(part, origin + at, length);
        });
}

}  // namespace paywall::audit
