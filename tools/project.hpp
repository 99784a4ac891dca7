#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/edition.hpp"
#include "parser/gate.hpp"
#include "parser/parse.hpp"

namespace paywall::tools {

/// What the project file says of how sources are read and cut; what it does not say is empty.
struct SourceRules {
    std::optional<std::string> dialect;
    std::optional<std::string> encoding;
    std::optional<std::string> placeholder;
    std::optional<std::string> placeholder_inline;
    std::optional<Content> content;
    std::vector<std::string> keep_attributes;
    std::optional<StructuredData> structured_data;
    std::optional<Unmarked> unmarked;
    std::optional<Teaser> teaser;
    std::optional<MetadataLimit> metadata_run;
    std::optional<MetadataLimit> metadata_sentence;
    std::vector<std::string> deny;
    std::vector<std::string> allow;
};

/// A `[[rules]]` table: settings for the sources that one of its globs matches.
struct ProjectRule {
    std::vector<std::string> files;
    SourceRules settings;
    std::size_t line;
};

/// A plan and where its editions go.
struct PlanTree {
    std::string plan;
    std::string directory;
};

/// A project file, `paywall.toml`, read and judged. Its paths are as seen from here, not from the
/// file. The format is in README.md; for editors in project.schema.json.
struct Project {
    std::string path;
    std::string text;  ///< all of it
    SourceRules all;
    std::vector<std::string> literal;
    std::vector<ProjectRule> rules;  ///< the first that matches a source counts
    Gate gate;
    std::vector<Dialect> dialects;  ///< its own
    std::vector<std::string> paths;
    std::optional<std::string> preview;
    std::optional<std::string> full;
    std::optional<std::string> member;
    std::vector<PlanTree> plans;
};

/// The project file of the directory that a path names or lies in, or of the nearest one above it.
[[nodiscard]] std::optional<std::string> find_project(const std::string& path);

/// Throws UsageError, with the place in the file, for what is no TOML, for unknown keys and values,
/// and for dialects that cannot be read with.
[[nodiscard]] Project read_project(const std::string& path);

}  // namespace paywall::tools
