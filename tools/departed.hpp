#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tools/batch.hpp"

namespace paywall::tools {

/// A source that an earlier run into the same trees knew, and that is none of this run's.
struct DepartedSource {
    enum class Why { gone, not_selected, unknown };

    std::string shown;
    std::string root;  ///< absolute
    std::string path;  ///< below it, and below the output directories
    Known known;
    Why why = Why::gone;
    std::string failure = {};  ///< why it is unknown
};

/// Those below the directories of this run, and in its shard. Of directories that are not walked
/// but hold files that were named one by one, only those that are gone.
[[nodiscard]] std::vector<DepartedSource> find_departed(const Job& job, State& state);

/// Tells of each; with --delete deletes the outputs of those that are gone, if they are still what
/// this program wrote, and the directories that are empty then. Returns what the trees that are
/// made anew are to go without.
PerEdition<std::set<std::string, std::less<>>> settle_departed(
    const Job& job, const Listeners& listeners, const std::vector<DepartedSource>& departed);

}  // namespace paywall::tools
