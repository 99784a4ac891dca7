#include "tools/tree_pass.hpp"

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

/// One pass, step by step.
class TreePass {
public:
    TreePass(const Options& options, const Settings& settings, const ReportOptions& reporting,
             Console& console, std::optional<RunReport>& report)
        : options_(options),
          console_(console),
          trees_(options),
          sources_(prepare(options, trees_)),
          state_(open_state(options, console)),
          job_{options, settings, reporting, sources_, trees_, nullptr},
          listeners_{console, state_.get(), nullptr, {}} {
        if (options.report)
            report.emplace(options);
        else if (report)
            report->begin_pass(options);
        if (report) listeners_.report = &*report;
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
    }

    [[nodiscard]] Sources take_sources() { return std::move(sources_); }

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
            if (listeners_.report != nullptr) listeners_.report->take_back();
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

    const Options& options_;
    Console& console_;
    OutputTrees trees_;
    Sources sources_;
    std::unique_ptr<State> state_;
    PaidAssets assets_;
    Job job_;
    Listeners listeners_;
    PerEdition<std::set<std::string, std::less<>>> removed_;
};

}  // namespace

Sources run_tree_pass(const Options& options, const Settings& settings,
                      const ReportOptions& reporting, Console& console,
                      std::optional<RunReport>& report) {
    TreePass pass(options, settings, reporting, console, report);
    // Only outputs can be left half done.
    const StopSignals stop_signals;
    pass.run();
    return pass.take_sources();
}

}  // namespace paywall::tools
