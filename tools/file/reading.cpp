#include "tools/file/reading.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

// O_NONBLOCK: opening a FIFO or a device must not wait; regular files do not care.
constexpr int reading_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
constexpr std::size_t smallest = std::size_t{64} << 10;

[[noreturn]] void fail_kind(mode_t mode, const std::string& shown) {
    fail(S_ISDIR(mode) ? EISDIR : EINVAL, shown, "not a regular file");
}

}  // namespace

void Buffer::reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(larger.get(), memory_.get(), size_);
    memory_ = std::move(larger);
    capacity_ = capacity;
}

/// Reads to the end of the file. `hint` is what its size seems to be: where just that comes,
/// and less than was asked for, no second call is made to learn that this was all.
void read_rest(int number, std::size_t hint, const std::string& shown, Buffer& buffer) {
    buffer.size_ = 0;
    buffer.reserve(std::max(hint + 1, smallest));
    while (true) {
        if (buffer.size_ == buffer.capacity_) buffer.reserve(buffer.capacity_ * 2);
        const std::size_t room = buffer.capacity_ - buffer.size_;
        const ssize_t got = ::read(number, buffer.memory_.get() + buffer.size_, room);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(errno, shown, "cannot read");
        buffer.size_ += static_cast<std::size_t>(got);
        if (got == 0) return;
        if (hint > 0 && buffer.size_ == hint && static_cast<std::size_t>(got) < room) return;
    }
}

namespace {

std::string_view read_regular(const Descriptor& file, const std::string& shown, Buffer& buffer) {
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) fail(errno, shown, "cannot stat");
    if (!S_ISREG(status.st_mode)) fail_kind(status.st_mode, shown);
    read_rest(file.number(), static_cast<std::size_t>(status.st_size), shown, buffer);
    return buffer.bytes();
}

}  // namespace

std::string_view read_file(const Directory& directory, const std::string& name, Links links,
                           Buffer& buffer) {
    const int flags = reading_flags | (links == Links::refuse ? O_NOFOLLOW : 0);
    const Descriptor file(::openat(directory.number(), name.c_str(), flags));
    if (!file.is_open()) {
        const bool link = errno == ELOOP && links == Links::refuse;
        fail(errno, directory.path_of(name),
             link ? "a symbolic link below a source directory is not followed" : "cannot open");
    }
    return read_regular(file, directory.path_of(name), buffer);
}

std::string_view read_named(const std::string& path, Buffer& buffer) {
    const Descriptor file = open_path(path, reading_flags);
    if (!file.is_open()) fail(errno, path, "cannot open");
    return read_regular(file, path, buffer);
}

std::string_view read_standard_input(Buffer& buffer) {
    read_rest(STDIN_FILENO, 0, "standard input", buffer);
    return buffer.bytes();
}

}  // namespace paywall::tools
