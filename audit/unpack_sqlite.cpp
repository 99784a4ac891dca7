// The texts in SQLite databases: every value of every table, indexes of full-text search as far
// as they keep the text.

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

struct DatabaseCloser {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, DatabaseCloser>;

struct MemoryFree {
    void operator()(unsigned char* memory) const { sqlite3_free(memory); }
};

struct StatementCloser {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, StatementCloser>;

/// A database over the bytes, read only. None where they are none.
Database open(const Bytes& bytes) {
    sqlite3* raw = nullptr;
    const int status = sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE, nullptr);
    Database database(raw);
    if (!database) throw std::bad_alloc();
    if (status != SQLITE_OK) return nullptr;
    // A foreign schema is not to be trusted, and must not run for ever.
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    auto* memory = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size));
    if (memory == nullptr) throw std::bad_alloc();
    std::unique_ptr<unsigned char, MemoryFree> owner(memory);
    std::size_t copied = 0;
    while (copied < bytes.size) {
        const auto part = bytes.from(copied).substr(0, bytes.size - copied);
        if (part.empty()) return nullptr;
        std::ranges::copy(part, memory + copied);
        copied += part.size();
    }
    // A copy in journal mode WAL cannot be read from memory: the header says which (offset 18).
    if (bytes.size > 19 && memory[18] == 2) memory[18] = memory[19] = 1;
    const auto size = static_cast<sqlite3_int64>(bytes.size);
    if (sqlite3_deserialize(database.get(), "main", owner.release(), size, size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) !=
        SQLITE_OK)
        return nullptr;
    return database;
}

Statement prepare(sqlite3* database, const std::string& query) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, query.c_str(), -1, &statement, nullptr);
    return Statement(statement);
}

std::string_view value_of(sqlite3_stmt* row, int column) {
    const void* bytes = sqlite3_column_blob(row, column);
    const int size = sqlite3_column_bytes(row, column);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

/// Tables of the file itself: virtual ones show what their shadow tables hold.
std::optional<std::vector<std::string>> table_names(sqlite3* database) {
    const auto query = prepare(database,
                               "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                               "sql NOT LIKE 'CREATE VIRTUAL%'");
    if (!query) return std::nullopt;
    std::vector<std::string> names;
    int status = SQLITE_OK;
    while ((status = sqlite3_step(query.get())) == SQLITE_ROW)
        names.emplace_back(value_of(query.get(), 0));
    if (status != SQLITE_DONE) return std::nullopt;
    return names;
}

std::string quoted(const std::string& name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
    return text + "\"";
}

Unpacked read_table(sqlite3* database, const std::string& table, std::size_t& left,
                    const MemberSink& sink) {
    const auto query = prepare(database, "SELECT * FROM " + quoted(table));
    if (!query) return Unpacked::damaged;
    int status = SQLITE_OK;
    while ((status = sqlite3_step(query.get())) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(query.get()); ++column) {
            const int type = sqlite3_column_type(query.get(), column);
            if (type != SQLITE_TEXT && type != SQLITE_BLOB) continue;
            const auto value = value_of(query.get(), column);
            if (value.empty()) continue;
            const char* name = sqlite3_column_name(query.get(), column);
            const std::string place = table + "." + (name == nullptr ? "?" : name);
            if (!give_member(place, value, left, sink)) return Unpacked::limit;
        }
    }
    return status == SQLITE_DONE ? Unpacked::whole : Unpacked::damaged;
}

}  // namespace

Unpacked unpack_sqlite(const Bytes& bytes, const Limits& limits, std::size_t& left,
                       const MemberSink& sink) {
    if (bytes.size == 0) return Unpacked::damaged;
    if (bytes.size > limits.whole_bytes) return Unpacked::limit;
    const Database database = open(bytes);
    if (!database) return Unpacked::damaged;
    const auto tables = table_names(database.get());
    if (!tables) return Unpacked::damaged;
    auto result = Unpacked::whole;
    for (const auto& table : *tables) {
        const auto got = read_table(database.get(), table, left, sink);
        if (got == Unpacked::limit) return got;
        if (got == Unpacked::damaged) result = got;
    }
    return result;
}

}  // namespace paywall::audit
