#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>

#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/require.hpp"

namespace paywall::fuzz {
namespace {

const Placeholder& placeholder() {
    static const Placeholder the_placeholder = std::get<Placeholder>(Placeholder::parse(
        "[{{{index}/{sections}}} {paid_chars} = {paid_percent} %, {name} 未完]"));
    return the_placeholder;
}

Span part(const Segment& segment, Cut cut) {
    return cut == Cut::exact ? segment.exact : segment.content;
}

// The edition by definition: the byte-order mark and its segments, one after the other.
std::string joined(const Document& document, EditionKind kind, Cut cut) {
    std::string text(document.text.bytes().substr(0, document.text.to_source(std::size_t{0})));
    for (const Segment& segment : document.segments) {
        if (kind == EditionKind::preview && segment.access == Access::paid) continue;
        const Span span = part(segment, cut);
        text += document.text.bytes().substr(span.offset, span.length);
    }
    return text;
}

// Where a view of the source begins in it, or npos for a text of the edition's own.
std::size_t offset_in(std::string_view source, std::string_view piece) {
    const std::less<> before;
    if (before(piece.data(), source.data()) || !before(piece.data(), source.data() + source.size()))
        return std::string_view::npos;
    return static_cast<std::size_t>(piece.data() - source.data());
}

bool is_for_everyone(const Document& document, Span span) {
    const auto holds = [&](Span outer) {
        return span.offset >= outer.offset && span.end() <= outer.end();
    };
    return std::any_of(document.segments.begin(), document.segments.end(),
                       [&](const Segment& segment) {
                           return segment.access == Access::free ? holds(segment.exact)
                                                                 : holds(segment.opener_line_end);
                       });
}

bool is_byte_order_mark(const Document& document, Span span) {
    return span.end() <= document.text.to_source(std::size_t{0});
}

void check_preview_pieces(const Document& document, const Edition& preview, const Input& input) {
    for (const std::string_view piece : preview.pieces()) {
        require(!piece.empty(), "no piece is empty");
        const std::size_t offset = offset_in(input.source, piece);
        if (offset == std::string_view::npos) {
            require(input.with_placeholder, "only placeholders are not from the source");
            continue;
        }
        const Span span{offset, piece.size()};
        require(is_for_everyone(document, span) || is_byte_order_mark(document, span),
                "the preview holds bytes of free segments only");
    }
}

void check_reread(const Document& document, const std::string& text, const Input& input) {
    ParseOptions options;
    options.encoding = document.text.encoding();
    options.markers = input.options.markers;
    const auto again = parser().parse(text, options);
    const auto* read = std::get_if<Document>(&again);
    if (const auto* faults = std::get_if<Diagnostics>(&again))
        std::fputs(format(faults->kept.front(), "edition", Source(text, options.encoding)).c_str(),
                   stderr);
    require(read != nullptr, "an edition is sound");
    require(read->segments.size() == 1 && read->segments.front().access == Access::free,
            "an edition is one free segment");
}

void check_refusal(const Diagnostic& diagnostic, const Input& input) {
    require(diagnostic.severity == Severity::error, "what refuses an edition is an error");
    Diagnostics diagnostics;
    diagnostics.kept.push_back(diagnostic);
    diagnostics.errors = 1;
    check_diagnostics(diagnostics, input);
}

void check_edition(const Document& document, EditionKind kind, const Edition& edition,
                   const Input& input) {
    const std::string text = edition.text();
    require(text.size() == edition.size(), "an edition's size is that of its text");
    const bool marked = kind == EditionKind::preview && input.with_placeholder;
    const bool all_paid =
        document.segments.size() == 1 && document.segments.front().access == Access::paid;
    if (!marked && !(all_paid && kind == EditionKind::preview))
        require(text == joined(document, kind, input.cut), "an edition is its segments");
    if (kind == EditionKind::preview) check_preview_pieces(document, edition, input);
    check_reread(document, text, input);
}

}  // namespace

void check_editions(const Document& document, const Input& input) {
    RenderOptions options;
    options.cut = input.cut;
    options.name = "{name}/a.md";
    if (input.with_placeholder) options.placeholder = &placeholder();
    for (const EditionKind kind : {EditionKind::preview, EditionKind::full}) {
        const auto rendered = render(document, kind, options);
        if (const auto* edition = std::get_if<Edition>(&rendered))
            check_edition(document, kind, *edition, input);
        else
            check_refusal(std::get<Diagnostic>(rendered), input);
    }
}

}  // namespace paywall::fuzz
