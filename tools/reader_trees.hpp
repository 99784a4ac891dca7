#pragma once

#include "tools/options.hpp"

namespace paywall::tools {

/// Throws UsageError where one of Options::more_trees could touch a source, or mix with another
/// output tree. Before anything is written.
void guard_reader_trees(const Options& options);

/// The options of the pass that writes one of them: its editions are the full ones of that pass.
[[nodiscard]] Options options_for(const Options& options, const ReaderTree& tree);

}  // namespace paywall::tools
