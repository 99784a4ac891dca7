#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/finding.hpp"

namespace paywall::tools {

/// Findings that were looked at and accepted, each with a reason: a file of one JSON object a
/// line, as `--format jsonl` writes them, with `reason` added. `rule` and `reason` must be there;
/// `path`, `source`, `source_line` and `layer` are compared where they are there, and a finding of
/// more `characters` than was accepted is none that was accepted.
class Accepted {
public:
    Accepted() = default;
    /// Throws UsageError where a line is wrong, with its number. `name` is the file's.
    Accepted(std::string_view text, const std::string& name);

    /// Is the finding accepted? Remembers that the entry was of use.
    [[nodiscard]] bool accepts(const audit::Finding& finding);
    /// Lines of entries that accepted nothing.
    [[nodiscard]] std::vector<std::size_t> unused() const;

private:
    struct Entry {
        std::size_t line = 0;
        std::string rule;
        std::optional<std::string> path;
        std::optional<std::string> source;
        std::optional<std::string> layer;
        std::optional<std::size_t> source_line;
        std::optional<std::size_t> characters;
        bool used = false;
    };
    [[nodiscard]] static Entry read(const std::string& line);
    [[nodiscard]] static bool matches(const Entry& entry, const audit::Finding& finding);

    std::vector<Entry> entries_;
};

}  // namespace paywall::tools
