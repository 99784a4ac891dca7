#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "audit/finding.hpp"
#include "audit/index.hpp"
#include "tools/accepted.hpp"
#include "tools/audit_baseline.hpp"
#include "tools/console.hpp"
#include "tools/options.hpp"
#include "tools/paid_assets.hpp"
#include "tools/settings.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// A paid segment too short for any run of it to be found.
struct Uncovered {
    std::string source;
    Location location;
    std::size_t characters;
};

/// What the sources of an audit hold.
struct AuditedSources {
    explicit AuditedSources(std::size_t units) : index(units) {}

    audit::Index index;                    ///< built
    std::size_t count = 0;                 ///< of sources, refused ones too
    Skipped skipped;                       ///< what is no source
    std::vector<std::string> names;        ///< by PaidSegment::source
    std::vector<audit::Finding> findings;  ///< about the sources themselves; none that is known
    std::vector<Uncovered> uncovered;
    PaidAssets assets;
    Baseline shares;                   ///< as they are now
    std::vector<std::string> refused;  ///< sources
};

/// Reads all sources, indexes their paid text and looks for it in their free text. What of it is
/// accepted as free is left out of the index. Failures go to the console.
[[nodiscard]] AuditedSources read_audited_sources(const Options& options, const Settings& settings,
                                                  Accepted& known, Console& console);

}  // namespace paywall::tools
