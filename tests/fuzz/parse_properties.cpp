#include <algorithm>
#include <cctype>
#include <string>

#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/require.hpp"

namespace paywall::fuzz {
namespace {

bool same_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_marker(std::string_view text, Role role) {
    const auto& markers = fastadmin().markers;
    return std::any_of(markers.begin(), markers.end(), [&](const Marker& marker) {
        const bool same = marker.letters == Letters::any_case
                              ? same_ignoring_case(text, marker.text())
                              : text == marker.text();
        return same && marker.role == role;
    });
}

bool lies_in(Span inner, Span outer) {
    return inner.offset >= outer.offset && inner.end() <= outer.end();
}

void check_alone(const Segment& segment, const Input& input) {
    require(input.options.unmarked != Unmarked::refuse || input.options.markers == Markers::literal,
            "a source without markers is refused when asked for");
    const bool paid =
        input.options.unmarked == Unmarked::paid && input.options.markers == Markers::honoured;
    require(segment.access == (paid ? Access::paid : Access::free),
            "a source without markers has the access asked for");
}

void check_message(const Diagnostic& diagnostic, const Source& source, Redact redact) {
    const std::string shown = format(diagnostic, "a\tb.md", source, {redact, Colour::no});
    require(!shown.empty() && shown.back() == '\n', "a message ends with a line end");
    for (const char c : shown)
        require(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F),
                "a message holds no control characters");
    require(std::holds_alternative<Text>(decode(shown, "UTF-8")), "a message is UTF-8");
}

}  // namespace

const Parser& parser() {
    static const Parser the_parser(fastadmin());
    return the_parser;
}

void check_document(const Document& document, const Input& input) {
    const auto& segments = document.segments;
    require(segments.front().exact.offset == document.text.to_source(std::size_t{0}),
            "the first segment begins where the text does, after a byte-order mark");
    require(segments.back().exact.end() == input.source.size(),
            "the last segment ends where the source does");
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        require(lies_in(segment.content, segment.exact), "content lies in its segment");
        if (i == 0) continue;
        const Segment& before = segments[i - 1];
        require(before.exact.end() < segment.exact.offset, "segments are in order and apart");
        require(before.access != segment.access, "accesses alternate");
        const Span gap = document.text.to_utf8(
            Span{before.exact.end(), segment.exact.offset - before.exact.end()});
        const Role role = segment.access == Access::paid ? Role::open : Role::close;
        require(is_marker(document.text.utf8().substr(gap.offset, gap.length), role),
                "what stands between two segments is one exact marker");
    }
    if (segments.size() == 1) return check_alone(segments.front(), input);
    require(segments.front().access == Access::free && segments.back().access == Access::free,
            "sections are closed");
    require(input.options.markers == Markers::honoured, "a literal text has no markers");
}

void check_diagnostics(const Diagnostics& diagnostics, const Input& input) {
    const Span whole{0, input.source.size()};
    require(diagnostics.kept.size() <= input.options.max_diagnostics,
            "no more diagnostics than asked for");
    require(diagnostics.kept.size() <= diagnostics.errors + diagnostics.warnings,
            "what is kept is counted");
    const Source source(input.source, input.options.encoding);
    std::size_t last = 0;
    for (const Diagnostic& diagnostic : diagnostics.kept) {
        require(lies_in(diagnostic.span, whole), "a diagnostic's span lies in the source");
        require(diagnostic.span.offset >= last, "diagnostics are in order");
        last = diagnostic.span.offset;
        if (diagnostic.related)
            require(lies_in(*diagnostic.related, whole), "a related span lies in the source");
        if (diagnostic.fix)
            require(lies_in(diagnostic.fix->span, whole), "a fix's span lies in the source");
        const bool allowed = input.options.allow.contains(diagnostic.rule) &&
                             !input.options.deny.contains(diagnostic.rule);
        require(!allowed, "an allowed warning is not given");
        require(!message(diagnostic).empty() && !help(diagnostic).empty(),
                "a diagnostic says what is wrong and what to do");
        check_message(diagnostic, source, Redact::no);
        check_message(diagnostic, source, Redact::yes);
    }
}

}  // namespace paywall::fuzz
