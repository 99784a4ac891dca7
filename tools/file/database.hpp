#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace paywall::tools {

/// What SQLite says of a failure. `damaged`: the file's content is to blame, not the machine.
struct DatabaseError : std::runtime_error {
    enum class Kind { damaged, failed };

    DatabaseError(Kind of, const std::string& text) : std::runtime_error(text), kind(of) {}
    Kind kind;
};

/// One SQL statement made ready. Parameters and columns count as in SQLite: from 1 and from 0.
class Statement {
public:
    void bind(int parameter, std::int64_t value);
    /// The bytes must stay until the next step().
    void bind(int parameter, std::string_view bytes);
    /// True where there is a row. After the last row the statement can be run again.
    bool step();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view bytes(int column) const;  ///< valid until the next step()
    [[nodiscard]] bool is_null(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// One SQLite database file. Used by one thread at a time.
class Database {
public:
    enum class Access {
        read,   ///< the file stays as it is, and nothing is put beside it
        write,  ///< made where it is missing
    };

    Database(const std::string& path, Access access);

    void execute(const char* sql);
    [[nodiscard]] Statement prepare(const char* sql);

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

/// What a file is, by its first bytes.
enum class DatabaseFile {
    missing,  ///< or empty: there is nothing to lose
    ours,     ///< an SQLite database with our application id
    foreign,
};

[[nodiscard]] DatabaseFile find_database(const std::string& path, std::uint32_t application_id);

/// Can all of a database be read, whatever it holds? SQLite takes some failures to read for damage.
[[nodiscard]] bool can_be_read(const std::string& path);

/// Deletes a database with the files that SQLite keeps beside it.
void remove_database(const std::string& path);

}  // namespace paywall::tools
