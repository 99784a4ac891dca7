#pragma once

#include <optional>
#include <vector>

#include "parser/markdown/free_part.hpp"

namespace paywall::markdown {

/// The free part without what shows letters of paid words: what is free is looked for in it, and
/// not found in paid text by chance. Told by reading the source again with other letters in their
/// place; nothing where that is read otherwise, for then they are more than text.
[[nodiscard]] std::optional<FreePart> without_paid_letters(const FreePart& free, const Whole& whole,
                                                           const std::vector<Piece>& pieces);

}  // namespace paywall::markdown
