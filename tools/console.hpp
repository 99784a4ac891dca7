#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "tools/exit_status.hpp"
#include "tools/fate.hpp"
#include "tools/options.hpp"
#include "tools/report.hpp"
#include "tools/sources.hpp"

namespace spdlog {
class logger;
}

namespace paywall::tools {

/// The two streams of a run: what is said in its order, progress, the closing summary, and the
/// exit status that all of it comes to. Used by one thread at a time.
class Console {
public:
    explicit Console(const Options& options);
    ~Console();

    void say(const Said& said);
    /// Says what was left out or could not be read before the first source is cut.
    void begin(const Sources& sources);
    void add(const Counts& counts);
    /// Ends the data on standard output.
    void finish();
    void summarise(const Sources& sources);
    /// The same of one more tree of the run.
    void summarise(std::string_view directory, const Counts& counts);
    /// Something worth knowing that is no failure.
    void note(std::string_view what);
    /// Nothing of what was counted came into its place.
    void take_back();
    [[nodiscard]] const Counts& counts() const { return counts_; }
    /// A failure that belongs to no source.
    void fail(std::string_view what);

    [[nodiscard]] ExitStatus status() const;

private:
    void write_data(const std::string& text);
    void erase_progress();
    void show_progress();

    const Options& options_;
    std::shared_ptr<spdlog::logger> log_;
    Counts counts_;
    std::size_t total_ = 0;
    bool failed_ = false;
    bool output_works_ = true;
    bool data_begun_ = false;
    bool progress_shown_ = false;
    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point progress_due_;
};

}  // namespace paywall::tools
