#pragma once

#include <string_view>
#include <vector>

#include "parser/dialect.hpp"

namespace paywall {

/// Every dialect that is built in, in the order of their pages under parser/dialects/.
[[nodiscard]] const std::vector<Dialect>& built_in_dialects();

/// The built-in dialect of that name; nullptr if there is none.
[[nodiscard]] const Dialect* find_dialect(std::string_view name);

}  // namespace paywall
