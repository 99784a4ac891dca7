#include "tools/batch.hpp"

#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <system_error>

#include "tools/file/reading.hpp"
#include "tools/file/signals.hpp"
#include "tools/ordered.hpp"
#include "tools/outputs.hpp"

namespace paywall::tools {
namespace {

constexpr std::size_t most_in_piece = 64;

/// Where the pieces of work begin: runs of sources of one directory, so that workers keep out
/// of each other's directories.
std::vector<std::size_t> cut_into_pieces(const std::vector<SourceFile>& files) {
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < files.size(); ++i)
        if (starts.empty() || i - starts.back() == most_in_piece ||
            files[i].directory != files[i - 1].directory)
            starts.push_back(i);
    return starts;
}

/// What a piece of work came to.
struct Outcome {
    Counts counts;
    std::vector<Said> said;  ///< of the sources that there is something to say of
};

struct Job {
    const Options& options;
    const Settings& settings;
    const ReportOptions& reporting;
    const Sources& sources;
    const OutputRoots& outputs;
};

/// One thread's hands: its buffer and its places in the trees.
class Worker {
public:
    Worker(const Job& job, unsigned number) : job_(job), outputs_(job.outputs, number) {}

    void process(const SourceFile& file, Outcome& outcome) {
        Said said;
        try {
            said = cut_and_write(file, outcome.counts);
        } catch (const std::exception& error) {  // the machine's: system_error, bad_alloc
            ++outcome.counts.failed;
            said.error += failure_line(what(error, file));
        }
        if (!said.empty()) outcome.said.push_back(std::move(said));
    }

private:
    Said cut_and_write(const SourceFile& file, Counts& counts) {
        const SourceDirectory& directory = job_.sources.directories[file.directory];
        const std::string_view bytes = read(directory, file.name);
        name_ = join(directory.relative, file.name);
        const Cutting cutting = cut(job_.settings, bytes, name_);
        Said said;
        if (cutting.diagnostics.errors + cutting.diagnostics.warnings > 0 ||
            job_.options.command == Command::inspect)
            said = report(job_.reporting, job_.sources.shown(file), bytes, cutting);
        try {
            settle(file, cutting, said);
        } catch (const std::exception& error) {
            ++counts.failed;
            said.error += failure_line(what(error, file));
            return said;
        }
        ++(cutting.refused() ? counts.refused : counts.sound);
        return said;
    }

    void settle(const SourceFile& file, const Cutting& cutting, Said& said) {
        const SourceDirectory& directory = job_.sources.directories[file.directory];
        if (!cutting.refused()) {
            outputs_.write(cutting, directory.relative, file.name);
            if (job_.options.verbosity == Verbosity::verbose)
                said.error += note_line(job_.sources.shown(file), done());
            return;
        }
        const auto told = outputs_.withdraw(job_.options.on_refusal, directory.relative, file.name);
        if (!told.empty()) said.error += note_line(job_.sources.shown(file), "refused: " + told);
    }

    std::string_view read(const SourceDirectory& directory, const std::string& name) {
        if (directory.root != SourceDirectory::named) {
            const Directory& root = job_.sources.roots[directory.root];
            if (!cursor_ || &cursor_->root() != &root) cursor_.emplace(root);
            return read_file(*cursor_->enter(directory.relative, Missing::fail), name,
                             Links::refuse, buffer_);
        }
        if (named_directory_ != &directory) {
            named_directory_ = nullptr;
            named_ = Directory::open(directory.shown.empty() ? "." : directory.shown);
            named_directory_ = &directory;
        }
        return read_file(*named_, name, Links::follow, buffer_);
    }

    [[nodiscard]] std::string_view done() const {
        return job_.options.command <= Command::build ? "written" : "sound";
    }

    /// Errors of the system name a path; others do not.
    [[nodiscard]] std::string what(const std::exception& error, const SourceFile& file) const {
        if (dynamic_cast<const std::system_error*>(&error) != nullptr) return error.what();
        return job_.sources.shown(file) + ": " + error.what();
    }

    const Job& job_;
    Buffer buffer_;
    std::string name_;
    std::optional<Cursor> cursor_;
    std::optional<Directory> named_;
    const SourceDirectory* named_directory_ = nullptr;
    Outputs outputs_;
};

}  // namespace

void run_batch(const Options& options, const Settings& settings, const ReportOptions& reporting,
               const Sources& sources, Console& console) {
    const OutputRoots outputs = open_outputs(options);
    const Job job{options, settings, reporting, sources, outputs};
    const auto starts = cut_into_pieces(sources.files);
    std::atomic<unsigned> workers = 0;

    const auto make_work = [&]() -> Ordered<Outcome>::Work {
        auto worker = std::make_shared<Worker>(job, workers++);
        return [&, worker](std::size_t piece) {
            Outcome outcome;
            const std::size_t end =
                piece + 1 == starts.size() ? sources.files.size() : starts[piece + 1];
            for (std::size_t i = starts[piece]; i < end && !StopSignals::asked(); ++i)
                worker->process(sources.files[i], outcome);
            return outcome;
        };
    };
    const auto hand_over = [&](Outcome& outcome) {
        for (const Said& said : outcome.said) console.say(said);
        console.add(outcome.counts);
    };
    Ordered<Outcome>().run(starts.size(), options.jobs, make_work, hand_over);
}

}  // namespace paywall::tools
