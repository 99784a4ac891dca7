#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "parser/edition.hpp"
#include "tools/file/descriptor.hpp"
#include "tools/known.hpp"
#include "tools/options.hpp"
#include "tools/settings.hpp"

namespace paywall::tools {

/// Smaller sources are cut as a whole.
constexpr std::size_t least_for_parts = std::size_t{8} << 20;

/// Can a source of that name and size be cut part by part, as far as options and settings say it?
/// A report, a placeholder with fields and others ask for what only the whole source tells.
[[nodiscard]] bool goes_in_parts(const Options& options, const Settings& settings,
                                 std::string_view name, std::size_t size);

/// What a source that was cut part by part came to.
struct PartwiseCut {
    Shares shares;
    Digest content = {};         ///< of all that was read, where a state is kept
    Diagnostics warnings = {};   ///< that it was read as text, perhaps
    std::string beginning = {};  ///< of the source: what the warnings speak of
};

/// Cuts an open text part by part, on all processors, and gives the editions of each part to
/// `take`, in order and one at a time: memory does not grow with the source (parser/parts.hpp).
/// None where it is to be cut as a whole: what was taken is no edition of it, then. What `take`
/// throws is thrown, as is what reading fails of. `shown` is the source's path as people know it.
using TakeEditions = std::function<void(const Edition& preview, const Edition& full)>;
[[nodiscard]] std::optional<PartwiseCut> cut_in_parts(
    const Options& options, const Settings& settings, const Descriptor& source,
    std::string_view name, const std::string& shown, const TakeEditions& take);

}  // namespace paywall::tools
