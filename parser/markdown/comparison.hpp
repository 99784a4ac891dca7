#pragma once

#include <cstddef>
#include <optional>

#include "parser/markdown/flat.hpp"

namespace paywall::markdown {

/// Is one document another with whole blocks, and text within blocks, left out? If not: the unit of
/// the shorter one at which it shows. What is left between so many cuts is not in many more pieces:
/// else it is found in the text that was left out, by chance. Linear.
[[nodiscard]] std::optional<std::size_t> find_difference(const Units& whole, const Units& cut,
                                                         std::size_t cuts);

}  // namespace paywall::markdown
