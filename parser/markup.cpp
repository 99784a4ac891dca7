#include "parser/markup.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "parser/html/cut.hpp"
#include "parser/html/metadata.hpp"
#include "parser/html/outline.hpp"
#include "parser/markdown/cut.hpp"
#include "parser/markdown/metadata.hpp"

namespace paywall {

/// What was read of a source beside its markers.
struct Markup {
    std::variant<html::Outline, markdown::Outline> outline;
};

namespace {

void to_source(const Text& text, Diagnostic& diagnostic) {
    diagnostic.span = text.to_source(diagnostic.span);
    if (diagnostic.related) diagnostic.related = text.to_source(*diagnostic.related);
}

std::vector<Piece> pieces_of(const Document& document, ComposeOptions::Withhold withhold) {
    std::vector<Piece> pieces;
    for (const auto& segment : document.segments) {
        const bool is_withheld =
            segment.access == Access::paid && withhold == ComposeOptions::Withhold::paid;
        pieces.push_back({.fate = is_withheld ? Piece::Fate::withheld : Piece::Fate::kept,
                          .exact = document.text.to_utf8(segment.exact),
                          .content = document.text.to_utf8(segment.content),
                          .opener_line_end = document.text.to_utf8(segment.opener_line_end)});
    }
    return pieces;
}

std::vector<Span> markers_of(const Document& document) {
    std::vector<Span> markers;
    const auto& segments = document.segments;
    for (std::size_t i = 1; i < segments.size(); ++i) {
        const auto begin = segments[i - 1].exact.end();
        markers.push_back(document.text.to_utf8(Span{begin, segments[i].exact.offset - begin}));
    }
    return markers;
}

markdown::CutOptions markdown_options(const ComposeOptions& options) {
    return {.empty = options.empty, .has_placeholder = options.placeholder.has_value()};
}

html::CutOptions html_options(const ComposeOptions& options) {
    return {
        .empty = options.empty,
        .keep_attributes = options.keep_attributes,
        .has_placeholder = options.placeholder.has_value(),
        .has_inline_placeholder = options.has_inline_placeholder,
        .flow = options.placeholder ? html::flow_of(*options.placeholder) : html::Flow::inlined};
}

Metadata metadata_of(const Document& document) {
    const auto pieces = pieces_of(document, ComposeOptions::Withhold::paid);
    const auto* markdown = std::get_if<markdown::Outline>(&document.markup->outline);
    return markdown != nullptr
               ? markdown::read_metadata(*markdown, pieces)
               : html::read_metadata(std::get<html::Outline>(document.markup->outline), pieces);
}

std::string_view extension_of(std::string_view name) {
    const auto dot = name.rfind('.');
    return dot == name.npos ? std::string_view() : name.substr(dot);
}

bool is_one_of(std::string_view extension, std::initializer_list<std::string_view> known) {
    return std::ranges::any_of(
        known, [&](std::string_view one) { return html::is_same_name(one, extension); });
}

}  // namespace

Content content_of(std::string_view name) {
    const auto extension = extension_of(name);
    if (is_one_of(extension, {".html", ".htm", ".xhtml"})) return Content::html;
    if (is_one_of(extension, {".md", ".markdown"})) return Content::markdown;
    return Content::text;
}

std::vector<Diagnostic> read_markup(Document& document, Content content,
                                    const MetadataLimits& limits) {
    std::vector<Diagnostic> diagnostics;
    const auto text = document.text.utf8();
    const auto markers = markers_of(document);
    if (content == Content::markdown) {
        const auto pieces = pieces_of(document, ComposeOptions::Withhold::paid);
        auto outline = markdown::read_outline(text, markers, pieces, diagnostics);
        document.markup = std::make_shared<Markup>(Markup{std::move(outline)});
    } else if (content == Content::html) {
        const auto last = document.segments.back().access == Access::free ? html::LastSegment::free
                                                                          : html::LastSegment::paid;
        auto read = html::read_outline(text, markers, last);
        if (auto* outline = std::get_if<html::Outline>(&read)) {
            document.markup = std::make_shared<Markup>(Markup{std::move(*outline)});
        } else {
            diagnostics = std::get<std::vector<Diagnostic>>(std::move(read));
        }
    }
    if (document.markup) {
        const auto metadata = metadata_of(document);
        for (auto& leak : find_leaks(text, metadata, limits))
            diagnostics.push_back(std::move(leak));
    }
    for (auto& diagnostic : diagnostics) to_source(document.text, diagnostic);
    return diagnostics;
}

std::variant<Composition, Diagnostic> compose(const Document& document,
                                              const ComposeOptions& options) {
    const auto& text = document.text;
    const auto pieces = pieces_of(document, options.withhold);
    const auto& outline = document.markup->outline;
    const auto* markdown = std::get_if<markdown::Outline>(&outline);
    auto result = markdown != nullptr
                      ? markdown::cut(*markdown, pieces, markdown_options(options))
                      : html::cut(std::get<html::Outline>(outline), pieces, html_options(options));
    if (auto* fault = std::get_if<Diagnostic>(&result)) {
        to_source(text, *fault);
        return result;
    }
    for (auto& part : std::get<Composition>(result)) part.span = text.to_source(part.span);
    return result;
}

}  // namespace paywall
