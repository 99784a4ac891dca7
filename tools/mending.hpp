#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/diagnostic.hpp"
#include "tools/report.hpp"
#include "tools/settings.hpp"

namespace paywall::tools {

/// What --fix makes of a refused source.
struct Mending {
    std::optional<std::string> bytes;  ///< none: it stays as it is
    std::vector<Diagnostic> fixed;     ///< in order; spans are of the source as it was
    std::string why_not;               ///< where there are fixes and none can be applied
};

/// The source with all safe fixes, if it is not refused then. `name` as for cut().
[[nodiscard]] Mending mend(const Settings& settings, std::string_view bytes, std::string_view name);

/// What is to be told of fixes: with --format jsonl an object each, as of any diagnostic, with
/// "fixed": true; as text `a.md:3:1: fixed: wrote ##paidbegin## [malformed-marker]`.
[[nodiscard]] Said report_fixes(const ReportOptions& options, std::string_view name,
                                std::string_view bytes, const std::vector<Diagnostic>& fixed);

/// What the fixes change, as a unified diff, in UTF-8.
[[nodiscard]] std::string diff_of(const ReportOptions& options, std::string_view name,
                                  std::string_view bytes, const std::vector<Diagnostic>& fixed);

}  // namespace paywall::tools
