#include "tools/departed.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

/// The paths of this run's sources, as numbers: a rare pair of equal ones only hides one that has
/// departed until the next change.
class Present {
public:
    explicit Present(const Sources& sources) {
        hashes_.reserve(sources.files.size());
        for (const auto& file : sources.files)
            hashes_.push_back(stable_hash(sources.relative(file)));
        std::sort(hashes_.begin(), hashes_.end());
    }

    [[nodiscard]] bool has(std::string_view path) const {
        return std::binary_search(hashes_.begin(), hashes_.end(), stable_hash(path));
    }

private:
    std::vector<std::uint64_t> hashes_;
};

/// A directory that sources of this run lie below.
struct Root {
    std::string absolute;
    std::string shown;
    enum class Kind { walked, base } kind;
};

std::vector<Root> roots_of(const Job& job) {
    std::vector<Root> roots;
    for (const auto& root : job.sources.roots)
        roots.push_back({absolute_path(root.shown()), root.shown(), Root::Kind::walked});
    const auto& base = job.options.base;
    roots.push_back({absolute_path(base), base == "." ? "" : base, Root::Kind::base});
    return roots;
}

/// Is there no regular file of that path? Throws where that cannot be found out.
bool is_gone(const std::string& root, std::string_view path) {
    const Directory directory = Directory::open(root);
    Cursor cursor(directory);
    try {
        const Directory* place = cursor.enter(above(path), Missing::accept);
        if (place == nullptr) return true;
        const auto found = place->status_of(last_name(path));
        return !found || found->kind != EntryKind::file;
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::not_a_directory) return true;
        throw;
    }
}

void judge(DepartedSource& source) {
    try {
        source.why = is_gone(source.root, source.path) ? DepartedSource::Why::gone
                                                       : DepartedSource::Why::not_selected;
    } catch (const std::system_error& error) {
        source.why = DepartedSource::Why::unknown;
        source.failure = error.what();
    }
}

std::string told_of(const Options& options, const DepartedSource& source, const Fate& fate) {
    const std::string outputs = tell_earlier(options, fate.outputs, "");
    return (source.why == DepartedSource::Why::gone ? "gone" : "no source of this run") +
           (outputs.empty() ? "" : ": " + outputs);
}

}  // namespace

std::vector<DepartedSource> find_departed(const Job& job, State& state) {
    const Present present(job.sources);
    const auto roots = roots_of(job);
    std::map<std::string, DepartedSource, std::less<>> departed;  // the state may give one twice
    state.visit([&](std::string_view root, std::string_view path, const Known& known) {
        const auto found = std::find_if(roots.begin(), roots.end(),
                                        [&](const Root& one) { return one.absolute == root; });
        if (found == roots.end() || present.has(path) || !is_in(job.options.shard, path)) return;
        DepartedSource source{join(found->shown, path), std::string(root), std::string(path),
                              known};
        judge(source);
        const bool elsewhere = found->kind == Root::Kind::base;
        if (!elsewhere || source.why != DepartedSource::Why::not_selected)
            departed.emplace(source.path, std::move(source));
    });
    std::vector<DepartedSource> list;
    for (auto& [path, source] : departed) list.push_back(std::move(source));
    return list;
}

PerEdition<std::set<std::string, std::less<>>> settle_departed(
    const Job& job, const Listeners& listeners, const std::vector<DepartedSource>& departed) {
    constexpr unsigned no_worker = 2'000'000;
    PerEdition<std::set<std::string, std::less<>>> removed;
    Outputs outputs(job.options, job.trees, no_worker);
    Counts counts;
    for (const auto& source : departed) {
        Fate fate{.verdict = Verdict::skipped};
        const bool removes =
            source.why == DepartedSource::Why::gone && job.options.departed == Departed::remove;
        try {
            if (source.why == DepartedSource::Why::unknown)
                throw std::runtime_error(source.failure);
            fate.outputs =
                outputs.retire(source.path, source.known,
                               removes ? Outputs::Retire::remove : Outputs::Retire::keep);
        } catch (const std::exception& error) {
            fate.verdict = Verdict::failed;
            fate.failure = error.what();
            fate.said.error = failure_line(error.what());
        }
        bool any = fate.verdict == Verdict::failed;
        bool kept = any;
        for (std::size_t i = 0; i < fate.outputs.size(); ++i) {
            if (!fate.outputs[i]) continue;
            any = true;
            if (fate.outputs[i]->change == Change::removed)
                removed[i].insert(source.path);
            else
                kept = true;
        }
        if (!kept && listeners.state != nullptr) listeners.state->forget(source.path);
        if (!any) continue;  // somebody has cleared up already
        if (!kept) fate.verdict = Verdict::removed;
        if (fate.failure.empty())
            fate.said.error = note_line(source.shown, told_of(job.options, source, fate));
        listeners.console.say(fate.said);
        if (listeners.report != nullptr) listeners.report->add(source.shown, source.path, fate);
        counts.add(fate);
    }
    listeners.console.add(counts);
    return removed;
}

}  // namespace paywall::tools
