#include "tools/batch.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "tools/file/path.hpp"
#include "tools/file/signals.hpp"
#include "tools/in_order.hpp"
#include "tools/leaf_directories.hpp"

namespace paywall::tools {
namespace {

// Two workers in one directory wait for each other; two that end long after each other wait, too.
constexpr std::size_t least_in_piece = 64;
constexpr std::size_t most_in_piece = 1024;
constexpr std::size_t pieces_per_job = 16;
constexpr std::size_t most_unsaved = 8192;

/// A run of sources of one directory: workers keep out of each other's directories.
struct Piece {
    std::size_t first = 0;
    std::vector<std::optional<Known>> known = {};
    bool is_leaf = false;  // all of a directory that has no other below
};

struct DonePiece {
    std::size_t first = 0;
    std::vector<Fate> fates;
};

Fate skipped() {
    Fate fate;
    fate.verdict = Verdict::skipped;
    return fate;
}

/// Takes the sources of one directory one after the other.
class PieceWorker {
public:
    PieceWorker(const Job& job, unsigned number) : job_(job), worker_(job, number) {}

    DonePiece operator()(const Piece& piece) {
        DonePiece done{piece.first, {}};
        const auto files = std::span(job_.sources.files).subspan(piece.first, piece.known.size());
        if (piece.is_leaf) worker_.enter_alone(job_.sources.directories[files[0].directory]);
        for (std::size_t i = 0; i < files.size(); ++i)
            done.fates.push_back(StopSignals::asked() ? skipped()
                                                      : worker_.process(files[i], piece.known[i]));
        if (piece.is_leaf) worker_.leave(files, done.fates);
        for (std::size_t i = 0; i < files.size(); ++i)
            worker_.tell_verdict(files[i], done.fates[i]);
        return done;
    }

private:
    const Job& job_;
    Worker worker_;
};

/// What is known of the next sources, and what is told of their fates: each one thread's at a time,
/// in order.
class Batch {
public:
    Batch(const Job& job, const Listeners& listeners)
        : job_(job), listeners_(listeners), leaves_(job.sources) {
        for (const auto& root : job.sources.roots) roots_.push_back(absolute_path(root.shown()));
        base_ = absolute_path(job.options.base);
        piece_size_ = std::clamp(job.sources.files.size() / (pieces_per_job * job.options.jobs),
                                 least_in_piece, most_in_piece);
    }

    void run() {
        std::atomic<unsigned> number = 0;
        run_in_order<Piece, DonePiece, PieceWorker>(
            job_.options.jobs, [this] { return next(); },
            [&] { return std::make_unique<PieceWorker>(job_, number++); },
            [this](const DonePiece& piece) { tell(piece); });
        skip_rest();
    }

private:
    std::optional<Piece> next() {
        const auto& files = job_.sources.files;
        if (next_ == files.size() || StopSignals::asked()) return std::nullopt;
        Piece piece{.first = next_};
        while (next_ < files.size() && next_ - piece.first < piece_size_ &&
               files[next_].directory == files[piece.first].directory) {
            const auto& file = files[next_++];
            piece.known.push_back(listeners_.state == nullptr
                                      ? std::nullopt
                                      : listeners_.state->find(job_.sources.relative(file)));
        }
        piece.is_leaf = leaves_.holds_just(
            piece.known.size(), job_.sources.directories[files[piece.first].directory].relative);
        return piece;
    }

    void tell(const DonePiece& piece) {
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
    LeafDirectories leaves_;
    std::vector<std::string> roots_;
    std::string base_;
    std::size_t next_ = 0;
    std::size_t piece_size_ = least_in_piece;  // sources at most
};

}  // namespace

void run_batch(const Job& job, const Listeners& listeners) {
    Batch(job, listeners).run();
}

}  // namespace paywall::tools
