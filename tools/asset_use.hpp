#pragma once

#include "tools/options.hpp"
#include "tools/paid_assets.hpp"
#include "tools/settings.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// Are files copied to where something is withheld, which paid parts could be the only ones to use?
[[nodiscard]] bool needs_asset_use(const Options& options, const Sources& sources);

/// Which files the free parts of all sources use (what their previews hold, placeholders too; of a
/// run without previews the editions that it writes) and which only other parts. All that a refused
/// source uses counts as paid; a source that cannot be read leaves doubt. Reads and cuts every
/// source, with --shard those of other parts too.
[[nodiscard]] PaidAssets read_asset_use(const Options& options, const Settings& settings,
                                        const Sources& sources);

}  // namespace paywall::tools
