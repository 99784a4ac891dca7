#include "tools/trees.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include "tools/digest.hpp"
#include "tools/file/path.hpp"
#include "tools/file/writing.hpp"

namespace paywall::tools {
namespace {

/// Where the new tree of an output directory is made.
struct StagingPlace {
    Directory parent;
    std::string name;    ///< of the output directory
    std::string prefix;  ///< of all staging directories for it, whichever run's
    std::string staging;
};

StagingPlace staging_place(const std::string& path) {
    const std::string absolute = absolute_path(path);
    const std::size_t slash = absolute.rfind('/');
    std::string name = absolute.substr(slash + 1);
    // A hash: the name with anything added may be too long.
    std::string prefix = ".paywall-" + std::to_string(stable_hash(name)) + "-";
    std::string staging = prefix + temporary_name(0).substr(std::string_view(".paywall-").size());
    return {Directory::open(slash == 0 ? "/" : absolute.substr(0, slash)), std::move(name),
            std::move(prefix), std::move(staging)};
}

void remove_staging_of_killed_runs(const StagingPlace& place) {
    std::vector<Entry> entries;
    try {
        entries = place.parent.entries();
    } catch (const std::system_error&) {
        return;  // a directory that cannot be listed
    }
    for (const auto& entry : entries)
        if (entry.kind == EntryKind::directory && entry.name.starts_with(place.prefix) &&
            is_temporary_name(entry.name))
            remove_tree(place.parent, entry.name);
}

}  // namespace

OutputTrees::OutputTrees(const Options& options) : options_(options) {
    if (options.preview_directory) trees_[0] = OutputTree{*options.preview_directory, {}, {}};
    if (options.full_directory) trees_[1] = OutputTree{*options.full_directory, {}, {}};
}

OutputTrees::~OutputTrees() {
    try {
        discard();
    } catch (const std::exception&) {
        // The next run into the directory removes it.
    }
}

Waited OutputTrees::lock() {
    locks_.clear();
    std::vector<std::pair<Identity, std::string>> existing;
    for (const auto& tree : trees_) {
        const auto found = tree ? find_path(tree->path) : std::nullopt;
        if (found && found->kind == EntryKind::directory)
            existing.emplace_back(found->identity, tree->path);
    }
    // One order for all runs, so that no two wait for one another.
    std::sort(existing.begin(), existing.end());
    existing.erase(std::unique(existing.begin(), existing.end(),
                               [](const auto& a, const auto& b) { return a.first == b.first; }),
                   existing.end());
    Waited waited = Waited::no;
    for (const auto& [identity, path] : existing) {
        auto lock = DirectoryLock::take(path, Wait::no);
        if (!lock && options_.wait == Wait::no)
            throw std::runtime_error("'" + path +
                                     "' is being written by another run (--wait waits for it)");
        if (!lock) {
            waited = Waited::yes;
            lock = DirectoryLock::take(path, Wait::yes);
        }
        locks_.push_back(std::move(*lock));
    }
    return waited;
}

Waited OutputTrees::open() {
    const bool dry = options_.dry_run == DryRun::yes;
    bool made = false;
    for (auto& tree : trees_) {
        if (!tree) continue;
        if (!find_path(tree->path)) {
            if (dry) continue;
            static_cast<void>(Directory::create(tree->path));
            made = true;
        }
        tree->published = Directory::open(tree->path);
    }
    if (made && lock() == Waited::yes) return Waited::yes;
    for (auto& tree : trees_) {
        if (!tree || !tree->published) continue;
        tree->was_empty = tree->published->entries().empty();
        if (!dry && !tree->was_empty) remove_temporaries(*tree->published);
        if (!dry) stage(*tree);
    }
    return Waited::no;
}

void OutputTrees::stage(OutputTree& tree) {
    const StagingPlace place = staging_place(tree.path);
    remove_staging_of_killed_runs(place);
    if (options_.publication == Publication::all_or_nothing)
        tree.staged = place.parent.make_child(place.staging);
}

void OutputTrees::synchronise() const {
    std::vector<std::uint64_t> devices;
    for (const auto& lock : locks_) {
        const std::uint64_t device = lock.identity().device;
        if (std::count(devices.begin(), devices.end(), device) > 0) continue;
        devices.push_back(device);
        lock.synchronise();
    }
}

void OutputTrees::publish(const CarriesOver& carries) {
    for (const auto kind : {EditionKind::preview, EditionKind::full}) {
        const auto& tree = of(kind);
        if (!tree) continue;
        carry_over(*tree->published, *tree->staged,
                   [&](std::string_view path) { return carries(kind, path); });
    }
    synchronise();
    exchange_all();
    synchronise();
}

void OutputTrees::exchange_all() {
    std::vector<StagingPlace> exchanged;
    try {
        for (const auto& tree : trees_) {
            if (!tree) continue;
            StagingPlace place = staging_place(tree->path);
            exchange(place.parent, place.staging, place.name);
            exchanged.push_back(std::move(place));
        }
    } catch (const std::system_error&) {
        for (const auto& place : exchanged) exchange(place.parent, place.staging, place.name);
        throw;
    }
}

void OutputTrees::discard() {
    constexpr int attempts = 2;
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        try {
            for (auto& tree : trees_) {
                if (!tree || !tree->staged) continue;
                const StagingPlace place = staging_place(tree->path);
                remove_tree(place.parent, place.staging);
                tree->staged.reset();
            }
            return;
        } catch (const std::system_error&) {
            if (attempt == attempts) throw;
        }
    }
}

}  // namespace paywall::tools
