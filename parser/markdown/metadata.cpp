#include "parser/markdown/metadata.hpp"

#include <algorithm>

namespace paywall::markdown {
namespace {

void add_front_matter(const Outline& outline, std::vector<Span>& values) {
    for (std::size_t at = 0; at < outline.front_matter;) {
        const auto end = std::min(outline.text.find('\n', at), outline.front_matter);
        values.push_back({at, end - at});
        at = end + 1;
    }
}

/// `![text](target "title")`: the text, up to the first closing bracket. Of those that begin within
/// each other the longest and the shortest are enough, and keep this linear.
void add_images(const Outline& outline, Span span, std::vector<Span>& values) {
    const auto end = span.end();
    const auto text = outline.text.substr(0, end);
    std::size_t close = 0;
    for (auto at = span.offset; (at = text.find("![", at)) < end; at = close) {
        close = text.find(']', at);
        if (close >= end) return;
        values.push_back({at + 2, close - at - 2});
        const auto innermost = text.rfind("![", close);
        if (innermost > at) values.push_back({innermost + 2, close - innermost - 2});
    }
}

/// `[text](target "title")`
void add_titles(const Outline& outline, Span span, std::vector<Span>& values) {
    const auto end = span.end();
    const auto text = outline.text.substr(0, end);
    std::size_t line = 0;
    std::size_t told = 0;  // where the last title begins: many brackets may be before it
    for (auto at = span.offset; (at = text.find("](", at)) < end; at += 2) {
        if (at < told) continue;
        if (line <= at) line = std::min(text.find('\n', at), end);
        const auto open = text.substr(0, line).find('"', at);
        if (open >= line) {
            at = line - 2;
            continue;
        }
        told = open + 1;
        const auto close = text.substr(0, line).find('"', open + 1);
        if (close < line) values.push_back({open + 1, close - open - 1});
    }
}

/// A stretch of text without the values in it.
void append(const Outline& outline, Span span, const std::vector<Span>& values,
            FoldedText& folded) {
    auto begin = span.offset;
    auto value = std::ranges::lower_bound(values, begin, {}, &Span::offset);
    for (; value != values.end() && value->offset < span.end(); ++value) {
        if (value->offset > begin)
            folded.append(outline.text.substr(begin, value->offset - begin), begin);
        begin = std::max(begin, std::min(value->end(), span.end()));
    }
    folded.append(outline.text.substr(begin, span.end() - begin), begin);
    folded.end_sentence();
}

}  // namespace

Metadata read_metadata(const Outline& outline, const std::vector<Piece>& pieces,
                       const MetadataLimits& limits) {
    Metadata metadata;
    add_front_matter(outline, metadata.values);
    for (const auto& piece : pieces) {
        if (piece.fate == Piece::Fate::withheld) continue;
        add_images(outline, piece.exact, metadata.values);
        add_titles(outline, piece.exact, metadata.values);
    }
    if (!is_worth_reading(metadata.values, limits)) return metadata;
    std::ranges::sort(metadata.values, {}, &Span::offset);
    for (const auto& piece : pieces) {
        const bool is_free = piece.fate == Piece::Fate::kept;
        append(outline, piece.exact, is_free ? metadata.values : std::vector<Span>{},
               is_free ? metadata.free : metadata.paid);
    }
    return metadata;
}

}  // namespace paywall::markdown
