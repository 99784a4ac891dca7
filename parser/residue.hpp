#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/grammar.hpp"

namespace paywall {

/// Places between pieces, from `first` to `last` inclusive: joint i lies before piece i, and the
/// last possible one at the end of the text.
struct Joints {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The self-check of an edition. Its pieces (UTF-8, in order) were each read within their source,
/// so only near the places where something was cut out can a marker or lookalike have come into
/// being: at `cuts`. Gives the joint of such a place; a place too tangled to prove counts as well.
/// Linear: no more is read than the edition twice.
[[nodiscard]] std::optional<std::size_t> find_residue(const Grammar& grammar,
                                                      const std::vector<std::string_view>& pieces,
                                                      Joints cuts);

}  // namespace paywall
