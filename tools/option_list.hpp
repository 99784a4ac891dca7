#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "tools/options.hpp"

namespace paywall::tools {

/// What needs more than one option, or the surroundings, to become a value of Options.
struct RawOptions {
    std::optional<std::string> output;
    std::string colour = "auto";
    bool nul = false;
    bool exact = false;
    bool quiet = false;
    bool verbose = false;
    bool redact = false;
    bool no_redact = false;
};

/// Puts all options of the command `options.command` into its parser, which fills in the two
/// values.
void list_options(CLI::App& app, Options& options, RawOptions& raw);

}  // namespace paywall::tools
