#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/source.hpp"

namespace paywall::markdown {

/// A change to the free part of a preview: this goes, and that stands there instead.
struct Change {
    Span span;
    std::string text;
};

/// What a cut has to know of a Markdown source. Views the text; spans are of it.
struct Outline {
    std::string_view text;
    std::size_t front_matter = 0;  ///< its length
    std::vector<Span> markers;
    std::vector<Change> changes;  ///< of previews, in order
};

/// What is to be said of a source is put into `diagnostics`: `marker_in_markup` of markers in its
/// front matter; `dangling_reference` where free text refers to what a paid part defines.
[[nodiscard]] Outline read_outline(std::string_view text, const std::vector<Span>& markers,
                                   const std::vector<Piece>& pieces,
                                   std::vector<Diagnostic>& diagnostics);

struct CutOptions {
    Empty empty = Empty::taken_along;
    bool has_placeholder = false;
    /// How a cut is found to be harmless. By its lines alone where that is sure, else the parser
    /// is asked; or the parser is asked anyway, which tests do.
    enum class Proof : std::uint8_t { cheapest, parsed } proof = Proof::cheapest;
};

/// One edition, spans of the text; or `crossed_containers` where what is left would be read
/// otherwise than in the source.
[[nodiscard]] std::variant<Composition, Diagnostic> cut(const Outline& outline,
                                                        const std::vector<Piece>& pieces,
                                                        const CutOptions& options);

}  // namespace paywall::markdown
