#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/file/directory.hpp"

namespace paywall::tools {

/// Bytes read from one file after the other into the same memory.
class Buffer {
public:
    [[nodiscard]] std::string_view bytes() const { return {memory_.get(), size_}; }

private:
    friend void read_rest(int number, std::size_t hint, const std::string& shown, Buffer& buffer);
    friend std::string_view read_piece(const Descriptor& file, std::size_t offset,
                                       const std::string& shown, Buffer& buffer);
    friend bool read_halves(int number, std::size_t size, Buffer& buffer);
    struct Free {
        void operator()(char* memory) const;
    };
    void reserve(std::size_t capacity);

    std::unique_ptr<char[], Free> memory_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

enum class Links { refuse, follow };

/// Gives a regular file, open for reading, to `use`; gives it again, opened anew, if it changed
/// meanwhile. One that keeps changing is an error: never a mixture of what it was and is. So is
/// anything but a regular file, and it is never waited for. `Links::follow` is for files that a
/// user named. Returns what the file was while it was used.
using UseFile = std::function<void(const Descriptor& file, const FileStatus& status)>;
FileStatus read_steadily(const Directory& directory, const std::string& name, Links links,
                         const UseFile& use);

/// The same for a path that a user named.
FileStatus read_steadily(const std::string& path, const UseFile& use);

/// A piece of an open file, from an offset on; none at its end.
[[nodiscard]] std::string_view read_piece(const Descriptor& file, std::size_t offset,
                                          const std::string& shown, Buffer& buffer);

/// Reads on to the end of an open file. `hint` is what seems to be left of it.
[[nodiscard]] std::string_view read_rest(const Descriptor& file, std::size_t hint,
                                         const std::string& shown, Buffer& buffer);

/// Fills memory from where the file is read; less than all of it at the end only.
[[nodiscard]] std::size_t read_into(const Descriptor& file, char* memory, std::size_t size,
                                    const std::string& shown);

/// What a file held at one moment, and its status then.
struct Contents {
    std::string_view bytes;  ///< valid until the buffer is used again
    FileStatus status;
};

/// Reads all of a file, as read_steadily() does.
[[nodiscard]] Contents read_file(const Directory& directory, const std::string& name, Links links,
                                 Buffer& buffer);

/// Does a regular file hold just those bytes? No, where it cannot be read.
[[nodiscard]] bool holds_bytes(const Directory& directory, const std::string& name,
                               const std::vector<std::string_view>& pieces);
[[nodiscard]] bool holds_file(const Directory& directory, const std::string& name,
                              const Descriptor& other);

/// The same as read_file() for a path that a user named.
[[nodiscard]] Contents read_named(const std::string& path, Buffer& buffer);

/// All bytes of an open file from its start on, wherever it was read or written to. `size` is
/// what it seems to be.
[[nodiscard]] std::string_view read_open(const Descriptor& file, const std::string& shown,
                                         Buffer& buffer, std::size_t size = 0);

/// All of standard input, whatever it is.
[[nodiscard]] std::string_view read_standard_input(Buffer& buffer);

}  // namespace paywall::tools
