#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "parser/convert.hpp"
#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "parser/placeholder.hpp"
#include "tools/glob.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

struct RuledSettings;

/// All that decides how a source is cut, but for what rules say of single sources.
struct Settings {
    Parser parser;
    std::shared_ptr<const Converter> converter = {};  ///< of `convert` only
    ParseOptions parse = {};
    Cut cut = Cut::marker_lines;
    std::optional<Placeholder> placeholder = {};
    std::optional<Placeholder> inline_placeholder = {};
    std::optional<Content> content = {};  ///< none: by each source's extension
    std::vector<std::string> keep_attributes = {};
    StructuredData structured_data = StructuredData::none;
    Reader preview_reader = reader_of(EditionKind::preview);
    Reader full_reader = reader_of(EditionKind::full);
    /// All whose editions refuse a source where they cannot be made: those two, those of everyone
    /// and of payers of everything, and those that the options and the project have trees for.
    std::vector<Reader> readers = {};
    std::vector<Glob> literal = {};
    /// All that decides how a source is cut, as one number: this program, its options, the files
    /// that they name.
    std::uint64_t fingerprint = 0;
    std::vector<RuledSettings> rules;

    /// Those for a source of that name: the first rule's that matches it.
    [[nodiscard]] const Settings& of(std::string_view name) const;
};

/// The settings of the sources that one of the globs matches.
struct RuledSettings {
    std::vector<Glob> files;
    Settings settings;
};

/// The dialect of that name, or of several names with commas: the markers of all. Throws UsageError
/// for others, which names the option.
[[nodiscard]] Dialect dialect_named(const std::string& names, const std::vector<Dialect>& own = {},
                                    const std::string& option = "--dialect");

/// Throws UsageError where the options name what does not exist, or a placeholder cannot be
/// used; std::system_error where its file cannot be read.
[[nodiscard]] Settings make_settings(const Options& options);

}  // namespace paywall::tools
