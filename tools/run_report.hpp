#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
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
///
/// A run is one pass over the sources or several, each with trees of its own. Options live as long
/// as their pass.
class RunReport {
public:
    /// Of the first pass, with --report. Throws std::system_error where the file cannot be made.
    explicit RunReport(const Options& options);
    /// What is added from now on joins what earlier passes made of the same sources: all their
    /// outputs, the gravest verdict. Until the end it is kept in memory, about 400 bytes a source.
    void begin_pass(const Options& options);

    /// `shown` is the source's path as people know it, `relative` that below the output
    /// directories.
    void add(std::string_view shown, std::string_view relative, const Fate& fate);
    /// Of a pass that published nothing: no source was written after all.
    void take_back();
    /// Puts it in its place.
    void finish(std::chrono::duration<double> time, ExitStatus status);

private:
    /// Lines by how they begin: with their source's path.
    using Lines = std::map<std::string, std::string, std::less<>>;
    using Rewritten = std::function<nlohmann::ordered_json(std::string_view line)>;

    void put(std::string_view line);
    void put_counted(const nlohmann::ordered_json& object);
    void flush();
    /// Puts other objects in the place of those of the first pass.
    void rewrite(const Rewritten& rewritten);
    void end_pass();
    void join_passes();

    const Options* options_;  // of this pass
    bool first_pass_ = true;
    std::string_view command_;
    Directory directory_;
    std::string name_;
    std::optional<AtomicFile> file_;
    unsigned rewrites_ = 0;
    std::string lines_;  // not written yet
    Lines pass_;         // of this pass, behind the first
    Lines later_;        // of all that are done
    Counts counts_;      // of what the file holds
    std::optional<std::system_error> failure_;
};

}  // namespace paywall::tools
