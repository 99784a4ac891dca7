#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/file/directory.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// A directory that holds sources.
struct SourceDirectory {
    static constexpr std::size_t named = static_cast<std::size_t>(-1);

    std::string shown;     ///< its path as people know it; empty for the current directory
    std::string relative;  ///< below its root, and so below the output directories
    std::size_t root;      ///< which of Sources::roots; `named`: its files were named one by one
    std::uint64_t device = 0;  ///< of the directory; 0: not known
};

enum class FileRole : std::uint8_t {
    source,
    asset,  ///< copied as it is
};

struct SourceFile {
    std::uint32_t directory;  ///< which of Sources::directories
    FileRole role;
    std::string name;
    std::uint64_t inode;
};

/// What the walk left out.
struct Skipped {
    std::size_t links = 0;
    std::size_t hidden = 0;
    std::size_t others = 0;          ///< files that are neither sources nor assets
    std::vector<std::string> names;  ///< only with Verbosity::verbose

    [[nodiscard]] std::size_t all() const { return links + hidden + others; }
    /// `2 links, 1 hidden entry and 3 other files`.
    [[nodiscard]] std::string text() const;
};

/// The sources of a run, in the order of their paths. Nothing of them has been read.
struct Sources {
    std::vector<Directory> roots;
    std::vector<SourceDirectory> directories;
    std::vector<SourceFile> files;
    Skipped skipped;
    std::vector<std::string> failures;  ///< directories that could not be read, and why

    [[nodiscard]] std::string shown(const SourceFile& file) const;
    /// The path below the output directories.
    [[nodiscard]] std::string relative(const SourceFile& file) const;
    /// Do all come from the walk of one directory, so that no two can have one name?
    [[nodiscard]] bool are_one_tree() const;
};

/// Is that path in the shard? The same answer on every machine, whatever else is there.
[[nodiscard]] bool is_in(const Shard& shard, std::string_view path);

/// Finds them: walks the directories named, whole. Throws UsageError for a missing path and for
/// a file outside --base.
[[nodiscard]] Sources find_sources(const Options& options);

}  // namespace paywall::tools
