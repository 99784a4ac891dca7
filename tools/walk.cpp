#include "tools/walk.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <system_error>

#include "tools/file/cursor.hpp"

namespace paywall::tools {
namespace {

constexpr std::array<std::string_view, 6> source_extensions = {"txt",  "md",  "markdown",
                                                               "html", "htm", "xhtml"};
/// What pages show and that holds no text of an article: images, fonts, audio, video, styles.
constexpr auto asset_extensions = std::to_array<std::string_view>(
    {"apng", "avif", "bmp", "gif", "ico",  "jpeg",  "jpg", "png",  "svg", "tif", "tiff",
     "webp", "eot",  "otf", "ttf", "woff", "woff2", "aac", "flac", "m4a", "mp3", "oga",
     "ogg",  "opus", "wav", "m4v", "mov",  "mp4",   "ogv", "webm", "css"});

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool has_extension(std::string_view name, std::span<const std::string_view> extensions) {
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos) return false;
    const auto same = [&](std::string_view extension) {
        return std::equal(extension.begin(), extension.end(), name.begin() + dot + 1, name.end(),
                          [](char one, char other) { return one == lower(other); });
    };
    return std::any_of(extensions.begin(), extensions.end(), same);
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

bool is_source_name(const std::string& name, const std::vector<std::string>& include) {
    return include.empty() ? has_extension(name, source_extensions)
                           : matches_any(make_globs(include), name);
}

Walk::Walk(const Options& options)
    : include_(make_globs(options.include)),
      exclude_(make_globs(options.exclude)),
      copy_(make_globs(options.copy)),
      assets_(options.assets),
      names_skipped_(options.verbosity == Verbosity::verbose) {}

Walk::Part Walk::part_of_file(const std::string& name, const std::string& path) const {
    const bool source =
        include_.empty() ? has_extension(name, source_extensions) : matches_any(include_, path);
    if (source) return Part::source;
    const bool asset = (assets_ == Assets::copy && has_extension(name, asset_extensions)) ||
                       matches_any(copy_, path);
    return asset ? Part::asset : Part::none;
}

Walk::Part Walk::part_of(const Entry& entry, const std::string& relative, Skipped& skipped) const {
    const bool hidden = entry.name.front() == '.';
    if (hidden || entry.kind == EntryKind::link) {
        ++(hidden ? skipped.hidden : skipped.links);
        return Part::none;
    }
    const bool globs = !include_.empty() || !exclude_.empty() || !copy_.empty();
    const std::string path = globs ? join(relative, entry.name) : std::string();
    if (!exclude_.empty() && matches_any(exclude_, path)) return Part::none;
    // A FIFO or device with a source's name is taken: reading it fails, and that is told.
    if (entry.kind == EntryKind::directory) return Part::directory;
    const Part part = part_of_file(entry.name, path);
    if (part == Part::none) ++skipped.others;
    return part;
}

Walk::Frame Walk::read(std::uint32_t directory, const Directory& handle, Sources& sources) const {
    Frame frame{directory, {}};
    const std::string& relative = sources.directories[directory].relative;
    Skipped& skipped = sources.skipped;
    for (auto& entry : handle.entries()) {
        const std::size_t before = skipped.all();
        const Part part = part_of(entry, relative, skipped);
        if (part != Part::none)
            frame.entries.push_back({std::move(entry), part});
        else if (names_skipped_ && skipped.all() > before)
            skipped.names.push_back(join(sources.directories[directory].shown, entry.name));
    }
    std::sort(
        frame.entries.begin(), frame.entries.end(),
        [](const Wanted& one, const Wanted& other) { return before(one.entry, other.entry); });
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
        auto& [entry, part] = frame.entries[frame.next++];
        const SourceDirectory& parent = sources.directories[frame.directory];
        if (part == Part::directory)
            descend(join(parent.shown, entry.name), join(parent.relative, entry.name));
        else
            sources.files.push_back({frame.directory,
                                     part == Part::asset ? FileRole::asset : FileRole::source,
                                     std::move(entry.name), entry.inode});
    }
}

}  // namespace paywall::tools
