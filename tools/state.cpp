#include "tools/state.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "tools/exit_status.hpp"
#include "tools/file/directory.hpp"
#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

constexpr std::uint32_t application_id = 1886874673;  // "pwl1"
constexpr std::int64_t version = 2;                   // of the tables and of their facts

// Two runs may make them at the same time.
constexpr const char* tables = R"(
    BEGIN IMMEDIATE;
    PRAGMA application_id = 1886874673;
    PRAGMA user_version = 2;
    CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS job (id INTEGER PRIMARY KEY, preview BLOB NOT NULL,
                                    members BLOB NOT NULL, UNIQUE (preview, members));
    CREATE TABLE IF NOT EXISTS source (
        job INTEGER NOT NULL, path BLOB NOT NULL, root INTEGER NOT NULL, facts BLOB NOT NULL,
        PRIMARY KEY (job, path)) WITHOUT ROWID;
    COMMIT;
)";

/// What is known of one source as a row keeps it: numbers of this machine, the last one a checksum
/// over the others, the path and the account; and behind them the account.
constexpr std::size_t words_of_source = 12;
constexpr std::size_t words_of_output = 7;
using Facts = std::array<std::uint64_t, words_of_source + 2 * words_of_output + 1>;

std::uint64_t checksum(const Facts& facts, std::string_view path, std::string_view account) {
    std::string text(reinterpret_cast<const char*>(facts.data()), sizeof facts - sizeof facts[0]);
    return stable_hash(text.append(path).append(1, '\0').append(account));
}

void pack_output(std::uint64_t* at, const std::optional<KnownOutput>& output) {
    if (!output) return;
    const auto words = std::to_array<std::uint64_t>(
        {1, output->inode, output->size, static_cast<std::uint64_t>(output->modified),
         static_cast<std::uint64_t>(output->changed), output->digest.high, output->digest.low});
    std::copy(words.begin(), words.end(), at);
}

std::optional<KnownOutput> unpack_output(const std::uint64_t* at) {
    if (at[0] == 0) return std::nullopt;
    return KnownOutput{at[1],
                       at[2],
                       static_cast<std::int64_t>(at[3]),
                       static_cast<std::int64_t>(at[4]),
                       {at[5], at[6]}};
}

std::string pack(const Known& known, std::string_view path) {
    const FileStatus& source = known.source;
    Facts facts{source.size,
                static_cast<std::uint64_t>(source.modified),
                static_cast<std::uint64_t>(source.changed),
                source.identity.device,
                source.identity.inode,
                known.content.high,
                known.content.low,
                known.settings,
                static_cast<std::uint64_t>(known.judged),
                known.shares.segments,
                known.shares.free_bytes,
                known.shares.paid_bytes};
    pack_output(facts.data() + words_of_source, known.outputs[0]);
    pack_output(facts.data() + words_of_source + words_of_output, known.outputs[1]);
    facts.back() = checksum(facts, path, known.account);
    return std::string(reinterpret_cast<const char*>(facts.data()), sizeof facts) + known.account;
}

/// None where the row is not as it was written.
std::optional<Known> unpack(std::string_view bytes, std::string_view path) {
    Facts facts;
    if (bytes.size() < sizeof facts) return std::nullopt;
    std::memcpy(facts.data(), bytes.data(), sizeof facts);
    const auto account = bytes.substr(sizeof facts);
    if (facts.back() != checksum(facts, path, account)) return std::nullopt;
    return Known{.source = {.kind = EntryKind::file,
                            .identity = {facts[3], facts[4]},
                            .size = facts[0],
                            .modified = static_cast<std::int64_t>(facts[1]),
                            .changed = static_cast<std::int64_t>(facts[2])},
                 .content = {facts[5], facts[6]},
                 .settings = facts[7],
                 .judged = static_cast<Judged>(facts[8]),
                 .shares = {facts[9], facts[10], facts[11]},
                 .account = std::string(account),
                 .outputs = {unpack_output(facts.data() + words_of_source),
                             unpack_output(facts.data() + words_of_source + words_of_output)}};
}

}  // namespace

/// One connection, and the job's rows.
class State::Rows {
public:
    Rows(const std::string& path, Database::Access access) : database_(path, access) {
        const bool writes = access == Database::Access::write;
        // A cache is of little use to who goes through the rows once.
        database_.execute("PRAGMA cache_size = -512");
        if (writes) database_.execute("PRAGMA synchronous = FULL");
        Statement found = database_.prepare("PRAGMA user_version");
        if (found.step()) version_ = found.integer(0);
        found.reset();
    }

    [[nodiscard]] std::int64_t version() const { return version_; }

    void make_tables() { database_.execute(tables); }

