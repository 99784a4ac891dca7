#pragma once

#include <cstddef>

#include "parser/markdown/flat.hpp"

namespace paywall::markdown {

/// Is one document another with whole blocks, and text within blocks, left out? What is left
/// between so many cuts is not in many more pieces: else it is found in the text that was left out,
/// by chance. Linear.
[[nodiscard]] bool is_left(const Units& whole, const Units& cut, std::size_t cuts);

}  // namespace paywall::markdown
