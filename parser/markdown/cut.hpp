#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/markdown/references.hpp"
#include "parser/source.hpp"

namespace paywall::markdown {

/// What a cut has to know of a Markdown source. Views the text; spans are of it.
struct Outline {
    std::string_view text;
    std::size_t front_matter = 0;  ///< its length
    std::vector<Span> markers;
    References references;
};

/// What is to be said of a source is put into `diagnostics`: `marker_in_markup` of markers in its
/// front matter; `dangling_reference` where text of a preview, whose pieces these are, refers to
/// what a withheld one defines.
[[nodiscard]] Outline read_outline(std::string_view text, const std::vector<Span>& markers,
                                   const std::vector<Piece>& pieces,
                                   std::vector<Diagnostic>& diagnostics);

/// A change to what is kept in an edition: this goes, and that stands there instead.
struct Change {
    Span span;
    std::string text;
};

/// Those of an edition, in order: references to what is withheld become text, definitions for what
/// is withheld go.
[[nodiscard]] std::vector<Change> find_changes(const Outline& outline,
                                               const std::vector<Piece>& pieces);

/// How a cut is found to be harmless: by its lines alone where these make sure, else a parser is
/// asked; or the parser is asked anyway, for tests.
enum class Proof : std::uint8_t { cheapest, parsed };

/// One edition, spans of the text; or `crossed_containers` where what is left would be read
/// otherwise than in the source.
[[nodiscard]] std::variant<Composition, Diagnostic> cut(const Outline& outline,
                                                        const std::vector<Piece>& pieces,
                                                        Empty empty, Proof proof = Proof::cheapest);

}  // namespace paywall::markdown
