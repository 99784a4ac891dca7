#pragma once

#include <string_view>

namespace paywall::tools {

extern const std::string_view program_summary;
/// What --help ends with: examples, exit statuses.
extern const std::string_view program_help;
/// What the --help of a command ends with.
[[nodiscard]] std::string_view command_help(std::string_view command);

}  // namespace paywall::tools
