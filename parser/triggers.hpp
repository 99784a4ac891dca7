#pragma once

#include "parser/dialect.hpp"
#include "parser/scan.hpp"

namespace paywall {

/// Every place where an exact marker of a dialect or a lookalike of one could begin, as a
/// few bytes: the words' first letters, the delimiters, and every disguise of either that
/// reading.hpp can see through.
[[nodiscard]] ScanPattern triggers_of(const Dialect& dialect);

}  // namespace paywall
