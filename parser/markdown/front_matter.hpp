#pragma once

#include <cstddef>
#include <string_view>

namespace paywall::markdown {

/// The length of the front matter that a text begins with, with its last line's end: YAML between
/// lines of `---` (the last may be `...`), TOML between lines of `+++`, or a JSON object; 0 if it
/// has none.
[[nodiscard]] std::size_t front_matter_length(std::string_view text);

}  // namespace paywall::markdown
