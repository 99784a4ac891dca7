#pragma once

#include <cstddef>
#include <vector>

#include "parser/markdown/amount.hpp"
#include "parser/markdown/whole.hpp"

namespace paywall::markdown {

/// What of a source no cut takes away as whole blocks.
struct FreePart {
    Units units;                 ///< without the blocks that stand in paid lines
    Amount paid;                 ///< what is paid in others
    std::size_t leaves = 0;      ///< blocks that no paid part reaches into
    bool is_unbalanced = false;  ///< a segment holds one end of an HTML element
};

/// Takes the units of the source.
[[nodiscard]] FreePart take_free_part(Whole& whole, const std::vector<Piece>& pieces);

}  // namespace paywall::markdown
