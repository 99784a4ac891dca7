#pragma once

#include <string_view>

#include "tools/options.hpp"

namespace paywall::tools {

inline constexpr std::string_view dialects_summary =
    "List the dialects, or show the markers, rules and editions of one";

/// `paywall dialects [NAME]`: what is told of the built-in dialects. All of it is made from the
/// dialects themselves. `argv` begins with the command's name.
[[nodiscard]] Reply tell_dialects(int argc, const char* const* argv);

}  // namespace paywall::tools
