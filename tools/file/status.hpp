#pragma once

#include <compare>
#include <cstdint>

struct stat;

namespace paywall::tools {

/// What a file or directory is, whatever it is called.
struct Identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    friend auto operator<=>(const Identity&, const Identity&) = default;
};

enum class EntryKind { file, directory, link, other };

/// What the file system says of a file. A file that was written to differs in it from what it
/// was, unless both happened within one tick of the file system's clock.
struct FileStatus {
    EntryKind kind = EntryKind::other;
    Identity identity;
    std::uint64_t size = 0;
    std::int64_t modified = 0;  ///< its content: nanoseconds since 1970
    std::int64_t changed = 0;   ///< its content, name, owner or mode: the same

    friend bool operator==(const FileStatus&, const FileStatus&) = default;
};

[[nodiscard]] FileStatus status_from(const struct stat& status);

}  // namespace paywall::tools
