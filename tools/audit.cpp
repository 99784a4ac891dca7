#include "tools/audit.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

#include "audit/explorer.hpp"
#include "tools/audit_report.hpp"
#include "tools/audit_sources.hpp"
#include "tools/given.hpp"
#include "tools/known.hpp"
#include "tools/published.hpp"

namespace paywall::tools {
namespace {

using audit::Finding;
using audit::FindingRule;
using audit::Gap;

/// What became of one published file.
struct FileResult {
    std::string path;
    std::optional<std::string> failure;
    audit::Explored explored;
};

/// Gives files out and takes their results back in the same order. No thread runs ahead of the
/// oldest file in work by more than a few.
class Line {
public:
    Line(PublishedFiles& files, unsigned jobs, const std::function<void(FileResult&)>& hand_over)
        : files_(files), hand_over_(hand_over), waiting_(std::size_t{8} * jobs) {}

    struct Ticket {
        std::size_t number;
        PublishedFile file;
    };
    [[nodiscard]] std::optional<Ticket> draw() {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return next_ < out_ + waiting_.size(); });
        auto file = files_.next();
        if (!file) return std::nullopt;
        return Ticket{next_++, std::move(*file)};
    }

    void hand_in(std::size_t number, FileResult result) {
        const std::lock_guard lock(mutex_);
        waiting_[number % waiting_.size()] = std::move(result);
        while (auto& oldest = waiting_[out_ % waiting_.size()]) {
            hand_over_(*oldest);
            oldest.reset();
            ++out_;
        }
        room_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable room_;
    PublishedFiles& files_;
    const std::function<void(FileResult&)>& hand_over_;
    std::vector<std::optional<FileResult>> waiting_;  // a ring
    std::size_t next_ = 0;
    std::size_t out_ = 0;
};

FileResult explore(audit::Explorer& explorer, PublishedReader& reader, const PublishedFile& file) {
    FileResult result{file.shown, {}, {}};
    try {
        result.explored = explorer.explore(reader.read(file), file.name);
    } catch (const std::system_error& error) {  // names the path
        result.failure = error.what();
    } catch (const std::exception& error) {
        result.failure = file.shown + ": " + error.what();
    }
    return result;
}

void explore_all(const Options& options, const Settings& settings, const AuditedSources& sources,
                 PublishedFiles& files, const std::function<void(FileResult&)>& hand_over) {
    Line line(files, options.jobs, hand_over);
    const auto work = [&] {
        audit::Explorer explorer(sources.index, settings.parser);
        PublishedReader reader;
        while (const auto ticket = line.draw())
            line.hand_in(ticket->number, explore(explorer, reader, ticket->file));
    };
    std::vector<std::jthread> others;
    try {
        for (unsigned i = 1; i < options.jobs; ++i) others.emplace_back(work);
    } catch (const std::system_error&) {
        // Fewer threads than asked for do the same work.
    }
    work();
}

/// Turns what files hold into findings that are not known.
class Judge {
public:
    Judge(const AuditedSources& sources, Known& known, AuditReport& report, Console& console)
        : sources_(sources), known_(known), report_(report), console_(console) {}

    void judge(const FileResult& result) {
        report_.count_file();
        if (result.failure) return console_.fail(*result.failure);
        for (const auto& leak : result.explored.leaks) say(finding_of(result.path, leak));
        for (const auto& residue : result.explored.residues)
            say({.rule = FindingRule::marker_residue,
                 .path = result.path,
                 .location = residue.location,
                 .layer = residue.layer});
        for (const auto& gap : result.explored.gaps) {
            if (gap.kind == Gap::Kind::limit)
                say({.rule = FindingRule::search_limit,
                     .path = result.path,
                     .location = {},
                     .layer = gap.layer});
            else
                report_.add(result.path, gap);
        }
    }

    void say(const Finding& finding) {
        if (!known_.accepts(finding)) report_.add(finding);
    }

private:
    [[nodiscard]] Finding finding_of(const std::string& path, const audit::Leak& leak) const {
        const auto& segment = sources_.index.segments()[leak.segment];
        return {.rule = FindingRule::paid_text,
                .path = path,
                .location = leak.location,
                .layer = leak.layer,
                .source = sources_.names[segment.source],
                .source_location = segment.location,
                .characters = sources_.index.count_characters(leak.paid),
                .of = segment.characters,
                .locator = leak.locator};
    }

    const AuditedSources& sources_;
    Known& known_;
    AuditReport& report_;
    Console& console_;
};

Known read_known(const AuditOptions& options) {
    if (!options.known) return {};
    Buffer buffer;
    return {read_given(*options.known, buffer), *options.known};
}

}  // namespace

void run_audit(const Options& options, const Settings& settings, Console& console) {
    Known known = read_known(options.audit);
    PublishedFiles files(options.paths);
    const AuditedSources sources = read_audited_sources(options, settings, known, console);
    AuditReport report(options, console);
    for (const auto& finding : sources.findings) report.add(finding);
    Judge judge(sources, known, report, console);
    explore_all(options, settings, sources, files,
                [&](FileResult& result) { judge.judge(result); });
    for (const auto& failure : files.failures()) console.fail(failure);
    report.add_passed_over(files.passed_over());
    report.add_uncovered(sources.uncovered);
    report.add_unused(known.unused());
    report.finish(sources.count, sources.index.segments().size());
}

}  // namespace paywall::tools
