#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/file/directory.hpp"

namespace paywall::tools {

/// A file of the user's that is to hold other bytes.
struct Replacement {
    const Directory& directory;
    std::string name;
    FileStatus seen;                         ///< what it was when it was read
    std::string_view bytes;                  ///< what it is to hold
    std::optional<std::string> backup = {};  ///< a name beside it for what it held; none: no copy
    std::string temporary;  ///< a name that no other writer of this run uses at the same time
};

/// Puts a new file in the place of the old one, whole and on the disk, with its owner, permissions
/// and attributes. Throws std::system_error, and leaves everything as it was, where the file is a
/// symbolic link or no regular file, is no longer what was seen, or where the backup's name is
/// taken. Other names of the same file (hard links) keep what it held.
void replace_file(const Replacement& replacement);

}  // namespace paywall::tools
