#pragma once

#include "tools/options.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// Throws UsageError where writing could touch a source or mix two outputs: an output directory
/// inside a source directory or the reverse, output directories that are the same or one inside
/// the other, two sources with one output path, an output that is a source.
void guard(const Options& options, const Sources& sources);

/// Throws UsageError where the state or the report would lie in an output directory: nothing but
/// editions lies there.
void guard_own_files(const Options& options);

}  // namespace paywall::tools
