#pragma once

#include "tools/console.hpp"
#include "tools/options.hpp"
#include "tools/settings.hpp"

namespace paywall::tools {

/// A run that writes output trees, from the lock on them to the last line of its report. Throws
/// UsageError where nothing must be done, std::exception where nothing can be.
void run_trees(const Options& options, const Settings& settings, const ReportOptions& reporting,
               Console& console);

}  // namespace paywall::tools
