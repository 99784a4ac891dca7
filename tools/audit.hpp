#pragma once

#include "tools/console.hpp"
#include "tools/options.hpp"
#include "tools/settings.hpp"

namespace paywall::tools {

/// Searches what is published for the paid text of the sources, in parallel, and says what it
/// found in the order of the files' paths. A file that fails never stops the others.
void run_audit(const Options& options, const Settings& settings, Console& console);

}  // namespace paywall::tools
