#pragma once

#include "tools/console.hpp"
#include "tools/options.hpp"
#include "tools/report.hpp"

namespace paywall::tools {

/// Throws UsageError where one of Options::more_trees could touch a source, or mix with another
/// output tree. Before anything is written.
void guard_reader_trees(const Options& options);

/// Writes the trees of Options::more_trees, each in a pass of its own behind the one that wrote the
/// preview and the full edition and said what there is to say. What fails here goes to the console.
void run_reader_trees(const Options& options, const ReportOptions& reporting, Console& console);

}  // namespace paywall::tools
