#include "tools/file/writing.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>

#include "tools/file/attributes.hpp"
#include "tools/file/copying.hpp"

namespace paywall::tools {
namespace {

/// Pieces not yet written: whole ones from `next`, the first of them from `skip`.
struct Rest {
    std::size_t next = 0;
    std::size_t skip = 0;

    void advance(std::size_t written, const std::vector<std::string_view>& pieces) {
        while (next < pieces.size() && written >= pieces[next].size() - skip) {
            written -= pieces[next].size() - skip;
            skip = 0;
            ++next;
        }
        skip += written;
    }
};

bool wait_until_writable(int number) {
    pollfd waited{number, POLLOUT, 0};
    return ::poll(&waited, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

bool write_pieces(int number, const std::vector<std::string_view>& pieces) {
    std::array<iovec, IOV_MAX> vectors;
    Rest rest;
    rest.advance(0, pieces);
    while (rest.next < pieces.size()) {
        const std::size_t count = std::min(vectors.size(), pieces.size() - rest.next);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string_view piece = pieces[rest.next + i].substr(i == 0 ? rest.skip : 0);
            vectors[i] = {const_cast<char*>(piece.data()), piece.size()};
        }
        const ssize_t written = ::writev(number, vectors.data(), static_cast<int>(count));
        if (written >= 0)
            rest.advance(static_cast<std::size_t>(written), pieces);
        else if (errno == EAGAIN ? !wait_until_writable(number) : errno != EINTR)
            return false;
    }
    return true;
}

void write_stream(Stream stream, const std::vector<std::string_view>& pieces) {
    const int number = stream == Stream::output ? STDOUT_FILENO : STDERR_FILENO;
    if (!write_pieces(number, pieces) && stream == Stream::output)
        fail(errno, "standard output", "cannot write");
}

std::string temporary_name(unsigned worker) {
    return ".paywall-" + std::to_string(::getpid()) + "-" + std::to_string(worker) + ".tmp";
}

std::string temporary_directory_name(unsigned worker) {
    return ".paywall-" + std::to_string(::getpid()) + "-" + std::to_string(worker) + "-0.tmp";
}

bool is_temporary_name(std::string_view name) {
    constexpr std::string_view begin = ".paywall-";
    constexpr std::string_view end = ".tmp";
    if (name.size() <= begin.size() + end.size() || !name.starts_with(begin) ||
        !name.ends_with(end))
        return false;
    name = name.substr(begin.size(), name.size() - begin.size() - end.size());
    return name.find_first_not_of("0123456789-") == name.npos;
}

void fail_in_the_way(const Directory& directory, const std::string& name, EntryKind kind) {
    const std::string path = directory.path_of(name);
    if (kind == EntryKind::link) fail(EEXIST, path, "a symbolic link is in the way");
    if (kind == EntryKind::directory) fail(EISDIR, path, "a directory is in the way");
    fail(EEXIST, path, "something that is no regular file is in the way");
}

AtomicFile::AtomicFile(const Directory& directory, std::string_view name,
                       std::string_view temporary, Surroundings surroundings)
    : directory_(&directory), name_(name), temporary_(temporary) {
    if (surroundings == Surroundings::hidden) {
        temporary_ = name_;
        if (open_new(temporary_)) return;
        if (errno != EEXIST) fail(errno, directory.path_of(name), "cannot create");
        temporary_ = temporary;  // to the file system two names are one
    }
    file_ = Descriptor(::openat(directory.number(), ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0666));
    if (file_.is_open()) return;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT)
        fail(errno, directory.path_of(name), "cannot create");
    open_named(temporary);
}

/// False with errno set where that fails.
bool AtomicFile::open_new(const std::string& name) {
    constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    file_ = Descriptor(::openat(directory_->number(), name.c_str(), flags, 0666));
    if (file_.is_open()) has_ = Name::temporary;
    return file_.is_open();
}

void AtomicFile::open_named(std::string_view temporary) {
    // The name is taken where a killed run left its file and no lock says that it is nobody's.
    for (int attempt = 1; attempt <= 100; ++attempt) {
        if (open_new(temporary_)) return;
        if (errno != EEXIST) break;
        temporary_ = temporary;
        temporary_.insert(temporary_.rfind('.'), "-" + std::to_string(attempt));
    }
    fail(errno, directory_->path_of(name_), "cannot create");
}

AtomicFile::~AtomicFile() {
    if (has_ == Name::temporary) ::unlinkat(directory_->number(), temporary_.c_str(), 0);
}

void AtomicFile::write(const std::vector<std::string_view>& pieces) {
    if (!write_pieces(file_.number(), pieces))
        fail(errno, directory_->path_of(name_), "cannot write");
}

void AtomicFile::copy(const Descriptor& from, const std::string& shown) {
    copy_bytes(from, shown, file_, directory_->path_of(name_));
}

std::string_view AtomicFile::read_back(Buffer& buffer) const {
    return read_open(file_, directory_->path_of(name_), buffer);
}

/// Whether writing failed is known when a file is closed; one without a name would be gone then.
/// The file systems that have such files keep nothing back until closing.
void AtomicFile::complete() {
    if (has_ == Name::temporary && !file_.close())
        fail(errno, directory_->path_of(name_), "cannot write");
}

/// Gives the nameless file a name that nothing has. False where something has it.
bool AtomicFile::link(const std::string& name) {
    const int at = directory_->number();
    if (::linkat(file_.number(), "", at, name.c_str(), AT_EMPTY_PATH) == 0) return true;
    if (errno == ENOENT || errno == EPERM) {  // not allowed to everybody before Linux 6.10
        const std::string self = "/proc/self/fd/" + std::to_string(file_.number());
        if (::linkat(AT_FDCWD, self.c_str(), at, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return true;
    }
    if (errno == EEXIST) return false;
    fail(errno, directory_->path_of(name_), "cannot put the new file in place");
}

void AtomicFile::commit() {
    const int at = directory_->number();
    // Most outputs are new: then one call does it, and whatever lies there is not harmed.
    if (has_ == Name::temporary) {
        if (temporary_ == name_ ||
            ::renameat2(at, temporary_.c_str(), at, name_.c_str(), RENAME_NOREPLACE) == 0)
            has_ = Name::none;
        else
            replace();
        return;
    }
    if (!link(name_)) {
        take_temporary_name();
        replace();
    }
}

void AtomicFile::take_temporary_name() {
    if (has_ == Name::temporary) return;
    ::unlinkat(directory_->number(), temporary_.c_str(), 0);  // left by a killed run
    if (!link(temporary_)) fail(EEXIST, directory_->path_of(temporary_), "cannot create");
    has_ = Name::temporary;
}

void AtomicFile::commit_new() {
    const int at = directory_->number();
    if (has_ == Name::none && link(name_)) return;
    if (has_ == Name::temporary &&
        ::renameat2(at, temporary_.c_str(), at, name_.c_str(), RENAME_NOREPLACE) == 0) {
        has_ = Name::none;
        return;
    }
    fail(has_ == Name::none ? EEXIST : errno, directory_->path_of(name_),
         "cannot put the new file in place");
}

void AtomicFile::commit_over(const FileStatus& seen) {
    take_temporary_name();
    if (exchange(seen)) return;
    // Not for this file system: the moment between the two calls is the last that can be lost.
    if (directory_->status_of(name_) != seen)
        fail(EBUSY, directory_->path_of(name_), "was changed meanwhile");
    replace();
}

/// Gives each of the two files the other's name, and takes that back if the other was not what was
/// seen. False where the file system cannot.
bool AtomicFile::exchange(const FileStatus& seen) {
    const int at = directory_->number();
    const auto swap = [&] {
        return ::renameat2(at, temporary_.c_str(), at, name_.c_str(), RENAME_EXCHANGE) == 0;
    };
    if (!swap()) {
        if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) return false;
        fail(errno, directory_->path_of(name_), "cannot put the new file in place");
    }
    // What has the temporary name now is the user's until it is known to be what was seen.
    has_ = Name::none;
    struct stat status {};
    const bool is_told = ::fstatat(at, temporary_.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    const int error = is_told ? EBUSY : errno;
    auto old = status_from(status);
    old.changed = seen.changed;  // by the exchange itself
    if (!is_told || old != seen) {
        if (!swap())
            fail(errno, directory_->path_of(temporary_), "holds what was changed meanwhile");
        has_ = Name::temporary;
        fail(error, directory_->path_of(name_), is_told ? "was changed meanwhile" : "cannot stat");
    }
    ::unlinkat(at, temporary_.c_str(), 0);
    return true;
}

void AtomicFile::take_attributes(const Descriptor& from, const std::string& shown) {
    copy_attributes(from, shown, file_, directory_->path_of(name_));
}

void AtomicFile::synchronise() {
    if (::fsync(file_.number()) != 0) fail(errno, directory_->path_of(name_), "cannot write");
}

FileStatus AtomicFile::status() const {
    struct stat status {};
    const int failed = file_.is_open() ? ::fstat(file_.number(), &status)
                                       : ::fstatat(directory_->number(), name_.c_str(), &status,
                                                   AT_SYMLINK_NOFOLLOW);
    if (failed != 0) fail(errno, directory_->path_of(name_), "cannot stat");
    return status_from(status);
}

void AtomicFile::close() {
    if (!file_.close()) fail(errno, directory_->path_of(name_), "cannot write");
}

/// By the file of the temporary name.
void AtomicFile::replace() {
    const int at = directory_->number();
    const auto found = directory_->status_of(name_);
    if (found && found->kind != EntryKind::file) fail_in_the_way(*directory_, name_, found->kind);
    if (::renameat(at, temporary_.c_str(), at, name_.c_str()) != 0)
        fail(errno, directory_->path_of(name_), "cannot put the new file in place");
    has_ = Name::none;
}

}  // namespace paywall::tools
