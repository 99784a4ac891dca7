#pragma once

#include "tools/console.hpp"
#include "tools/options.hpp"
#include "tools/report.hpp"
#include "tools/settings.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// Cuts every source, in parallel, and says what became of each in the order of their paths.
/// One that fails never stops the others. guard() has been asked before.
void run_batch(const Options& options, const Settings& settings, const ReportOptions& reporting,
               const Sources& sources, Console& console);

}  // namespace paywall::tools
