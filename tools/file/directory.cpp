#include "tools/file/directory.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <memory>

#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

// O_PATH: enough to work below it, and no permission to list it is needed.
constexpr int directory_flags = O_PATH | O_DIRECTORY | O_CLOEXEC;

[[noreturn]] void fail_child(const Directory& parent, const std::string& name, int error) {
    const bool link = error == ENOTDIR && parent.kind_of(name) == EntryKind::link;
    fail(error, parent.path_of(name),
         link ? "a symbolic link is in the way" : "cannot open directory");
}

EntryKind kind_of_mode(mode_t mode) {
    if (S_ISREG(mode)) return EntryKind::file;
    if (S_ISDIR(mode)) return EntryKind::directory;
    return S_ISLNK(mode) ? EntryKind::link : EntryKind::other;
}

EntryKind kind_of_entry(const Directory& directory, const dirent& entry) {
    switch (entry.d_type) {
        case DT_REG:
            return EntryKind::file;
        case DT_DIR:
            return EntryKind::directory;
        case DT_LNK:
            return EntryKind::link;
        case DT_UNKNOWN:
            return directory.kind_of(entry.d_name).value_or(EntryKind::other);
        default:
            return EntryKind::other;
    }
}

std::optional<struct stat> status_of(const Directory& directory, const std::string& name) {
    struct stat status {};
    if (::fstatat(directory.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
        return status;
    if (errno == ENOENT) return std::nullopt;
    fail(errno, directory.path_of(name), "cannot stat");
}

}  // namespace

Directory Directory::open(const std::string& path) {
    Descriptor handle = open_path(path, directory_flags);
    if (!handle.is_open()) fail(errno, path, "cannot open directory");
    return Directory(std::move(handle), path);
}

Directory Directory::create(const std::string& path) {
    Descriptor handle = open_path(path, directory_flags);
    if (handle.is_open()) return Directory(std::move(handle), path);
    for (std::size_t at = path.find('/', 1); at != path.npos; at = path.find('/', at + 1))
        static_cast<void>(::mkdir(path.substr(0, at).c_str(), 0777));
    // Only the last answer counts: open() says whether a directory is there now.
    if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST && errno != EISDIR)
        fail(errno, path, "cannot create directory");
    return open(path);
}

Directory Directory::child(const std::string& name) const {
    Descriptor handle(::openat(number(), name.c_str(), directory_flags | O_NOFOLLOW));
    if (!handle.is_open()) fail_child(*this, name, errno);
    return Directory(std::move(handle), path_of(name));
}

std::optional<Directory> Directory::find_child(const std::string& name) const {
    Descriptor handle(::openat(number(), name.c_str(), directory_flags | O_NOFOLLOW));
    if (handle.is_open()) return Directory(std::move(handle), path_of(name));
    if (errno == ENOENT) return std::nullopt;
    fail_child(*this, name, errno);
}

Directory Directory::make_child(const std::string& name) const {
    if (::mkdirat(number(), name.c_str(), 0777) != 0 && errno != EEXIST)
        fail(errno, path_of(name), "cannot create directory");
    return child(name);
}

std::vector<Entry> Directory::entries() const {
    // A handle of its own: the position in a directory belongs to the open file.
    const int list = ::openat(number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(list < 0 ? nullptr : ::fdopendir(list),
                                                     &::closedir);
    if (!stream) fail(errno, shown_, "cannot read directory");
    std::vector<Entry> entries;
    errno = 0;
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            entries.push_back({std::string(name), kind_of_entry(*this, *entry), entry->d_ino});
        errno = 0;
    }
    if (errno != 0) fail(errno, shown_, "cannot read directory");
    return entries;
}

Identity Directory::identity() const {
    struct stat status {};
    if (::fstat(number(), &status) != 0) fail(errno, shown_, "cannot stat");
    return {status.st_dev, status.st_ino};
}

std::optional<EntryKind> Directory::kind_of(const std::string& name) const {
    const auto status = status_of(*this, name);
    return status ? std::optional(kind_of_mode(status->st_mode)) : std::nullopt;
}

std::optional<Identity> Directory::identity_of(const std::string& name) const {
    const auto status = status_of(*this, name);
    return status ? std::optional(Identity{status->st_dev, status->st_ino}) : std::nullopt;
}

void Directory::remove(const std::string& name) const {
    if (::unlinkat(number(), name.c_str(), 0) != 0 && errno != ENOENT)
        fail(errno, path_of(name), "cannot delete");
}

std::string Directory::path_of(std::string_view name) const {
    return join(shown_, name);
}

std::string join(std::string_view parent, std::string_view name) {
    if (parent.empty() || parent == ".") return std::string(name);
    std::string path(parent);
    if (path.back() != '/') path += '/';
    return path.append(name);
}

}  // namespace paywall::tools
