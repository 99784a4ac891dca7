#pragma once

#include <cstddef>
#include <optional>

#include "parser/markdown/flat.hpp"

namespace paywall::markdown {

/// Is one document another with whole blocks, and text within blocks, left out? If not: the unit of
/// the shorter one at which it shows. Linear.
[[nodiscard]] std::optional<std::size_t> find_difference(const Units& whole, const Units& cut);

}  // namespace paywall::markdown
