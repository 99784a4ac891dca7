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
    const auto found = error == ENOTDIR ? parent.status_of(name) : std::nullopt;
    const bool link = found && found->kind == EntryKind::link;
    fail(error, parent.path_of(name),
         link ? "a symbolic link is in the way" : "cannot open directory");
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
            return directory.status_of(entry.d_name).value_or(FileStatus{}).kind;
        default:
            return EntryKind::other;
    }
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

std::optional<Directory> Directory::make_new_child(const std::string& name,
                                                   std::string shown) const {
    if (::mkdirat(number(), name.c_str(), 0777) != 0) {
        if (errno == EEXIST) return std::nullopt;
        fail(errno, shown, "cannot create directory");
    }
    Descriptor handle(::openat(number(), name.c_str(), directory_flags | O_NOFOLLOW));
    if (!handle.is_open()) {
        const int error = errno;
        ::unlinkat(number(), name.c_str(), AT_REMOVEDIR);
        fail(error, shown, "cannot open directory");
    }
    return Directory(std::move(handle), std::move(shown));
}

std::vector<Entry> Directory::entries() const {
    // A handle of its own: the position in a directory belongs to the open file.
    Descriptor handle = readable();
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(handle.number()), &::closedir);
    if (!stream) fail(errno, shown_, "cannot read directory");
    handle.release();
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

std::optional<FileStatus> Directory::status_of(const std::string& name) const {
    struct stat status {};
    if (::fstatat(number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
        return status_from(status);
    if (errno == ENOENT) return std::nullopt;
    fail(errno, path_of(name), "cannot stat");
}

void Directory::remove(const std::string& name) const {
    if (::unlinkat(number(), name.c_str(), 0) != 0 && errno != ENOENT)
        fail(errno, path_of(name), "cannot delete");
}

bool Directory::remove_if_empty(const std::string& name) const {
    if (::unlinkat(number(), name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT) return true;
    if (errno == ENOTEMPTY || errno == EEXIST) return false;
    fail(errno, path_of(name), "cannot delete");
}

Descriptor Directory::readable() const {
    Descriptor handle(::openat(number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!handle.is_open()) fail(errno, shown_, "cannot read directory");
    return handle;
}

std::string Directory::path_of(std::string_view name) const {
    return join(shown_, name);
}

std::string_view above(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

std::string last_name(std::string_view path) {
    return std::string(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
}

std::string join(std::string_view parent, std::string_view name) {
    if (parent.empty() || parent == ".") return std::string(name);
    std::string path(parent);
    if (path.back() != '/') path += '/';
    return path.append(name);
}

}  // namespace paywall::tools
