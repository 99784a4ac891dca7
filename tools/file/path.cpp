#include "tools/file/path.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <algorithm>
#include <cerrno>
#include <climits>
#include <filesystem>
#include <system_error>
#include <utility>

namespace paywall::tools {
namespace {

Identity identity_of(int number, const std::string& path) {
    struct stat status {};
    if (::fstat(number, &status) != 0) fail(errno, path, "cannot stat");
    return {status.st_dev, status.st_ino};
}

/// The identities from an open directory up to the root of the file system.
std::vector<Identity> chain_from(Descriptor directory, const std::string& path) {
    std::vector<Identity> chain{identity_of(directory.number(), path)};
    while (true) {
        directory =
            Descriptor(::openat(directory.number(), "..", O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!directory.is_open()) fail(errno, path, "cannot find its parent directories");
        const Identity parent = identity_of(directory.number(), path);
        if (parent == chain.back()) return chain;
        chain.push_back(parent);
    }
}

/// Splits the last name off a path without slashes at its end: `a/b` gives `a` and `b`.
std::string split_name(std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == path.npos) return std::exchange(path, ".");
    std::string name = path.substr(slash + 1);
    path.resize(std::max<std::size_t>(slash, 1));
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return name;
}

}  // namespace

Descriptor open_path(std::string_view path, int flags) {
    Descriptor at(AT_FDCWD);
    while (path.size() >= PATH_MAX) {
        const std::size_t slash = path.rfind('/', PATH_MAX - 2);
        if (slash == path.npos || slash == 0) break;
        const std::string head(path.substr(0, slash));
        Descriptor next(::openat(at.number(), head.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!next.is_open()) return next;
        at = std::move(next);
        path.remove_prefix(std::min(path.find_first_not_of('/', slash), path.size()));
    }
    return Descriptor(::openat(at.number(), std::string(path).c_str(), flags));
}

std::optional<FileStatus> program_file() {
    struct stat status {};
    if (::stat("/proc/self/exe", &status) != 0) return std::nullopt;
    return status_from(status);
}

std::optional<NamedFile> find_path(const std::string& path) {
    const Descriptor file = open_path(path, O_PATH | O_CLOEXEC);
    if (!file.is_open()) {
        if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
        return NamedFile{EntryKind::other, {}};
    }
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return NamedFile{EntryKind::other, {}};
    const EntryKind kind = S_ISDIR(status.st_mode)   ? EntryKind::directory
                           : S_ISREG(status.st_mode) ? EntryKind::file
                                                     : EntryKind::other;
    return NamedFile{kind, {status.st_dev, status.st_ino}};
}

std::string parent_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == path.npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

std::string absolute_path(const std::string& path) {
    std::error_code failed;
    auto found = std::filesystem::weakly_canonical(path, failed);
    if (failed) found = std::filesystem::absolute(path).lexically_normal();
    std::string native = found.native();
    while (native.size() > 1 && native.back() == '/') native.pop_back();
    return native;
}

Place place_of(const std::string& directory) {
    Place place;
    std::string path = directory;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    while (true) {
        Descriptor found = open_path(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (found.is_open()) {
            place.chain = chain_from(std::move(found), directory);
            return place;
        }
        if (errno != ENOENT) fail(errno, path, "cannot be an output directory");
        const std::string name = split_name(path);
        if (name == "..") fail(ENOENT, directory, "'..' follows a directory that does not exist");
        if (name != ".") place.missing.insert(place.missing.begin(), name);
    }
}

bool holds(const Place& outer, const Place& inner) {
    const auto& missing = outer.missing;
    if (missing.empty())
        return std::find(inner.chain.begin(), inner.chain.end(), outer.chain.front()) !=
               inner.chain.end();
    return outer.chain.front() == inner.chain.front() && missing.size() <= inner.missing.size() &&
           std::equal(missing.begin(), missing.end(), inner.missing.begin());
}

std::optional<std::string> relative_to(const std::string& base, const std::string& path) {
    const auto root = (std::filesystem::absolute(base) / "").lexically_normal();
    const auto file = std::filesystem::absolute(path).lexically_normal();
    const std::string& prefix = root.native();
    const std::string& whole = file.native();
    if (whole.size() <= prefix.size() || whole.compare(0, prefix.size(), prefix) != 0)
        return std::nullopt;
    return whole.substr(prefix.size());
}

}  // namespace paywall::tools
