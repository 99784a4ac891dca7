#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "parser/access.hpp"

namespace CLI {
class App;
}

namespace paywall::tools {

/// What only `audit` is told; PATH is what is published.
struct AuditOptions {
    std::vector<std::string> against;  ///< the sources
    Reader reader;                     ///< whom the published files are for
    std::optional<std::string> known;
    std::size_t min_chars = 40;
    std::optional<std::string> baseline;
    std::optional<std::string> write_baseline;
    std::optional<std::string> state;
    std::size_t max_fall = 20;  ///< percent of a document's paid share
};

void list_audit_options(CLI::App& app, AuditOptions& options);

}  // namespace paywall::tools
