#include "tools/published.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "tools/exit_status.hpp"
#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

std::string without_slashes(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

/// The order of whole paths: a directory's name goes on with a slash.
std::string sort_key(const Entry& entry) {
    return entry.kind == EntryKind::directory ? entry.name + "/" : entry.name;
}

}  // namespace

PublishedFiles::PublishedFiles(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
        if (!find_path(path)) throw UsageError("no such file or directory: '" + path + "'");
        paths_.push_back(without_slashes(path));
    }
    std::ranges::sort(paths_);
    // std::ranges::unique is beyond clang 14.
    paths_.erase(std::unique(paths_.begin(), paths_.end()), paths_.end());
    roots_.reserve(paths_.size());  // files point to them
}

bool PublishedFiles::begin_next_path() {
    if (next_path_ == paths_.size()) return false;
    const std::string& path = paths_[next_path_++];
    const auto found = find_path(path);
    if (!found || found->kind != EntryKind::directory) {
        named_ = PublishedFile{path, nullptr, "", path};
        return true;
    }
    try {
        roots_.push_back(Directory::open(path));
        cursor_.emplace(roots_.back());
        descend(path == "." ? "" : path, "");
    } catch (const std::system_error& error) {
        failures_.emplace_back(error.what());
    }
    return true;
}

void PublishedFiles::descend(std::string shown, std::string relative) {
    try {
        auto entries = cursor_->enter(relative, Missing::fail)->entries();
        std::ranges::sort(entries, {}, sort_key);
        frames_.push_back({std::move(shown), std::move(relative), std::move(entries)});
    } catch (const std::system_error& error) {
        failures_.emplace_back(error.what());
    }
}

std::optional<PublishedFile> PublishedFiles::next() {
    while (true) {
        if (named_) return std::exchange(named_, std::nullopt);
        if (frames_.empty()) {
            if (!begin_next_path()) return std::nullopt;
            continue;
        }
        Frame& frame = frames_.back();
        if (frame.next == frame.entries.size()) {
            frames_.pop_back();
            continue;
        }
        const Entry& entry = frame.entries[frame.next++];
        std::string shown = join(frame.shown, entry.name);
        if (entry.kind == EntryKind::file)
            return PublishedFile{std::move(shown), &roots_.back(), frame.relative, entry.name};
        if (entry.kind == EntryKind::directory)
            descend(std::move(shown), join(frame.relative, entry.name));
        else
            passed_over_.push_back(std::move(shown));
    }
}

std::optional<FileStatus> PublishedFiles::status_of(const PublishedFile& file) {
    if (file.root == nullptr) return std::nullopt;
    return cursor_->enter(file.directory, Missing::fail)->status_of(file.name);
}

FileStatus PublishedReader::read(const PublishedFile& file,
                                 const std::function<void(const audit::Bytes&)>& use) {
    const auto use_file = [&](const Descriptor& open, const FileStatus& status) {
        constexpr std::size_t large = std::size_t{2} << 20;
        if (status.size <= large)
            return use(audit::in_memory(read_open(open, file.shown, buffer_, status.size)));
        use({status.size, [&](std::size_t offset) {
                 const auto piece = read_piece(open, offset, file.shown, buffer_);
                 return piece.substr(0, status.size - std::min(offset, status.size));
             }});
    };
    if (file.root == nullptr) return read_steadily(file.name, use_file);
    if (!cursor_ || &cursor_->root() != file.root) cursor_.emplace(*file.root);
    return read_steadily(*cursor_->enter(file.directory, Missing::fail), file.name, Links::refuse,
                         use_file);
}

}  // namespace paywall::tools
