#include "tools/tree_run.hpp"

#include <chrono>
#include <optional>

#include "tools/file/signals.hpp"
#include "tools/guards.hpp"
#include "tools/reader_trees.hpp"
#include "tools/run_report.hpp"
#include "tools/state.hpp"
#include "tools/tree_pass.hpp"

namespace paywall::tools {
namespace {

/// What one more tree came to.
struct TreeCounts {
    std::string directory;
    Counts counts;
};

/// All or nothing: the trees of other readers stay too where something was refused or failed.
bool goes_on(const Options& options, const Console& console) {
    return !StopSignals::asked() &&
           (options.publication == Publication::each || console.status() == ExitStatus::success);
}

/// Each in a pass of its own, behind the one that wrote the preview and the full edition and said
/// what there is to say of the sources.
std::vector<TreeCounts> run_reader_trees(const Options& options, ReportOptions reporting,
                                         Console& console, std::optional<RunReport>& report) {
    reporting.stream = DiagnosticStream::none;
    std::vector<TreeCounts> counts;
    for (const auto& tree : options.more_trees) {
        if (!goes_on(options, console)) break;
        const Options one = options_for(options, tree);
        Console own(one);
        try {
            static_cast<void>(run_tree_pass(one, make_settings(one), reporting, own, report));
        } catch (const std::exception& error) {
            own.fail(error.what());
        }
        if (own.status() == ExitStatus::failure)
            console.fail("not everything could be written below " + tree.directory);
        counts.push_back({tree.directory, own.counts()});
    }
    return counts;
}

}  // namespace

void run_trees(const Options& options, const Settings& settings, const ReportOptions& reporting,
               Console& console) {
    const auto started = std::chrono::steady_clock::now();
    guard_own_files(options);
    guard_reader_trees(options);
    if (options.state) State::judge(*options.state);
    std::optional<RunReport> report;
    const Sources sources = run_tree_pass(options, settings, reporting, console, report);
    const auto trees = run_reader_trees(options, reporting, console, report);
    try {
        if (report) report->finish(std::chrono::steady_clock::now() - started, console.status());
    } catch (const std::exception& error) {
        console.fail(error.what());
    }
    StopSignals::obey();
    console.summarise(sources);
    for (const auto& tree : trees) console.summarise(tree.directory, tree.counts);
}

}  // namespace paywall::tools
