#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/grammar.hpp"

namespace paywall {

/// The self-check of an edition. Its pieces (UTF-8, in order) were each read within their source,
/// so only near the places where something was cut out can a marker or lookalike have come into
/// being: between two pieces, at the start and at the end. Gives the index of the piece behind
/// such a place; a place too tangled to prove counts as well. Linear: no more is read than the
/// edition twice.
[[nodiscard]] std::optional<std::size_t> find_residue(const Grammar& grammar,
                                                      const std::vector<std::string_view>& pieces);

}  // namespace paywall