    /// Readers and a writer beside each other. A run that failed may not have come so far, and some
    /// file systems do not allow it.
    void use_wal() {
        auto chosen = database_.prepare("PRAGMA journal_mode = WAL");
        has_wal_ = chosen.step() && chosen.bytes(0) == "wal";
    }
    [[nodiscard]] bool has_wal() const { return has_wal_; }

    /// The number of the job; none where it is not known and not to be made.
    std::optional<std::int64_t> find_job(const StateKey& key) {
        auto select = database_.prepare("SELECT id FROM job WHERE preview = ?1 AND members = ?2");
        select.bind(1, std::string_view(key.preview));
        select.bind(2, std::string_view(key.full));
        if (!select.step()) return std::nullopt;
        return select.integer(0);
    }

    std::int64_t make_job(const StateKey& key) {
        auto insert =
            database_.prepare("INSERT OR IGNORE INTO job (preview, members) VALUES (?1, ?2)");
        insert.bind(1, std::string_view(key.preview));
        insert.bind(2, std::string_view(key.full));
        insert.step();
        return find_job(key).value();
    }

    std::int64_t make_place(std::string_view path) {
        auto insert = database_.prepare("INSERT OR IGNORE INTO place (path) VALUES (?1)");
        insert.bind(1, path);
        insert.step();
        auto select = database_.prepare("SELECT id FROM place WHERE path = ?1");
        select.bind(1, path);
        select.step();
        return select.integer(0);
    }

    /// Steps on as long as the paths asked for come in order and close together; seeks else.
    std::optional<Known> find(std::int64_t job, std::string_view path) {
        constexpr int most_steps = 8;
        if (!cursor_ || path <= last_) return seek(job, path);
        for (int steps = 0; at_row_ && cursor_->bytes(0) < path; ++steps) {
            if (steps == most_steps) return seek(job, path);
            at_row_ = cursor_->step();
        }
        return here(path);
    }

    void visit(std::int64_t job, const Visit& visit) {
        auto select = database_.prepare(
            "SELECT place.path, source.path, facts FROM source JOIN place ON place.id = root "
            "WHERE job = ?1 ORDER BY source.path");
        select.bind(1, job);
        while (select.step()) {
            const auto known = unpack(select.bytes(2), select.bytes(1));
            if (known) visit(select.bytes(0), select.bytes(1), *known);
        }
    }

    void begin() { database_.execute("BEGIN IMMEDIATE"); }
    void commit() { database_.execute("COMMIT"); }
    void roll_back() {
        try {
            database_.execute("ROLLBACK");
        } catch (const DatabaseError&) {
            // SQLite has rolled back already: there is nothing to roll back.
        }
    }

    void put(std::int64_t job, std::int64_t root, std::string_view path, const Known& known) {
        if (!insert_)
            insert_.emplace(database_.prepare(
                "INSERT OR REPLACE INTO source (job, path, root, facts) VALUES (?1, ?2, ?3, ?4)"));
        const std::string facts = pack(known, path);
        insert_->bind(1, job);
        insert_->bind(2, path);
        insert_->bind(3, root);
        insert_->bind(4, std::string_view(facts));
        insert_->step();
    }

    void forget(std::int64_t job, std::string_view path) {
        auto remove = database_.prepare("DELETE FROM source WHERE job = ?1 AND path = ?2");
        remove.bind(1, job);
        remove.bind(2, path);
        remove.step();
    }

private:
    std::optional<Known> seek(std::int64_t job, std::string_view path) {
        if (!cursor_)
            cursor_.emplace(
                database_.prepare("SELECT path, facts FROM source "
                                  "WHERE job = ?1 AND path >= ?2 ORDER BY path"));
        cursor_->reset();
        wanted_ = path;
        cursor_->bind(1, job);
        cursor_->bind(2, std::string_view(wanted_));
        at_row_ = cursor_->step();
        return here(path);
    }

    std::optional<Known> here(std::string_view path) {
        last_ = path;
        if (!at_row_ || cursor_->bytes(0) != path) return std::nullopt;
        return unpack(cursor_->bytes(1), path);
    }

    Database database_;
    std::int64_t version_ = 0;
    std::optional<Statement> insert_;
    std::optional<Statement> cursor_;
    std::string wanted_;  // what the cursor's query is bound to
    std::string last_;    // asked for last
    bool at_row_ = false;
    bool has_wal_ = false;
};

void State::judge(const std::string& path) {
    if (find_database(path, application_id) == DatabaseFile::foreign)
        throw UsageError("'" + path + "' is no state of this program; it is not touched");
}

