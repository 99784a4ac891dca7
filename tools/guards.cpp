#include "tools/guards.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "tools/file/cursor.hpp"
#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

struct Output {
    std::string path;
    Place place;
};

Output find_output(const std::string& path) {
    try {
        return {path, place_of(path)};
    } catch (const std::system_error& error) {
        const auto condition = error.code().default_error_condition();
        if (condition == std::errc::not_a_directory ||
            condition == std::errc::no_such_file_or_directory)
            throw UsageError(error.what());
        throw;
    }
}

void guard_directories(const std::vector<Output>& outputs, const Sources& sources) {
    if (outputs.size() == 2) {
        const bool outer = holds(outputs[0].place, outputs[1].place);
        const bool inner = holds(outputs[1].place, outputs[0].place);
        if (outer || inner)
            throw UsageError(outer && inner
                                 ? "previews and full editions would go to the same directory"
                                 : "one output directory lies inside the other");
    }
    for (const auto& output : outputs) {
        for (const auto& root : sources.roots) {
            const Place source = place_of(root.shown());
            if (holds(source, output.place) && holds(output.place, source))
                throw UsageError("the output directory '" + output.path +
                                 "' is the source directory '" + root.shown() + "'");
            if (holds(source, output.place))
                throw UsageError("the output directory '" + output.path +
                                 "' lies inside the source directory '" + root.shown() + "'");
            if (holds(output.place, source))
                throw UsageError("the source directory '" + root.shown() +
                                 "' lies inside the output directory '" + output.path + "'");
        }
    }
}

void guard_names(const Sources& sources) {
    std::vector<std::pair<std::string, const SourceFile*>> outputs;
    for (const auto& file : sources.files) outputs.emplace_back(sources.relative(file), &file);
    std::sort(outputs.begin(), outputs.end());
    const auto same = std::adjacent_find(
        outputs.begin(), outputs.end(),
        [](const auto& one, const auto& other) { return one.first == other.first; });
    if (same == outputs.end()) return;
    throw UsageError("'" + sources.shown(*same->second) + "' and '" +
                     sources.shown(*std::next(same)->second) + "' would both be written to '" +
                     same->first + "'");
}

/// Finds sources among what lies where editions are to go.
class OverwriteGuard {
public:
    explicit OverwriteGuard(const Sources& sources) : sources_(sources) {
        for (const auto& file : sources.files) by_inode_.emplace_back(file.inode, &file);
        std::sort(by_inode_.begin(), by_inode_.end());
    }

    void guard(const Directory& output) const {
        Cursor cursor(output);
        std::vector<bool> listed(sources_.directories.size());
        for (const auto& file : sources_.files) {
            const auto& directory = sources_.directories[file.directory];
            const bool named = directory.root == SourceDirectory::named;
            if (listed[file.directory] && !named) continue;
            listed[file.directory] = true;
            const Directory* place = find(cursor, directory.relative);
            if (place == nullptr) continue;
            try {
                if (named)
                    judge_named(*place, file);
                else
                    judge_listing(*place, file.directory);
            } catch (const std::system_error&) {
                // What may not be looked into may not be written into: told in the source's turn.
            }
        }
    }

private:
    /// A link or file in the way is told when the source's turn has come.
    static const Directory* find(Cursor& cursor, const std::string& relative) {
        try {
            return cursor.enter(relative, Missing::accept);
        } catch (const std::system_error&) {
            return nullptr;
        }
    }

    void judge_named(const Directory& place, const SourceFile& file) const {
        if (const auto found = place.status_of(file.name)) judge(place, file.name, found->identity);
    }

    /// One listing instead of a question for every file.
    void judge_listing(const Directory& place, std::uint32_t directory) const {
        const std::uint64_t device = place.identity().device;
        for (const auto& entry : place.entries())
            if (source_of({device, entry.inode}) != nullptr && is_output(directory, entry.name))
                judge(place, entry.name, {device, entry.inode});
    }

    void judge(const Directory& place, const std::string& name, const Identity& identity) const {
        if (const SourceFile* source = source_of(identity))
            throw UsageError("the output '" + place.path_of(name) + "' is the source '" +
                             sources_.shown(*source) + "'");
    }

    [[nodiscard]] bool is_output(std::uint32_t directory, const std::string& name) const {
        return std::any_of(sources_.files.begin(), sources_.files.end(), [&](const auto& file) {
            return file.directory == directory && file.name == name;
        });
    }

    [[nodiscard]] const SourceFile* source_of(const Identity& identity) const {
        auto at = std::lower_bound(by_inode_.begin(), by_inode_.end(),
                                   std::pair<std::uint64_t, const SourceFile*>(identity.inode, {}));
        for (; at != by_inode_.end() && at->first == identity.inode; ++at) {
            const std::uint64_t device = sources_.directories[at->second->directory].device;
            if (device != 0 && device != identity.device) continue;
            const auto found = find_path(sources_.shown(*at->second));
            if (found && found->identity == identity) return at->second;
        }
        return nullptr;
    }

    const Sources& sources_;
    std::vector<std::pair<std::uint64_t, const SourceFile*>> by_inode_;
};

}  // namespace

void guard_own_files(const Options& options) {
    const auto guard_file = [&](const std::optional<std::string>& file, const char* what) {
        if (!file) return;
        if (file->empty() || file->back() == '/')
            throw UsageError("'" + *file + "' is no name for a " + what);
        const Place place = find_output(parent_of(*file)).place;
        for (const auto& directory : options.output_directories())
            if (holds(find_output(directory).place, place))
                throw UsageError("the " + std::string(what) + " '" + *file +
                                 "' lies inside the output directory '" + directory + "'");
    };
    guard_file(options.state, "state");
    guard_file(options.report, "report");
}

void guard(const Options& options, const Sources& sources) {
    std::vector<Output> outputs;
    for (const auto& directory : {options.preview_directory, options.full_directory})
        if (directory) outputs.push_back(find_output(*directory));
    if (outputs.empty()) return;
    guard_directories(outputs, sources);
    if (!sources.are_one_tree()) guard_names(sources);
    const OverwriteGuard overwrite(sources);
    for (const auto& output : outputs)
        if (output.place.missing.empty()) overwrite.guard(Directory::open(output.path));
}

}  // namespace paywall::tools
