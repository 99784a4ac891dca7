#include "tools/file/reading.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <tbb/parallel_invoke.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <new>
#include <thread>

#include "parser/large_pages.hpp"
#include "tools/file/copying.hpp"
#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

// O_NONBLOCK: opening a FIFO or a device must not wait; regular files do not care.
constexpr int reading_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
constexpr std::size_t smallest = std::size_t{64} << 10;
constexpr std::size_t worth_two_threads = std::size_t{16} << 20;

[[noreturn]] void fail_kind(mode_t mode, const std::string& shown) {
    fail(S_ISDIR(mode) ? EISDIR : EINVAL, shown, "not a regular file");
}

}  // namespace

void Buffer::Free::operator()(char* memory) const {
    free_large_pages(memory);
}

void Buffer::reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    auto* const memory = static_cast<char*>(allocate_in_large_pages(capacity));
    std::unique_ptr<char[], Free> larger(memory);
    if (size_ > 0) std::memcpy(larger.get(), memory_.get(), size_);
    memory_ = std::move(larger);
    capacity_ = capacity;
}

namespace {

/// Reads just these bytes, wherever the file is read or written to; nothing is told of what fails.
bool read_at(int number, char* to, std::size_t size, std::size_t offset) {
    while (size > 0) {
        const ssize_t got = ::pread(number, to, size, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        size -= static_cast<std::size_t>(got);
        offset += static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

/// The first `size` bytes of a file, its halves at once. False where it has not so many or they
/// cannot be read.
bool read_halves(int number, std::size_t size, Buffer& buffer) {
    char* const to = buffer.memory_.get();
    const std::size_t half = size / 2;
    bool first = false;
    bool second = false;
    tbb::parallel_invoke([&] { first = read_at(number, to, half, 0); },
                         [&] { second = read_at(number, to + half, size - half, half); });
    return first && second;
}

/// Reads to the end of the file. `hint` is what its size seems to be: where just that comes,
/// and less than was asked for, no second call is made to learn that this was all.
void read_rest(int number, std::size_t hint, const std::string& shown, Buffer& buffer) {
    buffer.size_ = 0;
    buffer.reserve(std::max(hint + 1, smallest));
    if (hint >= worth_two_threads && read_halves(number, hint, buffer)) {
        buffer.size_ = hint;  // where there is more by now, its status says so
        return;
    }
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

constexpr int most_attempts = 5;
constexpr std::int64_t second = 1'000'000'000;

/// The clock that the kernel takes a file's times from.
std::int64_t file_clock() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return static_cast<std::int64_t>(now.tv_sec) * second + now.tv_nsec;
}

/// Times without a fraction are those of a file system that counts in seconds.
std::int64_t tick_of(const FileStatus& status) {
    return status.modified % second == 0 && status.changed % second == 0 ? second : 0;
}

/// How long until a change after `now` must show in the file's times; none where they are of
/// another machine's clock, far ahead of this one's. A file takes its time when a write begins,
/// so one that was written to just now may still be written to.
std::int64_t until_changes_show(const FileStatus& status, std::int64_t now) {
    constexpr std::int64_t longest_write = 20'000'000;
    const std::int64_t ahead = status.changed + tick_of(status) + longest_write - now;
    return ahead < 0 || ahead > 2 * second ? 0 : ahead + 1;
}

void wait(std::int64_t nanoseconds) {
    constexpr std::int64_t tick = 4'000'000;  // of the kernel's clock, as a rule
    std::this_thread::sleep_for(std::chrono::nanoseconds(nanoseconds + tick));
}

FileStatus status_of(const Descriptor& file, const std::string& shown) {
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) fail(errno, shown, "cannot stat");
    if (!S_ISREG(status.st_mode)) fail_kind(status.st_mode, shown);
    return status_from(status);
}

template <typename Open>
FileStatus use_steadily(const Open& open, const std::string& shown, const UseFile& use) {
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        const Descriptor file = open();
        const FileStatus before = status_of(file, shown);
        const std::int64_t pause = until_changes_show(before, file_clock());
        if (pause > 0) {  // written to just now: a change while it is read could stay unseen
            wait(pause);
            continue;
        }
        use(file, before);
        if (status_of(file, shown) == before) return before;
    }
    fail(EBUSY, shown, "changes while it is read");
}

Descriptor open_entry(const Directory& directory, const std::string& name, Links links) {
    const int flags = reading_flags | (links == Links::refuse ? O_NOFOLLOW : 0);
    Descriptor file(::openat(directory.number(), name.c_str(), flags));
    if (file.is_open()) return file;
    const bool link = errno == ELOOP && links == Links::refuse;
    fail(errno, directory.path_of(name),
         link ? "a symbolic link below a source directory is not followed" : "cannot open");
}

}  // namespace

FileStatus read_steadily(const Directory& directory, const std::string& name, Links links,
                         const UseFile& use) {
    return use_steadily([&] { return open_entry(directory, name, links); }, directory.path_of(name),
                        use);
}

std::string_view read_rest(const Descriptor& file, std::size_t hint, const std::string& shown,
                           Buffer& buffer) {
    read_rest(file.number(), hint, shown, buffer);
    return buffer.bytes();
}

std::size_t read_into(const Descriptor& file, char* memory, std::size_t size,
                      const std::string& shown) {
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t got = ::read(file.number(), memory + filled, size - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(errno, shown, "cannot read");
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

FileStatus read_steadily(const std::string& path, const UseFile& use) {
    const auto open = [&] {
        Descriptor file = open_path(path, reading_flags);
        if (!file.is_open()) fail(errno, path, "cannot open");
        return file;
    };
    return use_steadily(open, path, use);
}

std::string_view read_piece(const Descriptor& file, std::size_t offset, const std::string& shown,
                            Buffer& buffer) {
    constexpr std::size_t piece = std::size_t{256} << 10;
    buffer.reserve(piece);
    while (true) {
        const ssize_t got = ::pread(file.number(), buffer.memory_.get(), buffer.capacity_,
                                    static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(errno, shown, "cannot read");
        buffer.size_ = static_cast<std::size_t>(got);
        return buffer.bytes();
    }
}

Contents read_file(const Directory& directory, const std::string& name, Links links,
                   Buffer& buffer) {
    const auto read = [&](const Descriptor& file, const FileStatus& status) {
        read_rest(file.number(), status.size, directory.path_of(name), buffer);
    };
    const FileStatus status = read_steadily(directory, name, links, read);
    return {buffer.bytes(), status};
}

bool holds_bytes(const Directory& directory, const std::string& name,
                 const std::vector<std::string_view>& pieces) {
    const Descriptor file(::openat(directory.number(), name.c_str(), reading_flags | O_NOFOLLOW));
    return file.is_open() && holds(file, pieces);
}

bool holds_file(const Directory& directory, const std::string& name, const Descriptor& other) {
    const Descriptor file(::openat(directory.number(), name.c_str(), reading_flags | O_NOFOLLOW));
    return file.is_open() && hold_the_same(file, other);
}

Contents read_named(const std::string& path, Buffer& buffer) {
    const auto read = [&](const Descriptor& file, const FileStatus& status) {
        read_rest(file.number(), status.size, path, buffer);
    };
    const FileStatus status = read_steadily(path, read);
    return {buffer.bytes(), status};
}

std::string_view read_open(const Descriptor& file, const std::string& shown, Buffer& buffer,
                           std::size_t size) {
    if (::lseek(file.number(), 0, SEEK_SET) != 0) fail(errno, shown, "cannot read");
    read_rest(file.number(), size, shown, buffer);
    return buffer.bytes();
}

std::string_view read_standard_input(Buffer& buffer) {
    read_rest(STDIN_FILENO, 0, "standard input", buffer);
    return buffer.bytes();
}

}  // namespace paywall::tools
