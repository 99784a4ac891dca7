#include "tools/audit.hpp"

#include <memory>
#include <optional>
#include <system_error>

#include "audit/explorer.hpp"
#include "tools/accepted.hpp"
#include "tools/audit_baseline.hpp"
#include "tools/audit_report.hpp"
#include "tools/audit_sources.hpp"
#include "tools/audit_state.hpp"
#include "tools/digest.hpp"
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
    FileStatus status = {};
    std::optional<CleanFile> unchanged = std::nullopt;  ///< what it was, and so is: not searched
};

/// A file to be searched, or one that need not be.
struct FileItem {
    PublishedFile file;
    std::optional<CleanFile> unchanged;
};

/// Reads files and searches them. One for every thread.
class FileWorker {
public:
    FileWorker(const AuditedSources& sources, const std::vector<Parser>& dialects)
        : assets_(sources.assets), explorer_(sources.index, dialects) {}

    FileResult operator()(const FileItem& item) {
        const PublishedFile& file = item.file;
        FileResult result{file.shown, {}, {}};
        result.unchanged = item.unchanged;
        if (item.unchanged) return result;
        try {
            result.status = reader_.read(file, [&](const audit::Bytes& bytes) {
                result.explored = explorer_.explore(bytes, file.name);
                result.asset = assets_.find(file.shown, bytes);
            });
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
        if (result.unchanged) return report_.count_unchanged(result.path, *result.unchanged);
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

/// Those of the project and of its rules.
std::vector<Parser> dialects_of(const Options& options, const Settings& settings) {
    std::vector<Parser> dialects{settings.parser};
    for (std::size_t i = 0; i < settings.rules.size(); ++i)
        if (options.project->rules[i].settings.dialect)
            dialects.push_back(settings.rules[i].settings.parser);
    return dialects;
}

/// Stands for all that decides what is found in a file.
std::uint64_t search_of(const Options& options, const AuditedSources& sources) {
    std::string text = PAYWALL_VERSION;
    text.append("\n").append(std::to_string(options.audit.min_chars)).append("\n");
    text.append(options.deciding).append("\n").append(absolute_path(".")).append("\n");
    text.append(sources.assets.identity());
    text += std::to_string(stable_hash(sources.index.text()));
    return stable_hash(text);
}

/// What a file in which nothing was found is remembered as.
std::optional<CleanFile> clean_kind(const FileResult& result) {
    const auto& [leaks, residues, gaps] = result.explored;
    if (result.failure || result.asset != nullptr || !leaks.empty() || !residues.empty())
        return std::nullopt;
    if (gaps.empty()) return CleanFile::understood;
    const bool only_data = gaps.size() == 1 && gaps.front().kind == Gap::Kind::data;
    return only_data ? std::optional(CleanFile::data) : std::nullopt;
}

/// The published files of a run, with what earlier ones knew of them.
class Items {
public:
    Items(const Options& options, PublishedFiles& files, AuditState* state)
        : shard_(options.shard), files_(files), state_(state) {}

    [[nodiscard]] std::optional<FileItem> next() {
        auto file = files_.next();
        while (file && !is_in(shard_, file->shown)) file = files_.next();
        if (!file) return std::nullopt;
        FileItem item{std::move(*file), {}};
        item.unchanged = find(item.file);
        return item;
    }

    void remember(const FileResult& result) {
        if (state_ == nullptr || result.unchanged) return;
        if (const auto clean = clean_kind(result)) state_->put(result.path, result.status, *clean);
    }

private:
    /// A file of which nothing can be learned is searched, and reading it tells why.
    [[nodiscard]] std::optional<CleanFile> find(const PublishedFile& file) {
        if (state_ == nullptr) return std::nullopt;
        try {
            const auto status = files_.status_of(file);
            return status ? state_->find(file.shown, *status) : std::nullopt;
        } catch (const std::exception&) {
            return std::nullopt;
        }
    }

    const Shard& shard_;
    PublishedFiles& files_;
    AuditState* state_;
};

}  // namespace

void run_audit(const Options& options, const Settings& settings, Console& console) {
    Accepted known = read_known(options.audit);
    const auto baseline = read_baseline(options.audit);
    PublishedFiles files(options.paths);
    const AuditedSources sources = read_audited_sources(options, settings, known, console);
    AuditReport report(options, console);
    for (const auto& finding : sources.findings) report.add(finding);
    Judge judge(sources, known, report, console);
    std::optional<AuditState> state;
    if (options.audit.state) state.emplace(*options.audit.state, search_of(options, sources));
    Items items(options, files, state ? &*state : nullptr);
    const auto dialects = dialects_of(options, settings);
    run_in_order<FileItem, FileResult, FileWorker>(
        options.jobs, [&] { return items.next(); },
        [&] { return std::make_unique<FileWorker>(sources, dialects); },
        [&](FileResult& result) {
            items.remember(result);
            judge.judge(result);
        });
    if (state) state->save();
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
    report.finish(sources);
}

}  // namespace paywall::tools
