#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/file/descriptor.hpp"
#include "tools/file/directory.hpp"

namespace paywall::tools {

/// Opens a path that a user named, of any length, following symbolic links. Not open, with
/// errno set, where that fails.
[[nodiscard]] Descriptor open_path(std::string_view path, int flags);

/// The file that this program runs from, where the system tells.
[[nodiscard]] std::optional<FileStatus> program_file();

struct NamedFile {
    EntryKind kind;  ///< never `link`: it was followed
    Identity identity;
};

/// What a path that a user named leads to; none where nothing is there. Other failures (no
/// permission) make it a file of `kind` other: reading it will tell.
[[nodiscard]] std::optional<NamedFile> find_path(const std::string& path);

/// The directory part of a path, by its text: `.` where it has none.
[[nodiscard]] std::string parent_of(const std::string& path);

/// The path from the root of the file system, without links, `.` and `..`, as far as it exists.
[[nodiscard]] std::string absolute_path(const std::string& path);

/// Where a directory is or would be: itself (or its nearest existing ancestor) with all
/// ancestors, and the names below that do not exist yet.
struct Place {
    std::vector<Identity> chain;
    std::vector<std::string> missing;
};

/// Follows links. Throws std::system_error where something that is no directory is in the way,
/// or `..` follows a missing name.
[[nodiscard]] Place place_of(const std::string& directory);

/// Is `inner` the same directory as `outer`, or below it?
[[nodiscard]] bool holds(const Place& outer, const Place& inner);

/// The path below the base directory, by names alone; none where it is not below. Neither `.`
/// nor `..` is in it.
[[nodiscard]] std::optional<std::string> relative_to(const std::string& base,
                                                     const std::string& path);

}  // namespace paywall::tools
