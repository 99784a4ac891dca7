#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/file/database.hpp"
#include "tools/known.hpp"

namespace paywall::tools {

/// Whose state: runs into the same output directories go on from one another, whatever else the
/// file holds. Absolute paths; empty where there is none.
struct StateKey {
    std::string preview;
    std::string full;
};

/// What earlier runs knew of every source, in an SQLite file. It is never trusted further than it
/// can be checked: each row carries a checksum, and a file that is damaged or of another version
/// is made anew. Sources are named by their path below the output directories.
///
/// One thread may call find() while another calls put(), forget() and save_some().
class State {
public:
    /// Throws UsageError where the file is something else: it is not touched.
    static void judge(const std::string& path);

    /// Throws UsageError like judge(), and std::system_error or DatabaseError where the file cannot
    /// be opened. With Access::read nothing is ever written.
    State(std::string path, Database::Access access, const StateKey& key);
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();

    /// Fastest where it is asked in the order of paths.
    [[nodiscard]] std::optional<Known> find(std::string_view path);
    /// Gives every source that is known, in the order of paths: the root it had, and its path. Like
    /// find() it gives none where reading fails; save() tells why.
    using Visit = std::function<void(std::string_view root, std::string_view path, const Known&)>;
    void visit(const Visit& visit);

    /// `root` is the absolute path of the directory below which the source has that path, too.
    void put(const std::string& root, std::string path, const Known& known);
    void forget(std::string path);
    /// How many changes are not on the disk yet.
    [[nodiscard]] std::size_t unsaved() const { return changes_.size(); }
    /// Puts them there; false where that did not work this time.
    bool save_some();
    /// The same at the end of a run, while nobody else uses it: makes a damaged file anew. Throws
    /// DatabaseError or std::system_error.
    void save();

    /// What is to be told, once: that it was made anew, and why.
    [[nodiscard]] std::vector<std::string> take_notices();

private:
    class Rows;
    struct Change {
        std::uint32_t root;  // in roots_
        std::string path;
        std::optional<Known> known;  // none: forget it
    };

    template <typename Step>
    void try_twice(const Step& step);
    template <typename Step>
    void read(const Step& step);
    void open();
    void rebuild(const std::string& why);
    [[nodiscard]] std::uint32_t root_number(const std::string& root);
    void write_changes();

    std::string path_;
    Database::Access access_;
    StateKey key_;
    std::unique_ptr<Rows> writing_;
    std::unique_ptr<Rows> reading_;
    std::optional<std::int64_t> job_;
    std::optional<DatabaseError> trouble_;  // met while reading: what is known is known no more
    std::vector<Change> changes_;
    std::vector<std::string> roots_;
    std::vector<std::string> notices_;
};

}  // namespace paywall::tools
