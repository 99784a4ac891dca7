#include "tools/walk.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "tools/file/cursor.hpp"

namespace paywall::tools {
namespace {

constexpr std::array<std::string_view, 6> known_extensions = {"txt",  "md",  "markdown",
                                                              "html", "htm", "xhtml"};

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool has_known_extension(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos) return false;
    const auto same = [&](std::string_view extension) {
        return std::equal(extension.begin(), extension.end(), name.begin() + dot + 1, name.end(),
                          [](char one, char other) { return one == lower(other); });
    };
    return std::any_of(known_extensions.begin(), known_extensions.end(), same);
}

/// The order of whole paths: a directory's name goes on with a slash.
bool before(const Entry& one, const Entry& other) {
    const std::size_t shared = std::min(one.name.size(), other.name.size());
    const int compared = one.name.compare(0, shared, other.name, 0, shared);
    if (compared != 0) return compared < 0;
    const auto next = [&](const Entry& entry) {
        if (entry.name.size() > shared) return static_cast<unsigned char>(entry.name[shared]) + 1;
        return entry.kind == EntryKind::directory ? '/' + 1 : 0;
    };
    return next(one) < next(other);
}

std::string without_slashes(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

}  // namespace

Walk::Walk(const Options& options)
    : include_(make_globs(options.include)),
      exclude_(make_globs(options.exclude)),
      names_skipped_(options.verbosity == Verbosity::verbose) {}

bool Walk::selects(const std::string& name, const std::string& path) const {
    return include_.empty() ? has_known_extension(name) : matches_any(include_, path);
}

bool Walk::takes(const Entry& entry, const std::string& relative, Sources& sources) const {
    const bool hidden = entry.name.front() == '.';
    if (hidden || entry.kind == EntryKind::link) {
        ++(hidden ? sources.skipped.hidden : sources.skipped.links);
        return false;
    }
    const bool globs = !include_.empty() || !exclude_.empty();
    const std::string path = globs ? join(relative, entry.name) : std::string();
    if (!exclude_.empty() && matches_any(exclude_, path)) return false;
    // A FIFO or device with a source's name is taken: reading it fails, and that is told.
    return entry.kind == EntryKind::directory || selects(entry.name, path);
}

Walk::Frame Walk::read(std::uint32_t directory, const Directory& handle, Sources& sources) const {
    Frame frame{directory, handle.entries()};
    const std::string& relative = sources.directories[directory].relative;
    const auto unwanted = [&](const Entry& entry) {
        const std::size_t skipped = sources.skipped.links + sources.skipped.hidden;
        if (takes(entry, relative, sources)) return false;
        if (names_skipped_ && sources.skipped.links + sources.skipped.hidden > skipped)
            sources.skipped.names.push_back(join(sources.directories[directory].shown, entry.name));
        return true;
    };
    frame.entries.erase(std::remove_if(frame.entries.begin(), frame.entries.end(), unwanted),
                        frame.entries.end());
    std::sort(frame.entries.begin(), frame.entries.end(), before);
    return frame;
}

void Walk::add(const std::string& root, Sources& sources) const {
    const std::string shown = without_slashes(root);
    sources.roots.push_back(Directory::open(shown));
    const std::size_t number = sources.roots.size() - 1;
    Cursor cursor(sources.roots.back());
    std::vector<Frame> frames;

    const auto descend = [&](std::string path, std::string relative) {
        const auto directory = static_cast<std::uint32_t>(sources.directories.size());
        sources.directories.push_back({std::move(path), std::move(relative), number});
        try {
            const Directory& handle =
                *cursor.enter(sources.directories.back().relative, Missing::fail);
            sources.directories.back().device = handle.identity().device;
            frames.push_back(read(directory, handle, sources));
        } catch (const std::system_error& error) {
            sources.failures.emplace_back(error.what());
        }
    };
    descend(shown == "." ? "" : shown, "");
    while (!frames.empty()) {
        Frame& frame = frames.back();
        if (frame.next == frame.entries.size()) {
            frames.pop_back();
            continue;
        }
        Entry& entry = frame.entries[frame.next++];
        const SourceDirectory& parent = sources.directories[frame.directory];
        if (entry.kind == EntryKind::directory)
            descend(join(parent.shown, entry.name), join(parent.relative, entry.name));
        else
            sources.files.push_back({frame.directory, std::move(entry.name), entry.inode});
    }
}

}  // namespace paywall::tools
