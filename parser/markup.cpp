#include "parser/markup.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "parser/html/cut.hpp"
#include "parser/html/metadata.hpp"
#include "parser/html/outline.hpp"
#include "parser/markdown/cut.hpp"
#include "parser/markdown/front_matter.hpp"
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

/// How texts that stand for segments go with what is around them.
class StandIns {
public:
    StandIn of(const Treatment& treatment) {
        if (treatment.fate == Piece::Fate::kept || !treatment.stand_in) return StandIn::none;
        if (last_ != treatment.stand_in) {
            last_ = treatment.stand_in;
            flow_ = html::flow_of(*last_);
        }
        if (flow_ == html::Flow::inlined) return StandIn::inlined;
        return treatment.has_inline ? StandIn::block_or_inline : StandIn::block;
    }

private:
    std::optional<std::string> last_;  // of many segments it is the same
    html::Flow flow_ = html::Flow::inlined;
};

std::vector<Piece> pieces_of(const Document& document, const std::vector<Treatment>& treatments) {
    std::vector<Piece> pieces;
    pieces.reserve(document.segments.size());
    StandIns stand_ins;
    for (std::size_t i = 0; i < treatments.size(); ++i) {
        const auto& segment = document.segments[i];
        pieces.push_back({.fate = treatments[i].fate,
                          .stand_in = stand_ins.of(treatments[i]),
                          .is_gated = treatments[i].is_gated,
                          .exact = document.text.to_utf8(segment.exact),
                          .content = document.text.to_utf8(segment.content),
                          .opener_line_end = document.text.to_utf8(segment.opener_line_end)});
    }
    return pieces;
}

/// Of a reader's edition in which nothing stands for what is withheld.
std::vector<Treatment> treatments_for(const Document& document, const Reader& reader) {
    std::vector<Treatment> treatments;
    treatments.reserve(document.segments.size());
    for (const auto& segment : document.segments) {
        const bool is_kept = document.accesses.admits(segment.access, reader);
        treatments.push_back({.fate = is_kept ? Piece::Fate::kept : Piece::Fate::withheld});
    }
    return treatments;
}

std::vector<Piece> pieces_for(const Document& document, const Reader& reader) {
    return pieces_of(document, treatments_for(document, reader));
}

std::vector<Span> markers_of(const Document& document) {
    std::vector<Span> markers;
    const auto& segments = document.segments;
    markers.reserve(segments.size());
    for (std::size_t i = 1; i < segments.size(); ++i) {
        const auto begin = segments[i - 1].exact.end();
        markers.push_back(document.text.to_utf8(Span{begin, segments[i].exact.offset - begin}));
    }
    return markers;
}

Metadata metadata_for(const Document& document, const std::vector<Piece>& pieces,
                      const MetadataLimits& limits) {
    const auto* markdown = std::get_if<markdown::Outline>(&document.markup->outline);
    return markdown != nullptr
               ? markdown::read_metadata(*markdown, pieces, limits)
               : html::read_metadata(std::get<html::Outline>(document.markup->outline), pieces,
                                     limits);
}

/// Do members read what anonymous readers do not, but not all?
bool has_text_for_members(const Document& document) {
    return std::ranges::any_of(document.segments, [](const Segment& segment) {
        const auto is_for = [&](std::uint8_t readers) {
            return (segment.access.readers & readers) != 0;
        };
        return is_for(Access::members) && !is_for(Access::anonymous);
    });
}

/// What the metadata that a reader gets repeats of what is kept from that reader. `pieces` are what
/// anonymous readers get.
std::vector<Diagnostic> find_metadata_leaks(const Document& document,
                                            const std::vector<Piece>& pieces,
                                            const MetadataLimits& limits) {
    const auto text = document.text.utf8();
    auto leaks = find_leaks(text, metadata_for(document, pieces, limits), limits);
    if (!has_text_for_members(document)) return leaks;
    const auto for_members = pieces_for(document, {Reader::Kind::member, {}});
    for (auto& leak : find_leaks(text, metadata_for(document, for_members, limits), limits))
        if (std::ranges::find(leaks, leak.span, &Diagnostic::span) == leaks.end())
            leaks.push_back(std::move(leak));
    return leaks;
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

std::size_t front_matter_length(std::string_view text, Content content) {
    return content == Content::markdown ? markdown::front_matter_length(text) : 0;
}

std::vector<Diagnostic> read_markup(Document& document, Content content,
                                    const MetadataLimits& limits) {
    std::vector<Diagnostic> diagnostics;
    if (content == Content::text) return diagnostics;
    const auto text = document.text.utf8();
    const auto markers = markers_of(document);
    const auto pieces = pieces_for(document, {Reader::Kind::anonymous, {}});
    if (content == Content::markdown) {
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
    if (document.markup)
        for (auto& leak : find_metadata_leaks(document, pieces, limits))
            diagnostics.push_back(std::move(leak));
    for (auto& diagnostic : diagnostics) to_source(document.text, diagnostic);
    return diagnostics;
}

std::variant<Composition, Diagnostic> compose(const Document& document,
                                              const ComposeOptions& options) {
    const auto& text = document.text;
    const auto pieces = pieces_of(document, *options.treatments);
    const auto& outline = document.markup->outline;
    const auto* markdown = std::get_if<markdown::Outline>(&outline);
    auto result =
        markdown != nullptr
            ? markdown::cut(*markdown, pieces, options.empty)
            : html::cut(std::get<html::Outline>(outline), pieces,
                        {.empty = options.empty, .keep_attributes = options.keep_attributes});
    if (auto* fault = std::get_if<Diagnostic>(&result)) {
        to_source(text, *fault);
        return result;
    }
    for (auto& part : std::get<Composition>(result)) part.span = text.to_source(part.span);
    return result;
}

bool can_compose_preview(const Document& document) {
    const auto treatments = treatments_for(document, {Reader::Kind::anonymous, {}});
    const std::vector<std::string> no_attributes;
    const auto composed = compose(document, {.treatments = &treatments,
                                             .empty = Empty::taken_along,
                                             .keep_attributes = &no_attributes});
    return std::holds_alternative<Composition>(composed);
}

}  // namespace paywall
