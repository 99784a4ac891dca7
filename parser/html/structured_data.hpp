#pragma once

#include <optional>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/html/outline.hpp"
#include "parser/html/plan.hpp"

namespace paywall::html {

/// Puts into an edition, so planned, spans of the outline's text, what tells search engines which
/// of it is paid for (HTML.md, "Structured data"): elements of class `paywall` around the gated
/// pieces, and JSON-LD. Or what refuses the source: `unwrappable_section`, `invalid_json_ld`.
[[nodiscard]] std::optional<Diagnostic> add_structured_data(const Outline& outline,
                                                            const std::vector<Piece>& pieces,
                                                            const Plan& plan,
                                                            Composition& composition);

}  // namespace paywall::html
