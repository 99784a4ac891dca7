#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/grammar.hpp"

namespace paywall {

/// The self-check of an edition. Its pieces (UTF-8, in order) were each read within their source,
/// so only where two of them meet can a marker or lookalike have come into being. Gives the
/// index of the first piece that joins the one before it into one; a place too tangled to prove
/// counts as well.
[[nodiscard]] std::optional<std::size_t> find_residue(const Grammar& grammar,
                                                      const std::vector<std::string_view>& pieces);

}  // namespace paywall
