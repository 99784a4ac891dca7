#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "tools/file/database.hpp"
#include "tools/file/status.hpp"

namespace paywall::tools {

/// A published file in which nothing was found.
enum class CleanFile : std::uint8_t {
    understood,
    data,  ///< searched as bytes only
};

/// Which published files earlier audits found clean, in an SQLite file: what has not changed
/// since, and is searched for the same text, need not be searched again. Each row carries a
/// checksum; what does not fit is searched. For any number of threads.
class AuditState {
public:
    /// `search` stands for all that is searched for and how. Throws UsageError where the file is
    /// something else, DatabaseError where it cannot be opened.
    AuditState(const std::string& path, std::uint64_t search);

    [[nodiscard]] std::optional<CleanFile> find(std::string_view path, const FileStatus& status);
    void put(std::string_view path, const FileStatus& status, CleanFile clean);
    /// Puts all on the disk; without it nothing is remembered. Throws DatabaseError.
    void save();

private:
    [[nodiscard]] std::uint64_t check(std::string_view path, const FileStatus& status,
                                      CleanFile clean) const;

    std::mutex mutex_;
    Database database_;
    std::optional<Statement> find_;
    std::optional<Statement> put_;
    std::uint64_t search_;
};

}  // namespace paywall::tools
