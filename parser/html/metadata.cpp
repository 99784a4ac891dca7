#include "parser/html/metadata.hpp"

#include <algorithm>

#include "parser/html/element.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/html/tag_reader.hpp"

namespace paywall::html {
namespace {

/// The shortest tag that could hold a value worth looking at: `<a alt=` and MetadataLimits::least.
constexpr std::size_t shortest = 16;

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    /// The values in a stretch of free text.
    void read_values(Span span) {
        const auto stretch = text_.substr(span.offset, span.length);
        for (std::size_t at = 0; (at = stretch.find('<', at)) != stretch.npos;) {
            const auto end = tag_end(stretch, at);
            const auto tag = stretch.substr(at, end - at);
            if (tag.size() >= shortest && may_hold_value(tag)) read_tag(tag);
            if (is_raw(tag)) {
                const auto close = std::min(stretch.find("</", end), stretch.size());
                add(stretch.substr(end, close - end));
                at = close;
            } else {
                at = std::max(end, at + 1);
            }
        }
    }

    /// The text without tags; a block ends a sentence.
    void read_text(Span span, FoldedText& folded) const {
        read_tags(text_.substr(span.offset, span.length), [&](const Token& token) {
            const auto at = span.offset + token.span.offset;
            if (token.kind == Token::Kind::text) {
                folded.append(text_.substr(at, token.span.length), at);
            } else if (token.kind == Token::Kind::start_tag || token.kind == Token::Kind::end_tag) {
                const auto name = text_.substr(span.offset + token.name.offset, token.name.length);
                const auto element = element_named(name);
                if (has_trait(element, trait::special)) folded.end_sentence();
                if (token.kind == Token::Kind::start_tag)
                    return ReadingContext{.model = model_of(element)};
            }
            return ReadingContext{};
        });
        folded.end_sentence();
    }

    [[nodiscard]] std::vector<Span> take() { return std::move(values_); }

private:
    static std::size_t tag_end(std::string_view text, std::size_t at) {
        char quote = 0;
        for (auto i = at; i < text.size(); ++i) {
            if (quote != 0) {
                if (text[i] == quote) quote = 0;
            } else if (text[i] == '"' || text[i] == '\'') {
                quote = text[i - 1] == '=' ? text[i] : quote;
            } else if (text[i] == '>') {
                return i + 1;
            } else if (i > at && text[i] == '<') {
                return i;
            }
        }
        return text.size();
    }

    static bool may_hold_value(std::string_view tag) {
        const auto has = [&](std::string_view word) {
            return std::search(tag.begin(), tag.end(), word.begin(), word.end(),
                               [](char one, char other) { return (one | 0x20) == other; }) !=
                   tag.end();
        };
        return has("alt") || has("title") || has("content");
    }

    static bool is_raw(std::string_view tag) {
        if (is_same_name(tag.substr(0, 6), "<title")) return true;
        return is_same_name(tag.substr(0, 7), "<script") && tag.find("ld+json") != tag.npos;
    }

    void read_tag(std::string_view tag) {
        read_attributes(tag, [&](const Attribute& attribute) {
            if (is_same_name(attribute.name, "alt") || is_same_name(attribute.name, "title") ||
                is_same_name(attribute.name, "content"))
                add(attribute.value);
        });
    }

    void add(std::string_view value) {
        if (!value.empty())
            values_.push_back(
                {static_cast<std::size_t>(value.data() - text_.data()), value.size()});
    }

    std::string_view text_;
    std::vector<Span> values_;
};

}  // namespace

Metadata read_metadata(std::string_view text, const std::vector<Piece>& pieces,
                       const MetadataLimits& limits) {
    Reader reader(text);
    for (const auto& piece : pieces)
        if (piece.fate == Piece::Fate::kept) reader.read_values(piece.exact);
    Metadata metadata{reader.take(), {}, {}};
    if (!is_worth_reading(metadata.values, limits)) return metadata;
    for (const auto& piece : pieces)
        reader.read_text(piece.exact,
                         piece.fate == Piece::Fate::kept ? metadata.free : metadata.paid);
    return metadata;
}

}  // namespace paywall::html
