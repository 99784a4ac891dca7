#include "parser/markdown/metadata.hpp"

#include <algorithm>

namespace paywall::markdown {
namespace {

/// Does a string of several lines (TOML) begin or end in a line?
bool turns_string(std::string_view line) {
    const auto count = [&](std::string_view quotes) {
        std::size_t found = 0;
        for (std::size_t at = 0; (at = line.find(quotes, at)) != line.npos; at += quotes.size())
            ++found;
        return found;
    };
    return (count(R"(""")") + count("'''")) % 2 == 1;
}

/// The lines of front matter; those that go on a value, indented or in a string, belong to it.
void add_front_matter(const Outline& outline, std::vector<Span>& values) {
    bool in_string = false;
    for (std::size_t at = 0; at < outline.front_matter;) {
        const auto end = std::min(outline.text.find('\n', at), outline.front_matter);
        const auto line = outline.text.substr(at, end - at);
        const bool goes_on = in_string || line.starts_with(' ') || line.starts_with('\t');
        if (goes_on && !values.empty()) {
            values.back().length = end - values.back().offset;
        } else {
            values.push_back({at, end - at});
        }
        if (turns_string(line)) in_string = !in_string;
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

/// `[text](target "title")`, in any of its three kinds of quotes. What is not there is looked for
/// once only, which keeps this linear.
void add_titles(const Outline& outline, Span span, std::vector<Span>& values) {
    const auto text = outline.text.substr(0, span.end());
    std::size_t gap = 0;   // the next white space
    std::size_t told = 0;  // where the last title ends
    std::size_t closes[] = {0, 0, 0};
    for (auto at = span.offset; (at = text.find("](", at)) != text.npos; at += 2) {
        if (at < told) continue;
        if (gap < at) gap = text.find_first_of(" \t\r\n", at);
        if (gap >= text.size()) return;
        const auto open = text.find_first_not_of(" \t\r\n", gap);
        if (open == text.npos) return;
        const auto kind = std::string_view("\"'(").find(text[open]);
        if (kind == std::string_view::npos) continue;
        if (closes[kind] <= open) closes[kind] = text.find("\"')"[kind], open + 1);
        if (closes[kind] == text.npos) continue;
        values.push_back({open + 1, closes[kind] - open - 1});
        told = closes[kind];
    }
}

/// `[label]: target "title"`, but for those that are withheld with what refers to them.
void add_definitions(const Outline& outline, const std::vector<Piece>& pieces,
                     std::vector<Span>& values) {
    if (outline.references.definitions.empty()) return;
    const auto changes = find_changes(outline, pieces);
    for (const auto& definition : outline.references.definitions) {
        const auto piece = std::ranges::upper_bound(
            pieces, definition.span.offset, {}, [](const Piece& one) { return one.exact.offset; });
        const bool is_free = piece != pieces.begin() && (piece - 1)->fate == Piece::Fate::kept;
        const auto change = std::ranges::lower_bound(
            changes, definition.span.offset, {}, [](const Change& one) { return one.span.offset; });
        const bool stays = change == changes.end() || change->span != definition.span;
        if (is_free && stays && definition.kind == Definition::Kind::link)
            values.push_back(definition.span);
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
    add_definitions(outline, pieces, metadata.values);
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
