#include "tools/batch.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "tools/file/path.hpp"
#include "tools/file/signals.hpp"

namespace paywall::tools {
namespace {

constexpr std::size_t most_in_piece = 64;
constexpr std::size_t most_unsaved = 8192;
constexpr unsigned pieces_per_worker = 4;

/// A run of sources of one directory: workers keep out of each other's directories.
struct Piece {
    std::size_t first = 0;
    std::vector<std::optional<Known>> known;
    std::vector<Fate> fates;
};

using PiecePointer = std::shared_ptr<Piece>;

Fate skipped() {
    Fate fate;
    fate.verdict = Verdict::skipped;
    return fate;
}

/// The three stages of the pipeline: what is known of the next sources, their fates, and what is
/// told of them. The first and the last are each one thread's at a time, in order.
class Batch {
public:
    Batch(const Job& job, const Listeners& listeners)
        : job_(job), listeners_(listeners), workers_([this] { return Worker(job_, number_++); }) {
        for (const auto& root : job.sources.roots) roots_.push_back(absolute_path(root.shown()));
        base_ = absolute_path(job.options.base);
    }

    void run() {
        const auto jobs = static_cast<int>(job_.options.jobs);
        const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                          job_.options.jobs);
        tbb::task_arena arena(jobs);
        arena.execute([&] {
            tbb::parallel_pipeline(
                pieces_per_worker * job_.options.jobs,
                tbb::make_filter<void, PiecePointer>(
                    tbb::filter_mode::serial_in_order,
                    [this](tbb::flow_control& flow) { return next(flow); }) &
                    tbb::make_filter<PiecePointer, PiecePointer>(
                        tbb::filter_mode::parallel,
                        [this](PiecePointer piece) { return process(std::move(piece)); }) &
                    tbb::make_filter<PiecePointer, void>(
                        tbb::filter_mode::serial_in_order,
                        [this](const PiecePointer& piece) { tell(*piece); }));
        });
        skip_rest();
    }

private:
    PiecePointer next(tbb::flow_control& flow) {
        const auto& files = job_.sources.files;
        if (next_ == files.size() || StopSignals::asked()) {
            flow.stop();
            return nullptr;
        }
        auto piece = std::make_shared<Piece>();
        piece->first = next_;
        while (next_ < files.size() && next_ - piece->first < most_in_piece &&
               files[next_].directory == files[piece->first].directory) {
            const auto& file = files[next_++];
            piece->known.push_back(listeners_.state == nullptr
                                       ? std::nullopt
                                       : listeners_.state->find(job_.sources.relative(file)));
        }
        return piece;
    }

    PiecePointer process(PiecePointer piece) {
        Worker& worker = workers_.local();
        for (std::size_t i = 0; i < piece->known.size(); ++i)
            piece->fates.push_back(
                StopSignals::asked()
                    ? skipped()
                    : worker.process(job_.sources.files[piece->first + i], piece->known[i]));
        return piece;
    }

    void tell(Piece& piece) {
        Counts counts;
        for (std::size_t i = 0; i < piece.fates.size(); ++i) {
            tell(job_.sources.files[piece.first + i], piece.fates[i]);
            counts.add(piece.fates[i]);
        }
        listeners_.console.add(counts);
        if (listeners_.synchronise && listeners_.state != nullptr &&
            listeners_.state->unsaved() >= most_unsaved)
            save();
    }

    void tell(const SourceFile& file, const Fate& fate) {
        listeners_.console.say(fate.said);
        if (listeners_.report != nullptr)
            listeners_.report->add(job_.sources.shown(file), job_.sources.relative(file), fate);
        if (listeners_.state != nullptr && fate.known)
            listeners_.state->put(root_of(file), job_.sources.relative(file), *fate.known);
    }

    /// After a signal the rest was not begun.
    void skip_rest() {
        Counts counts;
        const Fate fate = skipped();
        for (; next_ < job_.sources.files.size(); ++next_) {
            tell(job_.sources.files[next_], fate);
            counts.add(fate);
        }
        listeners_.console.add(counts);
    }

    void save() {
        try {
            listeners_.synchronise();
            static_cast<void>(listeners_.state->save_some());
        } catch (const std::exception&) {
            // Tried again at the end of the run, and told there.
        }
    }

    [[nodiscard]] const std::string& root_of(const SourceFile& file) const {
        const std::size_t root = job_.sources.directories[file.directory].root;
        return root == SourceDirectory::named ? base_ : roots_[root];
    }

    const Job& job_;
    const Listeners& listeners_;
    std::vector<std::string> roots_;
    std::string base_;
    std::size_t next_ = 0;
    std::atomic<unsigned> number_ = 0;
    tbb::enumerable_thread_specific<Worker> workers_;
};

}  // namespace

void run_batch(const Job& job, const Listeners& listeners) {
    Batch(job, listeners).run();
}

}  // namespace paywall::tools
