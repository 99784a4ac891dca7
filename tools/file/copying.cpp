#include "tools/file/copying.hpp"

#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string_view>
#include <vector>

#include "tools/file/writing.hpp"

namespace paywall::tools {
namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 30;
constexpr std::size_t block = std::size_t{1} << 18;

/// Bytes of a file one after the other, from its start on.
class Blocks {
public:
    explicit Blocks(const Descriptor& file) : file_(file), memory_(block) {}

    /// At most `most` bytes, no more than a block; empty at the end. False where reading fails.
    bool next(std::string_view& bytes, std::size_t most = block) {
        ssize_t got = 0;
        do {
            got = ::pread(file_.number(), memory_.data(), std::min(most, block), offset_);
        } while (got < 0 && errno == EINTR);
        if (got < 0) return false;
        offset_ += got;
        bytes = {memory_.data(), static_cast<std::size_t>(got)};
        return true;
    }

private:
    const Descriptor& file_;
    std::vector<char> memory_;
    off_t offset_ = 0;
};

/// By read and write: every file system has these.
void copy_by_hand(const Descriptor& from, const std::string& from_shown, const Descriptor& to,
                  const std::string& to_shown) {
    Blocks blocks(from);
    std::string_view bytes;
    do {
        if (!blocks.next(bytes)) fail(errno, from_shown, "cannot read");
        if (!write_pieces(to.number(), {bytes})) fail(errno, to_shown, "cannot write");
    } while (!bytes.empty());
}

bool is_refusal(int error) {  // of the call, not of the bytes: another way may work
    return error == EXDEV || error == EINVAL || error == EOPNOTSUPP || error == ENOSYS ||
           error == EPERM || error == EBADF;
}

}  // namespace

void copy_bytes(const Descriptor& from, const std::string& from_shown, const Descriptor& to,
                const std::string& to_shown) {
    if (::ioctl(to.number(), FICLONE, from.number()) == 0) return;
    loff_t offset = 0;
    while (true) {
        const ssize_t copied =
            ::copy_file_range(from.number(), &offset, to.number(), nullptr, most_at_once, 0);
        if (copied > 0 || (copied < 0 && errno == EINTR)) continue;
        if (copied < 0 && !is_refusal(errno)) fail(errno, to_shown, "cannot copy");
        // Nothing at all may also be said of a file that the call cannot read.
        if (offset == 0) copy_by_hand(from, from_shown, to, to_shown);
        return;
    }
}

bool hold_the_same(const Descriptor& one, const Descriptor& other) {
    Blocks ones(one);
    Blocks others(other);
    std::string_view a;
    std::string_view b;
    do {
        if (!ones.next(a) || !others.next(b) || a != b) return false;
    } while (!a.empty());
    return true;
}

bool holds(const Descriptor& file, const std::vector<std::string_view>& pieces) {
    Blocks blocks(file);
    std::string_view bytes;
    for (auto piece : pieces) {
        for (; !piece.empty(); piece.remove_prefix(bytes.size()))
            if (!blocks.next(bytes, piece.size()) || bytes.empty() || !piece.starts_with(bytes))
                return false;
    }
    return blocks.next(bytes) && bytes.empty();
}

}  // namespace paywall::tools
