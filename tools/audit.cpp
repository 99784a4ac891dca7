#include "tools/audit.hpp"

#include <memory>
#include <optional>
#include <system_error>

#include "audit/explorer.hpp"
#include "tools/accepted.hpp"
#include "tools/audit_baseline.hpp"
#include "tools/audit_report.hpp"
#include "tools/audit_sources.hpp"
#include "tools/file/path.hpp"
#include "tools/file/writing.hpp"
#include "tools/given.hpp"
#include "tools/in_order.hpp"
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
    const PaidAsset* asset = nullptr;  ///< that it is
};

/// Reads files and searches them. One for every thread.
class FileWorker {
public:
    FileWorker(const AuditedSources& sources, const Settings& settings)
        : assets_(sources.assets), explorer_(sources.index, settings.parser) {}

    FileResult operator()(const PublishedFile& file) {
        FileResult result{file.shown, {}, {}, {}};
        try {
            const auto bytes = reader_.read(file);
            result.explored = explorer_.explore(bytes, file.name);
            result.asset = assets_.find(file.shown, bytes);
        } catch (const std::system_error& error) {  // names the path
            result.failure = error.what();
        } catch (const std::exception& error) {
            result.failure = file.shown + ": " + error.what();
        }
        return result;
    }

private:
    const PaidAssets& assets_;
    audit::Explorer explorer_;
    PublishedReader reader_;
};

/// Turns what files hold into findings that are not known.
class Judge {
public:
    Judge(const AuditedSources& sources, Accepted& known, AuditReport& report, Console& console)
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
        if (result.asset != nullptr)
            say({.rule = FindingRule::paid_asset,
                 .path = result.path,
                 .location = {},
                 .layer = {},
                 .source = result.asset->source,
                 .source_location = result.asset->location});
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
    Accepted& known_;
    AuditReport& report_;
    Console& console_;
};

Accepted read_known(const AuditOptions& options) {
    if (!options.known) return {};
    Buffer buffer;
    return {read_given(*options.known, buffer), *options.known};
}

std::optional<Baseline> read_baseline(const AuditOptions& options) {
    if (!options.baseline) return std::nullopt;
    Buffer buffer;
    return Baseline(read_given(*options.baseline, buffer), *options.baseline);
}

/// A baseline that leaves documents out would let their gates go unseen.
void write_baseline(const std::string& path, const AuditedSources& sources, Console& console) {
    if (!sources.refused.empty())
        return console.note(path + ": not written, as a source is refused");
    const Directory directory = Directory::open(parent_of(path));
    AtomicFile file(directory, path.substr(path.rfind('/') + 1), temporary_name(0));
    file.write({sources.shares.to_text()});
    file.complete();
    file.commit();
    file.close();
}

/// The next file that is in the shard.
std::optional<PublishedFile> next_of(const Shard& shard, PublishedFiles& files) {
    auto file = files.next();
    while (file && !is_in(shard, file->shown)) file = files.next();
    return file;
}

}  // namespace

void run_audit(const Options& options, const Settings& settings, Console& console) {
    Accepted known = read_known(options.audit);
    const auto baseline = read_baseline(options.audit);
    PublishedFiles files(options.paths);
    const AuditedSources sources = read_audited_sources(options, settings, known, console);
    AuditReport report(options, console);
    for (const auto& finding : sources.findings) report.add(finding);
    Judge judge(sources, known, report, console);
    run_in_order<PublishedFile, FileResult, FileWorker>(
        options.jobs, [&] { return next_of(options.shard, files); },
        [&] { return std::make_unique<FileWorker>(sources, settings); },
        [&](FileResult& result) { judge.judge(result); });
    if (baseline)
        for (const auto& finding :
             baseline->compare(sources.shares, sources.refused, options.audit.max_fall))
            judge.say(finding);
    if (options.audit.write_baseline)
        write_baseline(*options.audit.write_baseline, sources, console);
    for (const auto& failure : files.failures()) console.fail(failure);
    report.add_passed_over(files.passed_over());
    report.add_uncovered(sources.uncovered);
    report.add_unused(known.unused());
    report.finish(sources.count, sources.index.segments().size());
}

}  // namespace paywall::tools
