#include "tools/tree_run.hpp"

#include <chrono>
#include <optional>

#include "tools/asset_use.hpp"
#include "tools/batch.hpp"
#include "tools/departed.hpp"
#include "tools/file/path.hpp"
#include "tools/file/signals.hpp"
#include "tools/guards.hpp"

namespace paywall::tools {
namespace {

/// Locks the trees and finds the sources. What is found while another run may still be writing is
/// found again.
Sources prepare(const Options& options, OutputTrees& trees) {
    while (true) {
        trees.lock();
        Sources sources = find_sources(options);
        guard(options, sources);
        if (trees.open() == Waited::no) return sources;
    }
}

std::string absolute_or_empty(const std::optional<std::string>& path) {
    return path ? absolute_path(*path) : std::string();
}

std::unique_ptr<State> open_state(const Options& options, Console& console) {
    if (!options.state) return nullptr;
    const bool dry = options.dry_run == DryRun::yes;
    auto state = std::make_unique<State>(*options.state,
                                         dry ? Database::Access::read : Database::Access::write,
                                         StateKey{absolute_or_empty(options.preview_directory),
                                                  absolute_or_empty(options.full_directory)});
    for (const auto& notice : state->take_notices()) console.note(notice);
    return state;
}

/// One run, step by step.
class TreeRun {
public:
    TreeRun(const Options& options, const Settings& settings, const ReportOptions& reporting,
            Console& console)
        : options_(options),
          console_(console),
          trees_(options),
          sources_(prepare(options, trees_)),
          state_(open_state(options, console)),
          job_{options, settings, reporting, sources_, trees_, nullptr},
          listeners_{console, state_.get(), nullptr, {}} {
        if (options.report) listeners_.report = &report_.emplace(options);
        if (options.publication == Publication::each && options.dry_run == DryRun::no)
            listeners_.synchronise = [this] { trees_.synchronise(); };
    }

    void run() {
        if (needs_asset_use(options_, sources_)) {
            assets_ = read_asset_use(options_, job_.settings, sources_);
            job_.assets = &assets_;
        }
        console_.begin(sources_);
        run_batch(job_, listeners_);
        attempt([&] { settle_departed_sources(); });
        attempt([&] { publish(); });
        attempt([&] { trees_.discard(); });
        console_.finish();
        attempt([&] { finish_report(); });
    }

    [[nodiscard]] const Sources& sources() const { return sources_; }

private:
    /// A step that fails is told of, and does not keep the others from being done.
    template <typename Step>
    void attempt(const Step& step) {
        try {
            step();
        } catch (const std::exception& error) {
            console_.fail(error.what());
        }
    }

    void settle_departed_sources() {
        if (state_ && !StopSignals::asked())
            removed_ = settle_departed(job_, listeners_, find_departed(job_, *state_));
    }

    /// Makes what was written durable, then says so in the state.
    void publish() {
        const bool all = options_.publication == Publication::all_or_nothing;
        if (all && (console_.status() != ExitStatus::success || StopSignals::asked())) {
            console_.take_back();
            if (report_) report_->take_back();
            return;
        }
        if (options_.dry_run == DryRun::yes) return;
        if (all)
            trees_.publish([this](EditionKind kind, std::string_view path) {
                const bool is_withheld = options_.withholds(kind) && job_.assets != nullptr &&
                                         job_.assets->withholds(path);
                return !is_withheld && !removed_[index_of(kind)].contains(path);
            });
        else
            trees_.synchronise();
        if (!state_) return;
        state_->save();
        for (const auto& notice : state_->take_notices()) console_.note(notice);
    }

    void finish_report() {
        if (!report_) return;
        report_->finish(console_.counts(), std::chrono::steady_clock::now() - started_,
                        console_.status());
    }

    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    const Options& options_;
    Console& console_;
    OutputTrees trees_;
    Sources sources_;
    std::unique_ptr<State> state_;
    std::optional<RunReport> report_;
    PaidAssets assets_;
    Job job_;
    Listeners listeners_;
    PerEdition<std::set<std::string, std::less<>>> removed_;
};

}  // namespace

void run_trees(const Options& options, const Settings& settings, const ReportOptions& reporting,
               Console& console) {
    guard_own_files(options);
    if (options.state) State::judge(*options.state);
    TreeRun run(options, settings, reporting, console);
    // Only outputs can be left half done.
    const StopSignals stop_signals;
    run.run();
    StopSignals::obey();
    console.summarise(run.sources());
}

}  // namespace paywall::tools
