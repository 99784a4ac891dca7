#pragma once

#include <string>
#include <string_view>

#include "tools/options.hpp"

namespace paywall::tools {

extern const std::string_view program_summary;
/// What --help ends with: examples, exit statuses.
extern const std::string_view program_help;
/// What the --help of a command ends with: what it does with what its options give it.
[[nodiscard]] std::string command_help(Command command);

}  // namespace paywall::tools
