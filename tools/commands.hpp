#pragma once

#include "tools/exit_status.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// Does what the options say. Throws nothing.
[[nodiscard]] ExitStatus run(const Options& options);

/// Says what is said instead of running.
[[nodiscard]] ExitStatus tell(const Reply& reply);

}  // namespace paywall::tools
