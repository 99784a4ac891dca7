#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/document.hpp"
#include "parser/metadata.hpp"

namespace paywall {

/// By the extension of a source's name, in any case: .html, .htm, .xhtml; .md, .markdown; else
/// text.
[[nodiscard]] Content content_of(std::string_view name);

/// Bytes of the front matter that a UTF-8 text begins with: Markdown's, of others nothing.
[[nodiscard]] std::size_t front_matter_length(std::string_view text, Content content);

/// Reads the markup of a document of several segments, once for all its editions, into
/// Document::markup. Gives what is to be said of it, which may refuse it: `marker_in_markup`,
/// `crossed_containers`, `metadata_leak`, `dangling_reference`. Content::text needs none.
[[nodiscard]] std::vector<Diagnostic> read_markup(Document& document, Content content,
                                                  const MetadataLimits& limits = {});

/// What becomes of a segment in an edition.
struct Treatment {
    Piece::Fate fate = Piece::Fate::kept;
    /// Of one that is withheld: the text that stands for it, fields not filled in, if any does.
    std::optional<std::string> stand_in = {};
    bool has_inline = false;  ///< is there another text for where a block cannot stand?
    bool is_gated = false;    ///< Piece::is_gated
};

/// How an edition is put together.
struct ComposeOptions {
    const std::vector<Treatment>* treatments;  ///< by segment
    Empty empty = Empty::taken_along;          ///< elements that hold nothing but markers
    const std::vector<std::string>* keep_attributes = nullptr;
};

/// An edition of a document that has markup; or why there is none: `crossed_containers`,
/// `unwrappable_section`, `invalid_json_ld`.
[[nodiscard]] std::variant<Composition, Diagnostic> compose(const Document& document,
                                                            const ComposeOptions& options);

/// Is there a preview of it?
[[nodiscard]] bool can_compose_preview(const Document& document);

}  // namespace paywall
