#include "tools/outputs.hpp"

#include <cerrno>

#include "tools/edition_name.hpp"
#include "tools/file/copying.hpp"
#include "tools/file/reading.hpp"
#include "tools/file/writing.hpp"

namespace paywall::tools {
Outputs::Outputs(const Options& options, const OutputTrees& trees, unsigned worker)
    : options_(options),
      temporary_(temporary_name(worker)),
      temporary_directory_(temporary_directory_name(worker)) {
    for (const auto kind : {EditionKind::preview, EditionKind::full}) {
        const auto& tree = trees.of(kind);
        if (!tree) continue;
        Tree& added = trees_.emplace_back(Tree{.kind = kind, .tree = &*tree});
        if (tree->published) {
            added.published.emplace(*tree->published);
            added.parent.emplace(*tree->published);
        }
        if (tree->staged) added.target.emplace(*tree->staged);
    }
}

namespace {

/// The directory and those above it, as far as they are empty.
void remove_empty(Cursor& tree, std::string_view directory) {
    while (!directory.empty()) {
        const std::string last = last_name(directory);
        directory = above(directory);
        const Directory* parent = tree.enter(directory, Missing::accept);
        if (parent != nullptr && !parent->remove_if_empty(last)) return;
    }
}

}  // namespace

KnownOutput Outputs::known_output(const FileStatus& status, const Digest& digest) const {
    // Trees that are made anew share their files, and that changes their status.
    const bool shared = options_.publication == Publication::all_or_nothing;
    return {status.identity.inode, status.size, status.modified, shared ? 0 : status.changed,
            digest};
}

/// Is what was found what a run wrote last, and just those bytes?
static bool is_known(const FileStatus& found, const std::optional<Known>& known, EditionKind kind,
                     const Digest& digest) {
    const auto& before = known ? known->outputs[index_of(kind)] : std::nullopt;
    return before && before->is_intact(found) && before->digest == digest;
}

/// What lies in the published tree where an output is to go. Nothing is put in the place of
/// anything but a regular file.
std::optional<FileStatus> Outputs::find(Tree& tree, OutputPlace place) {
    if (!tree.published || tree.tree->was_empty || tree.fresh) return std::nullopt;
    const Directory* directory = tree.published->enter(place.directory, Missing::accept);
    auto found = directory == nullptr ? std::nullopt : directory->status_of(place.name);
    if (found && found->kind != EntryKind::file)
        fail_in_the_way(*directory, place.name, found->kind);
    return found;
}

bool Outputs::are_intact(OutputPlace place, const Known& known, CopyTo where) {
    for (auto& tree : trees_) {
        if (!takes(tree, where)) {
            if (find(tree, place)) return false;
            continue;
        }
        const auto& output = known.outputs[index_of(tree.kind)];
        const auto found = output ? find(tree, place) : std::nullopt;
        if (!found || !output->is_intact(*found)) return false;
    }
    return true;
}

Outputs::Draft::Draft(Outputs& outputs, OutputPlace place)
    : place_(place), needs_digests_(outputs.options_.keeps_state()) {
    for (auto& tree : outputs.trees_) {
        found_[index_of(tree.kind)] = outputs.find(tree, place);
        outputs.make_file(tree, place, made_[index_of(tree.kind)].emplace());
    }
}

void Outputs::Draft::append(EditionKind kind, const Edition& edition) {
    auto& output = made_[index_of(kind)];
    if (!output) return;
    output->file->write(edition.pieces());
    output->fate.bytes += edition.size();
    if (!needs_digests_) return;
    for (const auto piece : edition.pieces()) digests_[index_of(kind)].add(piece);
}

OutputFates Outputs::put(Draft& draft, const std::optional<Known>& known) {
    OutputFates fates;
    for (auto& tree : trees_) {
        const auto i = index_of(tree.kind);
        auto& made = *draft.made_[i];
        const auto& found = draft.found_[i];
        const auto digest = options_.keeps_state() ? draft.digests_[i].digest() : Digest{};
        made.fate.change = Change::written;
        made.fate.now = KnownOutput{.digest = digest};
        const auto lies_there = [&] {
            const auto* published = tree.published->enter(draft.place_.directory, Missing::fail);
            return is_known(*found, known, tree.kind, digest) ||
                   made.file->is_same_as(*published, draft.place_.name);
        };
        if (found && found->size == made.fate.bytes && lies_there()) {
            made.fate.change = Change::unchanged;
            made.fate.now = known_output(*found, digest);
            made.file.reset();
        } else {
            made.file->complete();
        }
    }
    commit(draft.made_, fates);
    return fates;
}

/// `same` says whether what lies there holds the bytes already and what they come to; `write` puts
/// the bytes into a new file.
template <typename Same, typename Write>
OutputFates Outputs::settle(OutputPlace place, CopyTo where, const Same& same, const Write& write) {
    PerEdition<std::optional<Made>> made;
    OutputFates fates;
    for (auto& tree : trees_) {
        if (!takes(tree, where)) {
            fates[index_of(tree.kind)] = remove_copy(tree, place);
            continue;
        }
        Made& output = made[index_of(tree.kind)].emplace();
        const auto found = find(tree, place);
        output.fate = same(tree, found);
        if (output.fate.change == Change::unchanged) continue;
        output.fate.change = Change::written;
        if (options_.dry_run == DryRun::yes) continue;
        make_file(tree, place, output);
        write(tree, *output.file);
        output.file->complete();
    }
    commit(made, fates);
    return fates;
}

/// Puts what is complete in place, the preview first.
void Outputs::commit(PerEdition<std::optional<Made>>& made, OutputFates& fates) const {
    for (std::size_t i = 0; i < made.size(); ++i) {
        if (!made[i]) continue;
        fates[i] = made[i]->fate;
        if (!made[i]->file) continue;
        made[i]->file->commit();
        if (options_.keeps_state())
            fates[i]->now = known_output(made[i]->file->status(), fates[i]->now->digest);
        made[i]->file->close();
    }
}

void Outputs::make_file(Tree& tree, OutputPlace place, Made& output) const {
    if (!tree.target && !tree.fresh && !alone_.empty()) make_directory(tree);
    const auto make = [&](const Directory& directory, Surroundings surroundings) {
        output.file.emplace(directory, place.name, temporary_, surroundings);
    };
    if (tree.fresh) return make(tree.fresh->directory(), Surroundings::hidden);
    if (tree.target)
        return make(*tree.target->enter(place.directory, Missing::create), Surroundings::hidden);
    make(*tree.published->enter(place.directory, Missing::create), Surroundings::published);
}

/// Makes the directory that is filled alone, where it is missing.
void Outputs::make_directory(Tree& tree) const {
    if (!tree.tree->was_empty && tree.published->enter(alone_, Missing::accept) != nullptr) return;
    const Directory& parent = *tree.parent->enter(above(alone_), Missing::create);
    auto fresh = FreshDirectory::make(parent, last_name(alone_), temporary_directory_);
    if (fresh) tree.fresh.emplace(std::move(*fresh));
}

void Outputs::enter_alone(std::string_view directory) {
    for (auto& tree : trees_) tree.fresh.reset();
    alone_ = directory;
}

void Outputs::leave() {
    alone_ = {};
    std::vector<FreshDirectory> made;
    for (auto& tree : trees_) {
        if (tree.fresh) made.push_back(std::move(*tree.fresh));
        tree.fresh.reset();
    }
    for (auto& directory : made) directory.publish();
}

OutputFates Outputs::write(const Cutting& cutting, OutputPlace place,
                           const std::optional<Known>& known) {
    const auto edition = [&](const Tree& tree) -> const Edition& {
        return tree.kind == EditionKind::preview ? *cutting.preview : *cutting.full;
    };
    const auto same = [&](Tree& tree, const std::optional<FileStatus>& found) {
        OutputFate fate{.bytes = edition(tree).size()};
        Digest digest;
        if (options_.keeps_state()) digest = digest_of(edition(tree).pieces());
        fate.now = KnownOutput{.digest = digest};
        if (!found || found->size != fate.bytes) return fate;
        if (is_known(*found, known, tree.kind, digest) ||
            holds_bytes(*tree.published->enter(place.directory, Missing::fail), place.name,
                        edition(tree).pieces())) {
            fate.change = Change::unchanged;
            fate.now = known_output(*found, digest);
        }
        return fate;
    };
    const auto write = [&](const Tree& tree, AtomicFile& file) {
        file.write(edition(tree).pieces());
    };
    return settle(place, CopyTo::all, same, write);
}

bool Outputs::takes(const Tree& tree, CopyTo where) const {
    return where == CopyTo::all || !options_.withholds(tree.kind);
}

/// Of trees that are made anew it is left out.
std::optional<OutputFate> Outputs::remove_copy(Tree& tree, OutputPlace place) {
    const auto found = find(tree, place);
    if (!found) return std::nullopt;
    const bool acts = options_.dry_run == DryRun::no && !tree.target;
    if (acts) tree.published->enter(place.directory, Missing::fail)->remove(place.name);
    return OutputFate{Change::removed, found->size, std::nullopt};
}

OutputFates Outputs::copy(const Descriptor& asset, const FileStatus& status, OutputPlace place,
                          CopyTo where) {
    const auto same = [&](Tree& tree, const std::optional<FileStatus>& found) {
        OutputFate fate{.bytes = status.size, .now = KnownOutput{}};
        if (found && found->size == status.size &&
            holds_file(*tree.published->enter(place.directory, Missing::fail), place.name, asset)) {
            fate.change = Change::unchanged;
            fate.now = known_output(*found, {});
        }
        return fate;
    };
    const auto write = [&](const Tree&, AtomicFile& file) { file.copy(asset, place.name); };
    return settle(place, where, same, write);
}

OutputFates Outputs::withdraw(OutputPlace place, const std::optional<Known>& known) {
    OutputFates fates;
    for (auto& tree : trees_) {
        // One that withholds may show what its author means to gate now.
        const bool removes =
            options_.publication == Publication::each &&
            (options_.withholds(tree.kind) ? options_.on_refusal != OnRefusal::keep
                                           : options_.on_refusal == OnRefusal::remove);
        if (!tree.published) continue;
        const Directory* directory = tree.published->enter(place.directory, Missing::accept);
        const auto found = directory == nullptr ? std::nullopt : directory->status_of(place.name);
        if (!found) continue;
        if (removes && found->kind != EntryKind::file)
            fail(EEXIST, directory->path_of(place.name),
                 "not deleted, because it is no regular file");
        auto& fate = fates[index_of(tree.kind)].emplace();
        fate = {removes ? Change::removed : Change::kept, found->size, std::nullopt};
        if (!removes && known) fate.now = known->outputs[index_of(tree.kind)];
        if (removes && options_.dry_run == DryRun::no) directory->remove(place.name);
    }
    return fates;
}

OutputFates Outputs::retire(std::string_view path, const Known& known, Retire what) {
    const std::string_view directory = above(path);
    const std::string name = last_name(path);
    OutputFates fates;
    for (auto& tree : trees_) {
        const auto& output = known.outputs[index_of(tree.kind)];
        if (!output || !tree.published) continue;
        const bool acts = what == Retire::remove && options_.dry_run == DryRun::no && !tree.target;
        const Directory* place = tree.published->enter(directory, Missing::accept);
        const auto found = place == nullptr ? std::nullopt : place->status_of(name);
        const bool removes = what == Retire::remove && found && output->is_intact(*found);
        if (found)
            fates[index_of(tree.kind)] = {
                removes ? Change::removed : Change::kept, found->size, {}};
        if (removes && acts) place->remove(name);
        if (acts && (removes || !found)) remove_empty(*tree.published, directory);
    }
    return fates;
}

std::string tell_earlier(const Options& options, const OutputFates& fates,
                         std::string_view before) {
    std::string told;
    for (const auto kind : {EditionKind::preview, EditionKind::full}) {
        const auto& fate = fates[index_of(kind)];
        if (!fate) continue;
        if (!told.empty()) told += ", ";
        told.append(before).append(edition_name(options.reader(kind)));
        told += fate->change == Change::removed ? " deleted" : " kept";
    }
    return told;
}

}  // namespace paywall::tools
