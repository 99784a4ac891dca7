#pragma once

#include <string>
#include <string_view>

#include "parser/diagnostic.hpp"
#include "tools/cutting.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// What one source gave to say: text for standard output and for standard error, each to be
/// written at once.
struct Said {
    std::string output;
    std::string error;

    [[nodiscard]] bool empty() const { return output.empty() && error.empty(); }
    Said& operator+=(const Said& other) {
        output += other.output;
        error += other.error;
        return *this;
    }
};

/// Where diagnostics go: they are asked-for data as jsonl, unless an edition is written to
/// standard output.
enum class DiagnosticStream { error, output, none };

/// Whether a diagnostic's object says that it was fixed.
enum class Fixed { not_asked, no, yes };

struct ReportOptions {
    Command command;
    Format format;
    FormatOptions looks;
    std::string encoding;
    Cut cut;
    std::optional<std::size_t> excerpt = {};
    DiagnosticStream stream = DiagnosticStream::error;
    Fixed fixed = Fixed::not_asked;
};

/// All there is to say of a source that was cut or refused: its diagnostics and, for inspect,
/// its segments. `name` is its path as people know it.
[[nodiscard]] Said report(const ReportOptions& options, std::string_view name,
                          std::string_view bytes, const Cutting& cutting);

/// One diagnostic as --format jsonl has it, with its line end.
[[nodiscard]] std::string json_line(const Diagnostic& diagnostic, std::string_view name,
                                    const Source& source, Fixed fixed);

/// The diagnostics as one JSON array: objects as with --format jsonl, without the path.
[[nodiscard]] std::string diagnostics_json(const ReportOptions& options, std::string_view bytes,
                                           const Diagnostics& diagnostics);

/// `paywall: a.md: cannot read: Is a directory`, with its line end: a failure of the machine.
[[nodiscard]] std::string failure_line(std::string_view what);
/// `a.md: refused: earlier preview deleted`, with its line end.
[[nodiscard]] std::string note_line(std::string_view name, std::string_view what);

}  // namespace paywall::tools
