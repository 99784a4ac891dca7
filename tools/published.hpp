#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/bytes.hpp"
#include "tools/file/cursor.hpp"
#include "tools/file/directory.hpp"
#include "tools/file/reading.hpp"

namespace paywall::tools {

/// A published file, not read yet.
struct PublishedFile {
    std::string shown;      ///< its path as people know it
    const Directory* root;  ///< the directory named that holds it; none: it was named itself
    std::string directory;  ///< below the root
    std::string name;
};

/// Every regular file below the paths named, hidden ones too, in the order of their paths. Walks
/// as it goes, so that a tree of any size takes no more memory than its directories do. Symbolic
/// links and what is neither file nor directory are passed over and remembered. Lives as long as
/// its files are read.
class PublishedFiles {
public:
    /// Throws UsageError for a missing path.
    explicit PublishedFiles(const std::vector<std::string>& paths);

    [[nodiscard]] std::optional<PublishedFile> next();

    /// What the file system says of a file that next() has just given; none where it is gone.
    [[nodiscard]] std::optional<FileStatus> status_of(const PublishedFile& file);
    /// What was passed over so far.
    [[nodiscard]] const std::vector<std::string>& passed_over() const { return passed_over_; }
    /// Directories that could not be read so far, and why.
    [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }

private:
    struct Frame {
        std::string shown;
        std::string relative;
        std::vector<Entry> entries;
        std::size_t next = 0;
    };
    bool begin_next_path();
    void descend(std::string shown, std::string relative);

    std::vector<std::string> paths_;
    std::size_t next_path_ = 0;
    std::vector<Directory> roots_;
    std::optional<Cursor> cursor_;
    std::vector<Frame> frames_;
    std::optional<PublishedFile> named_;
    std::vector<std::string> passed_over_;
    std::vector<std::string> failures_;
};

/// Reads published files one after the other. One for every worker.
class PublishedReader {
public:
    /// Gives the bytes to `use`, which reads as much of them as it wants to; again from the start
    /// where the file changed meanwhile. Small files are in memory, large ones are read piece by
    /// piece. Throws std::system_error.
    FileStatus read(const PublishedFile& file, const std::function<void(const audit::Bytes&)>& use);

private:
    Buffer buffer_;
    std::optional<Cursor> cursor_;
};

}  // namespace paywall::tools
