#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "tools/file/directory.hpp"

namespace paywall::tools {

/// Bytes read from one file after the other into the same memory.
class Buffer {
public:
    [[nodiscard]] std::string_view bytes() const { return {memory_.get(), size_}; }

private:
    friend void read_rest(int number, std::size_t hint, const std::string& shown, Buffer& buffer);
    void reserve(std::size_t capacity);

    std::unique_ptr<char[]> memory_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

enum class Links { refuse, follow };

/// The bytes of a regular file, valid until the buffer is used again. Anything else (directory,
/// FIFO, device) is an error, and never waited for. `Links::follow` is for files that a user
/// named. A file that grows or is cut short meanwhile is no danger.
[[nodiscard]] std::string_view read_file(const Directory& directory, const std::string& name,
                                         Links links, Buffer& buffer);

/// The same for a path that a user named.
[[nodiscard]] std::string_view read_named(const std::string& path, Buffer& buffer);

/// All of standard input, whatever it is.
[[nodiscard]] std::string_view read_standard_input(Buffer& buffer);

}  // namespace paywall::tools
