#pragma once

namespace paywall::tools {

/// What the surroundings of the process say about how to talk.
struct Environment {
    bool stdin_is_terminal = false;
    bool stderr_is_terminal = false;
    bool in_ci = false;        ///< CI is set
    bool wants_colour = true;  ///< NO_COLOR is not set and TERM is not dumb
    unsigned processors = 1;
};

[[nodiscard]] Environment environment();

/// A reader that goes away is an error to be told, not the end of the process.
void ignore_broken_pipes();

}  // namespace paywall::tools