State::State(std::string path, Database::Access access, const StateKey& key)
    : path_(std::move(path)), access_(access), key_(key) {
    judge(path_);
    try {
        try_twice([&] { open(); });
    } catch (const DatabaseError& error) {
        if (error.kind != DatabaseError::Kind::damaged) throw;
        rebuild(error.what());
    }
}

/// What SQLite takes for damage is one only if it finds it again, and can read the file at all.
template <typename Step>
void State::try_twice(const Step& step) {
    try {
        return step();
    } catch (const DatabaseError& error) {
        if (error.kind != DatabaseError::Kind::damaged) throw;
    }
    try {
        step();
    } catch (const DatabaseError& error) {
        if (error.kind != DatabaseError::Kind::damaged || can_be_read(path_)) throw;
        throw DatabaseError(DatabaseError::Kind::failed, error.what());
    }
}

State::~State() = default;

void State::open() {
    const bool missing = find_database(path_, application_id) == DatabaseFile::missing;
    if (missing && notices_.empty())
        notices_.push_back("'" + path_ + "': no state yet, everything is done");
    if (access_ == Database::Access::read) {
        if (missing) return;
        reading_ = std::make_unique<Rows>(path_, access_);
        job_ = reading_->version() == version ? reading_->find_job(key_) : std::nullopt;
        return;
    }
    if (missing) static_cast<void>(Directory::create(parent_of(path_)));
    writing_ = std::make_unique<Rows>(path_, access_);
    if (missing) writing_->make_tables();
    if (!missing && writing_->version() != version)
        return rebuild("it is of another version of this program");
    writing_->use_wal();
    job_ = writing_->make_job(key_);
    reading_ = std::make_unique<Rows>(path_, access_);
}

void State::rebuild(const std::string& why) {
    notices_.push_back("'" + path_ + "': the state is of no use and made anew: " + why);
    reading_.reset();
    writing_.reset();
    job_.reset();
    trouble_.reset();
    if (access_ == Database::Access::read) return;
    remove_database(path_);
    open();
}

std::optional<Known> State::find(std::string_view path) {
    if (!reading_ || !job_ || trouble_) return std::nullopt;
    std::optional<Known> found;
    read([&] { found = reading_->find(*job_, path); });
    return found;
}

/// Reads with a connection of its own in the second attempt.
template <typename Step>
void State::read(const Step& step) {
    bool again = false;
    try {
        try_twice([&] {
            if (again) reading_ = std::make_unique<Rows>(path_, access_);
            again = true;
            step();
        });
    } catch (const DatabaseError& error) {
        trouble_ = error;
    }
}

void State::put(const std::string& root, std::string path, const Known& known) {
    changes_.push_back({root_number(root), std::move(path), known});
}

void State::forget(std::string path) {
    changes_.push_back({0, std::move(path), std::nullopt});
}

/// A run has few roots.
std::uint32_t State::root_number(const std::string& root) {
    const auto found = std::find(roots_.begin(), roots_.end(), root);
    if (found == roots_.end()) roots_.push_back(root);
    return static_cast<std::uint32_t>(
        std::distance(roots_.begin(), std::find(roots_.begin(), roots_.end(), root)));
}

void State::write_changes() {
    if (changes_.empty()) return;
    writing_->begin();
    try {
        std::vector<std::int64_t> places;
        for (const auto& root : roots_) places.push_back(writing_->make_place(root));
        for (const auto& change : changes_) {
            if (change.known)
                writing_->put(*job_, places[change.root], change.path, *change.known);
            else
                writing_->forget(*job_, change.path);
        }
        writing_->commit();
    } catch (const DatabaseError&) {
        writing_->roll_back();
        throw;
    }
    changes_.clear();
}

bool State::save_some() {
    if (access_ == Database::Access::read || !writing_ || !writing_->has_wal()) return false;
    try {
        write_changes();
        return true;
    } catch (const DatabaseError&) {  // save() tries again, and tells
        return false;
    }
}

void State::save() {
    if (access_ == Database::Access::read) return;
    const auto trouble = trouble_;
    if (trouble && trouble->kind == DatabaseError::Kind::damaged) rebuild(trouble->what());
    if (!writing_->has_wal()) reading_.reset();  // which the writer would wait for
    try {
        try_twice([&] { write_changes(); });
    } catch (const DatabaseError& error) {
        if (error.kind != DatabaseError::Kind::damaged) throw;
        rebuild(error.what());
        write_changes();
    }
    if (trouble && trouble->kind == DatabaseError::Kind::failed) throw DatabaseError(*trouble);
}

void State::visit(const Visit& visit) {
    if (reading_ && job_ && !trouble_) read([&] { reading_->visit(*job_, visit); });
}

std::vector<std::string> State::take_notices() {
    return std::exchange(notices_, {});
}

}  // namespace paywall::tools
