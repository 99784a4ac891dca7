#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "tools/fate.hpp"
#include "tools/file/writing.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// What --report writes: JSON Lines, an object a source and a last one with the totals. Its shape
/// is in docs/report.schema.json. The file appears complete when the run ends.
class RunReport {
public:
    /// Of a run with --report. Throws std::system_error where the file cannot be made.
    explicit RunReport(const Options& options);

    /// `shown` is the source's path as people know it, `relative` that below the output
    /// directories.
    void add(std::string_view shown, std::string_view relative, const Fate& fate);
    /// Puts it in its place.
    void finish(const Counts& counts, std::chrono::duration<double> time, ExitStatus status);
    /// Of a run that published nothing: no source was written after all.
    void take_back();

private:
    void flush();

    const Options& options_;
    Directory directory_;
    std::string name_;
    std::optional<AtomicFile> file_;
    std::string lines_;  // not written yet
    std::optional<std::system_error> failure_;
};

}  // namespace paywall::tools
