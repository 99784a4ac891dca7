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

/// A reader that goes away and a file that may grow no further are errors to be told, not the
/// end of the process.
void let_writes_fail();

}  // namespace paywall::tools
