#pragma once

#include "parser/dialect.hpp"
#include "tools/toml_table.hpp"

namespace paywall::tools {

/// A dialect as a `[[dialects]]` table of a project file defines it.
[[nodiscard]] Dialect read_own_dialect(TomlTable table);

}  // namespace paywall::tools
