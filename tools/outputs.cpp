#include "tools/outputs.hpp"

#include <cerrno>

#include "tools/file/writing.hpp"

namespace paywall::tools {
namespace {

void prepare(std::optional<AtomicFile>& file, std::optional<Cursor>& tree, const Edition& edition,
             std::string_view directory, std::string_view name, std::string_view temporary) {
    if (!tree) return;
    file.emplace(*tree->enter(directory, Missing::create), name, temporary);
    file->write(edition.pieces());
}

enum class Fate { keep, remove };

std::string settle(std::optional<Cursor>& tree, Fate fate, std::string_view directory,
                   const std::string& name, std::string_view edition) {
    if (!tree) return {};
    const Directory* place = tree->enter(directory, Missing::accept);
    const auto kind = place == nullptr ? std::nullopt : place->kind_of(name);
    if (!kind) return {};
    if (fate == Fate::remove && *kind != EntryKind::file)
        fail(EEXIST, place->path_of(name), "not deleted, because it is no regular file");
    if (fate == Fate::remove) place->remove(name);
    return std::string("earlier ")
        .append(edition)
        .append(fate == Fate::keep ? " kept" : " deleted");
}

}  // namespace

OutputRoots open_outputs(const Options& options) {
    OutputRoots roots;
    if (options.preview_directory) roots.preview = Directory::create(*options.preview_directory);
    if (options.full_directory) roots.full = Directory::create(*options.full_directory);
    return roots;
}

Outputs::Outputs(const OutputRoots& roots, unsigned worker) : temporary_(temporary_name(worker)) {
    if (roots.preview) preview_.emplace(*roots.preview);
    if (roots.full) full_.emplace(*roots.full);
}

void Outputs::write(const Cutting& cutting, std::string_view directory, const std::string& name) {
    std::optional<AtomicFile> preview;
    std::optional<AtomicFile> full;
    prepare(preview, preview_, *cutting.preview, directory, name, temporary_);
    prepare(full, full_, *cutting.full, directory, name, temporary_);
    if (preview) preview->commit();
    if (full) full->commit();
}

std::string Outputs::withdraw(OnRefusal what, std::string_view directory, const std::string& name) {
    const Fate preview_fate = what == OnRefusal::keep ? Fate::keep : Fate::remove;
    const Fate full_fate = what == OnRefusal::remove ? Fate::remove : Fate::keep;
    std::string told = settle(preview_, preview_fate, directory, name, "preview");
    const std::string full = settle(full_, full_fate, directory, name, "full edition");
    if (!told.empty() && !full.empty()) told += ", ";
    return told + full;
}

}  // namespace paywall::tools
