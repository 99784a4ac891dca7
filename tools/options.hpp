#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tools/audit_options.hpp"
#include "tools/exit_status.hpp"
#include "tools/file/terminal.hpp"

namespace paywall::tools {

enum class Command { preview, full, build, check, inspect, audit };
/// Does it make or judge previews?
[[nodiscard]] constexpr bool takes_placeholder(Command command) {
    return command <= Command::check && command != Command::full;
}
/// What happens to earlier editions of a source that is refused now.
enum class OnRefusal {
    withdraw,  ///< the preview is deleted, the full edition stays
    keep,
    remove,  ///< both are deleted
};
enum class Format { text, jsonl, json };
enum class Separator { line, nul };
enum class Verbosity { quiet, normal, verbose };
enum class Progress { no, yes };

/// The command line as a value: all defaults filled in, nothing read or resolved yet.
struct Options {
    Command command = Command::check;

    std::vector<std::string> paths;
    std::optional<std::string> files_from;
    Separator separator = Separator::line;
    std::string base = ".";
    std::string stdin_name = "<stdin>";
    std::vector<std::string> include;
    std::vector<std::string> exclude;

    std::optional<std::string> preview_directory;
    std::optional<std::string> full_directory;
    OnRefusal on_refusal = OnRefusal::withdraw;

    std::string dialect = "fastadmin";
    std::string encoding;
    Unmarked unmarked = Unmarked::free;
    Cut cut = Cut::marker_lines;
    std::optional<std::string> placeholder;
    std::optional<std::string> placeholder_file;
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
