#include "tools/file/lock.hpp"

#include <sys/file.h>
#include <unistd.h>
#include <cerrno>

namespace paywall::tools {
namespace {

/// False where another process holds it.
bool lock(const Descriptor& handle, const std::string& path, Wait wait) {
    while (::flock(handle.number(), LOCK_EX | (wait == Wait::no ? LOCK_NB : 0)) != 0) {
        if (errno == EWOULDBLOCK) return false;
        if (errno != EINTR) fail(errno, path, "cannot lock");
    }
    return true;
}

}  // namespace

std::optional<DirectoryLock> DirectoryLock::take(const std::string& path, Wait wait) {
    while (true) {
        const Directory directory = Directory::open(path);
        Descriptor handle = directory.readable();
        if (!lock(handle, path, wait)) return std::nullopt;
        const Identity identity = directory.identity();
        if (Directory::open(path).identity() == identity)
            return DirectoryLock(std::move(handle), path, identity);
    }
}

void DirectoryLock::synchronise() const {
    while (::syncfs(handle_.number()) != 0)
        if (errno != EINTR) fail(errno, shown_, "cannot write everything to the disk");
}

}  // namespace paywall::tools
