#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "tools/options.hpp"

namespace paywall::tools {

/// What needs more than one option, or the surroundings, to become a value of Options.
struct RawOptions {
    std::optional<std::string> output;
    std::string as = "anonymous";
    std::optional<std::string> plan;
    std::optional<std::string> member;
    std::vector<std::string> plans;  ///< NAME=DIR
    std::string colour = "auto";
    bool nul = false;
    bool exact = false;
    bool structured_data = false;
    bool quiet = false;
    bool verbose = false;
    bool redact = false;
    bool no_redact = false;
    bool copy_assets = false;
    bool delete_departed = false;
    bool all_or_nothing = false;
    bool no_state = false;
    bool force = false;
    bool wait = false;
    bool dry_run = false;
    bool fix = false;
    bool diff = false;
};

/// The options given on the command line that can make an edition another one, with their values.
/// Every option counts but those known to have no part in it.
[[nodiscard]] std::string deciding_options(const CLI::App& app);

/// Puts all options of the command `options.command` into its parser, which fills in the two
/// values.
void list_options(CLI::App& app, Options& options, RawOptions& raw);

}  // namespace paywall::tools
