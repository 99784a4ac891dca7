#pragma once

#include <string_view>
#include <vector>

#include "parser/teaser.hpp"

namespace paywall::markdown {

/// Between the blocks of the document itself, not those within lists and quotes.
[[nodiscard]] std::vector<Boundary> find_boundaries(std::string_view text);

}  // namespace paywall::markdown
