#include "tools/file/status.hpp"

#include <sys/stat.h>

namespace paywall::tools {
namespace {

EntryKind kind_from(mode_t mode) {
    if (S_ISREG(mode)) return EntryKind::file;
    if (S_ISDIR(mode)) return EntryKind::directory;
    return S_ISLNK(mode) ? EntryKind::link : EntryKind::other;
}

std::int64_t nanoseconds(const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FileStatus status_from(const struct stat& status) {
    return {.kind = kind_from(status.st_mode),
            .identity = {status.st_dev, status.st_ino},
            .size = static_cast<std::uint64_t>(status.st_size),
            .modified = nanoseconds(status.st_mtim),
            .changed = nanoseconds(status.st_ctim)};
}

}  // namespace paywall::tools
