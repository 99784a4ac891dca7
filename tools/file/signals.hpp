#pragma once

namespace paywall::tools {

/// While it lives, a signal that would end the process (SIGHUP, SIGINT, SIGTERM) only asks it to
/// stop, so that no file is left half done; a second one ends it at once. What was ignored
/// before stays ignored. At most one at a time.
class StopSignals {
public:
    StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    ~StopSignals();

    [[nodiscard]] static bool asked();
    /// Ends the process as the signal would have done, if there was one.
    static void obey();
};

}  // namespace paywall::tools
