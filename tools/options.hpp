#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tools/audit_options.hpp"
#include "tools/exit_status.hpp"
#include "tools/file/lock.hpp"
#include "tools/file/terminal.hpp"
#include "tools/project.hpp"

namespace paywall::tools {

enum class Command { preview, full, build, check, inspect, config, audit, convert };
[[nodiscard]] std::string_view command_name(Command command);
/// Does it make or judge previews?
[[nodiscard]] constexpr bool takes_placeholder(Command command) {
    return command <= Command::check && command != Command::full;
}
/// Does it make or judge full editions?
[[nodiscard]] constexpr bool makes_full(Command command) {
    return command == Command::full || command == Command::build || command == Command::check;
}
/// What happens to earlier editions of a source that is refused now.
enum class OnRefusal {
    withdraw,  ///< those that show less than all are deleted, the full edition stays
    keep,
    remove,  ///< all are deleted
};
enum class Format { text, jsonl, json };
/// Whether images, fonts, audio, video and style sheets go to the outputs too.
enum class Assets { leave, copy };
enum class Separator { line, nul };
enum class Verbosity { quiet, normal, verbose };
enum class Progress { no, yes };
enum class DryRun { no, yes };
enum class Force { no, yes };
/// What becomes of the faults of sources that have one safe fix.
enum class Fixing {
    none,
    show,  ///< as a diff; nothing is written
    apply,
    apply_and_show,
};
/// Whether outputs whose sources are gone are deleted.
enum class Departed { keep, remove };
/// When outputs come into their places.
enum class Publication {
    each,            ///< each source's as soon as they are complete
    all_or_nothing,  ///< all at one moment, if no source was refused and no file failed
};

/// An output tree for readers between the preview's and the full edition's.
struct ReaderTree {
    Reader reader;
    std::string directory;
};

/// One part of a job array: the sources whose path hashes to `index` (from 1) of `count`.
struct Shard {
    std::uint64_t index = 1;
    std::uint64_t count = 1;
};

/// The command line as a value: all defaults filled in, nothing read or resolved yet.
struct Options {  // NOLINT(clang-analyzer-optin.performance.Padding): grouped by what they say
    Command command = Command::check;

    std::vector<std::string> paths;
    std::optional<std::string> files_from;
    Separator separator = Separator::line;
    std::string base = ".";
    std::string stdin_name = "<stdin>";
    std::vector<std::string> include;
    std::vector<std::string> exclude;
    Shard shard;
    Assets assets = Assets::leave;
    std::vector<std::string> copy;

    std::optional<std::string> preview_directory;
    std::optional<std::string> full_directory;
    Reader preview_reader = reader_of(EditionKind::preview);
    Reader full_reader = reader_of(EditionKind::full);
    std::vector<ReaderTree> more_trees;
    Fixing fixing = Fixing::none;
    std::optional<std::string> backup;  ///< what is put behind the name of a source's copy
    OnRefusal on_refusal = OnRefusal::withdraw;
    Departed departed = Departed::keep;
    Publication publication = Publication::each;
    std::optional<std::string> state;
    Force force = Force::no;
    Wait wait = Wait::no;
    DryRun dry_run = DryRun::no;
    std::optional<std::string> report;
    std::optional<std::size_t> excerpt;  ///< characters

    std::string to;  ///< the dialect that `convert` writes
    std::string dialect = "fastadmin";
    std::string encoding;
    std::optional<Content> content;  ///< none: by the extension of each source
    Unmarked unmarked = Unmarked::free;
    std::optional<Teaser> teaser;
    MetadataLimits metadata;
    Cut cut = Cut::marker_lines;
    std::optional<std::string> placeholder;
    std::optional<std::string> placeholder_file;
    std::optional<std::string> placeholder_inline;
    std::vector<std::string> keep_attributes;
    StructuredData structured_data = StructuredData::none;
    std::vector<std::string> literal;
    std::vector<std::string> deny;
    std::vector<std::string> allow;

    Format format = Format::text;
    std::size_t max_diagnostics = 20;
    Redact redact = Redact::no;
    Colour colour = Colour::no;
    Verbosity verbosity = Verbosity::normal;
    Progress progress = Progress::no;
    unsigned jobs = 1;

    AuditOptions audit;

    std::set<std::string> given;             ///< names of the options on the command line
    std::shared_ptr<const Project> project;  ///< none: no project file was found
    /// All options given that can make an edition another one, as given: `--exact`, `--dialect x`.
    std::string deciding;

    /// Whose the editions of a kind are.
    [[nodiscard]] const Reader& reader(EditionKind kind) const {
        return kind == EditionKind::preview ? preview_reader : full_reader;
    }
    /// Do the editions of a kind show less than all?
    [[nodiscard]] bool withholds(EditionKind kind) const {
        return reader(kind) != reader_of(EditionKind::full);
    }
    /// All that are written, the trees of more readers too.
    [[nodiscard]] std::vector<std::string> output_directories() const;
    [[nodiscard]] bool writes_directories() const { return preview_directory || full_directory; }
    [[nodiscard]] bool keeps_state() const { return state.has_value(); }
    [[nodiscard]] bool shows_fixes() const {
        return fixing == Fixing::show || fixing == Fixing::apply_and_show;
    }
    /// Are sources themselves written?
    [[nodiscard]] bool rewrites_sources() const {
        return fixing == Fixing::apply || fixing == Fixing::apply_and_show ||
               (command == Command::convert && backup);
    }
    /// Is the one source standard input?
    [[nodiscard]] bool reads_stdin() const {
        return !files_from && (paths.empty() || (paths.size() == 1 && paths.front() == "-"));
    }
};

/// What to say instead of running: help and version on standard output, usage errors on
/// standard error.
struct Reply {
    ExitStatus status;
    std::string text;
};

[[nodiscard]] std::variant<Options, Reply> parse_options(int argc, const char* const* argv,
                                                         const Environment& environment);

}  // namespace paywall::tools
