#pragma once

#include <string>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/scan.hpp"

namespace paywall {

/// Every place where an exact marker of a dialect or a lookalike of one could begin, as a
/// few bytes: the words' first letters, the delimiters, and every disguise of either that
/// reading.hpp can see through; and every place where one of `heads` stands.
[[nodiscard]] ScanPattern triggers_of(const Dialect& dialect,
                                      const std::vector<std::string>& heads = {});

}  // namespace paywall
