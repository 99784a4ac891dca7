#pragma once

#include <optional>

#include "tools/console.hpp"
#include "tools/options.hpp"
#include "tools/report.hpp"
#include "tools/run_report.hpp"
#include "tools/settings.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// Takes every source into the trees of options.preview_directory and full_directory, and settles
/// what lies there of sources that are gone. Returns the sources. A pass of options with --report
/// makes the report; another one joins the report that there is. What fails once it has begun goes
/// to the console; throws before that.
[[nodiscard]] Sources run_tree_pass(const Options& options, const Settings& settings,
                                    const ReportOptions& reporting, Console& console,
                                    std::optional<RunReport>& report);

}  // namespace paywall::tools
