#include "tools/audit_state.hpp"

#include <array>
#include <cstring>

#include "tools/digest.hpp"
#include "tools/exit_status.hpp"

namespace paywall::tools {
namespace {

constexpr std::uint32_t application_id = 0x70617561;  // "paua"

const std::string& judged(const std::string& path) {
    if (find_database(path, application_id) == DatabaseFile::foreign)
        throw UsageError("'" + path + "' is no state of paywall audit");
    return path;
}

}  // namespace

AuditState::AuditState(const std::string& path, std::uint64_t search)
    : database_(judged(path), Database::Access::write), search_(search) {
    database_.execute(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
    database_.execute(
        "CREATE TABLE IF NOT EXISTS clean (path BLOB PRIMARY KEY, kind INTEGER, check_sum INTEGER) "
        "WITHOUT ROWID");
    database_.execute("BEGIN IMMEDIATE");
    find_ = database_.prepare("SELECT kind, check_sum FROM clean WHERE path = ?1");
    put_ = database_.prepare("INSERT OR REPLACE INTO clean VALUES (?1, ?2, ?3)");
}

/// Of the file, what it was and what was searched for: a row that fits says that all of it is as
/// it was.
std::uint64_t AuditState::check(std::string_view path, const FileStatus& status,
                                CleanFile clean) const {
    const std::array<std::uint64_t, 7> numbers = {search_,
                                                  static_cast<std::uint64_t>(clean),
                                                  status.identity.device,
                                                  status.identity.inode,
                                                  status.size,
                                                  static_cast<std::uint64_t>(status.modified),
                                                  static_cast<std::uint64_t>(status.changed)};
    std::string bytes(sizeof numbers, '\0');
    std::memcpy(bytes.data(), numbers.data(), sizeof numbers);
    return stable_hash(bytes.append(path));
}

std::optional<CleanFile> AuditState::find(std::string_view path, const FileStatus& status) {
    const std::lock_guard lock(mutex_);
    find_->bind(1, path);
    std::optional<CleanFile> found;
    if (find_->step()) {
        const auto clean = find_->integer(0) == 0 ? CleanFile::understood : CleanFile::data;
        if (static_cast<std::uint64_t>(find_->integer(1)) == check(path, status, clean))
            found = clean;
    }
    find_->reset();
    return found;
}

void AuditState::put(std::string_view path, const FileStatus& status, CleanFile clean) {
    const std::lock_guard lock(mutex_);
    put_->bind(1, path);
    put_->bind(2, static_cast<std::int64_t>(clean));
    put_->bind(3, static_cast<std::int64_t>(check(path, status, clean)));
    static_cast<void>(put_->step());
    put_->reset();
}

void AuditState::save() {
    database_.execute("COMMIT");
}

}  // namespace paywall::tools
