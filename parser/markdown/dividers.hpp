#pragma once

#include <vector>

#include "parser/markdown/whole.hpp"

namespace paywall::markdown {

/// What is to stand at each piece that is withheld, so that blocks that were apart do not join;
/// nothing stronger than that. (What follows a paragraph, a table or HTML without a blank line,
/// parsers do not agree on.) The edition is the one without dividers.
[[nodiscard]] std::vector<Divider> find_dividers(const Whole& whole,
                                                 const std::vector<Piece>& pieces,
                                                 const Joined& edition, Divider strongest);

}  // namespace paywall::markdown
