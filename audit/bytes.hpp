#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace paywall::audit {

/// The next bytes of something that is read from front to back; none at its end. Valid until the
/// next call.
using Stream = std::function<std::string_view()>;

/// The bytes of a file that need not be in memory.
struct Bytes {
    std::size_t size = 0;
    /// As many bytes from an offset on as are at hand: at least one before the end. Valid until the
    /// next call.
    std::function<std::string_view(std::size_t offset)> from;
};

[[nodiscard]] inline Bytes in_memory(std::string_view bytes) {
    return {bytes.size(),
            [bytes](std::size_t offset) { return bytes.substr(std::min(offset, bytes.size())); }};
}

/// From front to back. Views the bytes.
[[nodiscard]] inline Stream stream_of(const Bytes& bytes) {
    return [&bytes, offset = std::size_t{0}]() mutable {
        const auto part = bytes.from(offset);
        offset += part.size();
        return part;
    };
}

/// A copy of those in a range, as far as there are any.
[[nodiscard]] inline std::string copy_of(const Bytes& bytes, std::size_t offset,
                                         std::size_t length) {
    std::string copy;
    while (copy.size() < length) {
        const auto part = bytes.from(offset + copy.size());
        if (part.empty()) break;
        copy += part.substr(0, length - copy.size());
    }
    return copy;
}

/// All of them at once: where they lie, if they are in memory, or as a copy.
class Whole {
public:
    explicit Whole(const Bytes& bytes) : view_(bytes.from(0)) {
        if (view_.size() == bytes.size) return;
        copy_ = copy_of(bytes, 0, bytes.size);
        view_ = copy_;
    }
    Whole(const Whole&) = delete;
    Whole& operator=(const Whole&) = delete;

    [[nodiscard]] std::string_view view() const { return view_; }

private:
    std::string_view view_;
    std::string copy_;
};

}  // namespace paywall::audit
