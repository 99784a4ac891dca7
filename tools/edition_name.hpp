#pragma once

#include <string>
#include <string_view>

#include "parser/access.hpp"

namespace paywall::tools {

/// What the edition for a reader is called in messages: `preview`, `full edition`, `edition for
/// members`, `edition for plan gold`.
[[nodiscard]] std::string edition_name(const Reader& reader);

/// The same for machines: `preview`, `full`, `member`, `plan`; the plan's name stands apart.
[[nodiscard]] std::string_view edition_key(const Reader& reader);

}  // namespace paywall::tools
