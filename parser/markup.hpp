#pragma once

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

/// Reads the markup of a document that holds markers, once for all its editions, into
/// Document::markup. Gives what is to be said of it, which may refuse it: `marker_in_markup`,
/// `crossed_containers`, `metadata_leak`, `dangling_reference`. Content::text needs none.
[[nodiscard]] std::vector<Diagnostic> read_markup(Document& document, Content content,
                                                  const MetadataLimits& limits = {});

/// How an edition is put together.
struct ComposeOptions {
    enum class Withhold { none, paid } withhold;
    Empty empty;  ///< elements that hold nothing but markers
    const std::vector<std::string>* keep_attributes;
    std::optional<std::string> placeholder;  ///< its literal text
    bool has_inline_placeholder = false;
};

/// An edition of a document that has markup; or `crossed_containers`, which refuses it.
[[nodiscard]] std::variant<Composition, Diagnostic> compose(const Document& document,
                                                            const ComposeOptions& options);

/// Is there a preview of it?
[[nodiscard]] bool can_compose_preview(const Document& document);

}  // namespace paywall
