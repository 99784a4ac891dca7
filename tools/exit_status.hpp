#pragma once

#include <stdexcept>

namespace paywall::tools {

/// What a run ends with. Larger wins where several apply, except that `usage` comes before
/// anything is done.
enum class ExitStatus {
    success = 0,  ///< all written, nothing refused
    refused = 1,  ///< at least one source refused
    usage = 2,    ///< usage or configuration error: nothing was done
    failure = 3,  ///< an I/O or resource failure on at least one file
};

/// The command line or what it names makes no sense: nothing was done.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace paywall::tools
