#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/html/cut.hpp"
#include "parser/html/outline.hpp"
#include "parser/html/plan.hpp"

namespace paywall::html {

/// An element that can stand around a stretch of a gated segment, spans of the text.
struct Wrapper {
    std::size_t begin;  ///< before the byte there
    std::size_t end;    ///< behind the byte before
    Flow flow;          ///< a <div>, or a <span> that can stand in a line
    std::size_t segment;
};

/// The elements around all that can be seen of the gated pieces in the edition so planned: in
/// order, apart, as few as the tree allows, so that but for them it stays as it is. Where none can
/// stand: what refuses the source, `unwrappable_section`.
[[nodiscard]] std::variant<std::vector<Wrapper>, Diagnostic> find_wrappers(
    const Outline& outline, const std::vector<Piece>& pieces, const Plan& plan);

}  // namespace paywall::html
