#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "parser/composition.hpp"

namespace paywall::markdown {

/// Of pieces whose cut is refused, the withheld one that brings it about: as many of them as stand
/// before it can be withheld, were the others kept. Asks a logarithm of their number times; less
/// often of a text of megabytes, of which it is one that stands behind the cause, perhaps.
[[nodiscard]] std::size_t find_cause(
    const std::vector<Piece>& pieces, std::size_t text_size,
    const std::function<bool(const std::vector<Piece>&)>& is_refused);

}  // namespace paywall::markdown
