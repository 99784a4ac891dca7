#include "tools/file/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <cerrno>

#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

constexpr int patience = 60'000;  // milliseconds that another run's transaction is waited for
constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr std::size_t application_id_offset = 68;  // big endian; sqlite.org/fileformat2.html, 1.3

[[noreturn]] void fail_with(sqlite3* database, int code) {
    const int primary = code & 0xFF;
    const bool damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    throw DatabaseError(damaged ? DatabaseError::Kind::damaged : DatabaseError::Kind::failed,
                        database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code));
}

bool exists(const std::string& path) {
    return find_path(path).has_value();
}

/// The path as a URI, whatever its bytes: what would mean something in one is escaped.
std::string uri_of(const std::string& path, std::string_view query) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = path.front() == '/' ? "file://" : "file:";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
        if (plain)
            uri += c;
        else
            uri.append({'%', digits[byte / 16], digits[byte % 16]});
    }
    return uri.append(query);
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Statement::bind(int parameter, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), parameter, value);
}

void Statement::bind(int parameter, std::string_view bytes) {
    sqlite3_bind_blob64(statement_.get(), parameter, bytes.data() == nullptr ? "" : bytes.data(),
                        bytes.size(), SQLITE_STATIC);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    sqlite3* database = sqlite3_db_handle(statement_.get());
    if (code != SQLITE_DONE) {
        const int kept = sqlite3_extended_errcode(database);
        fail_with(database, kept == SQLITE_OK ? code : kept);
    }
    reset();
    return false;
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return {static_cast<const char*>(data), data == nullptr ? 0 : size};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Database::Database(const std::string& path, Access access) {
    // Reading a database in WAL mode makes files beside it, unless its WAL was written back.
    const bool settled = access == Access::read && !exists(path + "-wal");
    const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (access == Access::read ? SQLITE_OPEN_READONLY
                                              : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* database = nullptr;
    const std::string uri = uri_of(path, settled ? "?immutable=1" : "");
    const int code = sqlite3_open_v2(uri.c_str(), &database, flags, nullptr);
    handle_.reset(database);
    if (code != SQLITE_OK) fail_with(database, code);
    sqlite3_busy_timeout(database, patience);
}

void Database::execute(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail_with(handle_.get(), code);
}

Statement Database::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail_with(handle_.get(), code);
    return Statement(statement);
}

DatabaseFile find_database(const std::string& path, std::uint32_t application_id) {
    const Descriptor file = open_path(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (!file.is_open() && errno == ENOENT) return DatabaseFile::missing;
    if (!file.is_open()) fail(errno, path, "cannot open");
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) fail(errno, path, "cannot stat");
    if (!S_ISREG(status.st_mode)) return DatabaseFile::foreign;
    if (status.st_size == 0) return DatabaseFile::missing;
    std::array<char, 100> header{};
    const ssize_t got = ::read(file.number(), header.data(), header.size());
    if (got < 0) fail(errno, path, "cannot read");
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < 4; ++i)
        id = id << 8 | static_cast<unsigned char>(header[application_id_offset + i]);
    const bool sqlite = std::string_view(header.data(), header.size()).starts_with(magic);
    return sqlite && id == application_id ? DatabaseFile::ours : DatabaseFile::foreign;
}

bool can_be_read(const std::string& path) {
    std::array<char, 1 << 16> block;
    for (const char* suffix : {"", "-wal"}) {
        const Descriptor file = open_path(path + suffix, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (!file.is_open() && errno == ENOENT) continue;
        if (!file.is_open()) return false;
        ssize_t got = 0;
        for (off_t at = 0; (got = ::pread(file.number(), block.data(), block.size(), at)) > 0;)
            at += got;
        if (got < 0) return false;
    }
    return true;
}

void remove_database(const std::string& path) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        if (::unlink((path + suffix).c_str()) != 0 && errno != ENOENT)
            fail(errno, path + suffix, "cannot delete");
}

}  // namespace paywall::tools
