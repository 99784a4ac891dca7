#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/file/descriptor.hpp"
#include "tools/file/status.hpp"

namespace paywall::tools {

struct Entry {
    std::string name;
    EntryKind kind;
    std::uint64_t inode;
};

/// A directory held open. All work below it is done relative to it and follows no symbolic
/// link, so that no path is resolved twice and no name is too long. Every failure is a
/// std::system_error with the path as people know it.
class Directory {
public:
    /// A directory that a user named: symbolic links on the way are followed.
    [[nodiscard]] static Directory open(const std::string& path);
    /// The same, made with its parents where it is missing.
    [[nodiscard]] static Directory create(const std::string& path);

    /// Directories in it; a symbolic link is an error.
    [[nodiscard]] Directory child(const std::string& name) const;
    [[nodiscard]] std::optional<Directory> find_child(const std::string& name) const;
    [[nodiscard]] Directory make_child(const std::string& name) const;
    /// Makes one that people know as `shown`; none where something has the name.
    [[nodiscard]] std::optional<Directory> make_new_child(const std::string& name,
                                                          std::string shown) const;

    /// All but `.` and `..`, unsorted.
    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] Identity identity() const;
    /// What a name in it is; none where nothing has the name. Links are not followed.
    [[nodiscard]] std::optional<FileStatus> status_of(const std::string& name) const;
    /// A file, or nothing, has the name after it.
    void remove(const std::string& name) const;
    /// Removes a directory in it, if that is empty. False where it is not.
    bool remove_if_empty(const std::string& name) const;
    /// A second handle that can be locked, listed and synchronised; it needs the permission to
    /// read the directory.
    [[nodiscard]] Descriptor readable() const;

    [[nodiscard]] int number() const { return handle_.number(); }
    [[nodiscard]] const std::string& shown() const { return shown_; }
    /// The path of a name in it, as people know it.
    [[nodiscard]] std::string path_of(std::string_view name) const;

private:
    Directory(Descriptor handle, std::string shown)
        : handle_(std::move(handle)), shown_(std::move(shown)) {}

    Descriptor handle_;
    std::string shown_;
};

/// The path of `name` in the directory `parent`; nothing is put before it where `parent` is
/// empty or `.`.
[[nodiscard]] std::string join(std::string_view parent, std::string_view name);
/// `a/b` of `a/b/c`; empty where there is none.
[[nodiscard]] std::string_view above(std::string_view path);
/// `c` of `a/b/c`.
[[nodiscard]] std::string last_name(std::string_view path);

}  // namespace paywall::tools
