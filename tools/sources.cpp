#include "tools/sources.hpp"

#include <algorithm>

#include "tools/digest.hpp"
#include "tools/file/path.hpp"
#include "tools/given.hpp"
#include "tools/text.hpp"
#include "tools/walk.hpp"

namespace paywall::tools {
namespace {

std::vector<std::string> split(std::string_view text, Separator separator) {
    const char end = separator == Separator::nul ? '\0' : '\n';
    std::vector<std::string> paths;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find(end), text.size());
        if (at > 0) paths.emplace_back(text.substr(0, at));
        text.remove_prefix(std::min(at + 1, text.size()));
    }
    return paths;
}

std::vector<std::string> listed_paths(const Options& options) {
    if (!options.files_from) return {};
    Buffer buffer;
    const std::string_view list = *options.files_from == "-"
                                      ? read_standard_input(buffer)
                                      : read_given(*options.files_from, buffer);
    if (options.separator == Separator::line && list.find('\0') != list.npos)
        throw UsageError("the paths of '" + *options.files_from + "' end with NUL: add -0");
    return split(list, options.separator);
}

/// Where a file named alone goes below the output directories: without them, nowhere.
std::string relative_directory(const Options& options, const std::string& path,
                               std::string_view parent) {
    if (!options.preview_directory && !options.full_directory) return std::string(parent);
    const auto relative = relative_to(options.base, path);
    if (!relative)
        throw UsageError("'" + path + "' lies outside the base directory '" + options.base +
                         "'; give a --base that holds it");
    return std::string(above(*relative));
}

void add_named(Sources& sources, const Options& options, const std::string& path,
               std::uint64_t inode) {
    const std::size_t name = path.rfind('/') + 1;  // npos + 1 is 0
    const std::string parent = path.substr(0, name > 1 ? name - 1 : name);
    auto& directories = sources.directories;
    // Lists come sorted as a rule: the last directory is likely to be this one.
    if (directories.empty() || directories.back().root != SourceDirectory::named ||
        directories.back().shown != parent)
        directories.push_back(
            {parent, relative_directory(options, path, parent), SourceDirectory::named});
    const auto directory = static_cast<std::uint32_t>(directories.size() - 1);
    sources.files.push_back({directory, FileRole::source, path.substr(name), inode});
}

void add_path(Sources& sources, const Options& options, const Walk& walk, const std::string& path) {
    const auto found = find_path(path);
    if (!found) throw UsageError("no such file or directory: '" + path + "'");
    if (found->kind == EntryKind::directory)
        walk.add(path, sources);
    else
        add_named(sources, options, path, found->identity.inode);
}

void sort(Sources& sources) {
    std::stable_sort(sources.files.begin(), sources.files.end(),
                     [&](const SourceFile& one, const SourceFile& other) {
                         if (one.directory == other.directory) return one.name < other.name;
                         return sources.shown(one) < sources.shown(other);
                     });
}

}  // namespace

std::string Skipped::text() const {
    std::vector<std::string> parts;
    if (links > 0) parts.push_back(counted(links, "link", "links"));
    if (hidden > 0) parts.push_back(counted(hidden, "hidden entry", "hidden entries"));
    if (others > 0) parts.push_back(counted(others, "other file", "other files"));
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text.append(i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ").append(parts[i]);
    return text;
}

std::string Sources::shown(const SourceFile& file) const {
    return join(directories[file.directory].shown, file.name);
}

std::string Sources::relative(const SourceFile& file) const {
    return join(directories[file.directory].relative, file.name);
}

bool Sources::are_one_tree() const {
    return roots.size() == 1 && directories.front().root != SourceDirectory::named &&
           directories.back().root != SourceDirectory::named;
}

bool is_in(const Shard& shard, std::string_view path) {
    return shard.count == 1 || stable_hash(path) % shard.count == shard.index - 1;
}

Sources find_sources(const Options& options) {
    Sources sources;
    const Walk walk(options);
    for (const auto& path : options.paths) add_path(sources, options, walk, path);
    for (const auto& path : listed_paths(options)) add_path(sources, options, walk, path);
    // The walk of one directory is in order already.
    if (!sources.are_one_tree()) sort(sources);
    if (options.shard.count > 1)
        std::erase_if(sources.files, [&](const SourceFile& file) {
            return !is_in(options.shard, sources.relative(file));
        });
    return sources;
}

}  // namespace paywall::tools
