#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/file/directory.hpp"
#include "tools/file/reading.hpp"

namespace paywall::tools {

enum class Stream { output, error };

/// Writes all the pieces, in as few system calls as the system allows. False with errno set
/// where that fails.
[[nodiscard]] bool write_pieces(int number, const std::vector<std::string_view>& pieces);

/// The same to standard output or error. Throws std::system_error for standard output; where
/// standard error cannot be written there is nobody to tell.
void write_stream(Stream stream, const std::vector<std::string_view>& pieces);

/// A hidden name for the temporary files of one worker of this process, and for its directories.
[[nodiscard]] std::string temporary_name(unsigned worker);
[[nodiscard]] std::string temporary_directory_name(unsigned worker);
/// Is it one of those, of whatever process?
[[nodiscard]] bool is_temporary_name(std::string_view name);

/// Throws that something which is no regular file has the name that a file is to get.
[[noreturn]] void fail_in_the_way(const Directory& directory, const std::string& name,
                                  EntryKind kind);

/// Where a file is made: where readers look, or in a directory of which they know nothing yet.
enum class Surroundings { published, hidden };

/// A file that appears complete under its name or not at all. Its bytes go to a file without a
/// name (O_TMPFILE), of which a killed process leaves nothing, or where the file system has none
/// to a temporary one beside it; in hidden surroundings, which are published later, to a file of
/// its name at once. The destructor discards what was not committed. `directory` must outlive it.
class AtomicFile {
public:
    /// `temporary` is a name that no other writer of this run uses at the same time.
    AtomicFile(const Directory& directory, std::string_view name, std::string_view temporary,
               Surroundings surroundings = Surroundings::published);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();

    void write(const std::vector<std::string_view>& pieces);
    /// All of another file's bytes, shared with it where the file system can.
    void copy(const Descriptor& from, const std::string& shown);
    /// All that was written so far; valid until the buffer is used again.
    [[nodiscard]] std::string_view read_back(Buffer& buffer) const;
    /// Does a regular file in its directory hold the same bytes? Before complete().
    [[nodiscard]] bool is_same_as(const Directory& directory, const std::string& name) const {
        return holds_file(directory, name, file_);
    }
    /// Gives it the owner, permissions and attributes of the file that it is to replace.
    void take_attributes(const Descriptor& from, const std::string& shown);
    /// Returns when its bytes are on the disk. Before complete().
    void synchronise();
    /// After this only the name is missing.
    void complete();
    /// Takes the place of a regular file of that name, if there is one. Anything else of that
    /// name (a directory, a symbolic link) is an error and stays.
    void commit();
    /// Takes the name where nothing has it; else that is an error.
    void commit_new();
    /// Takes the place of a file that was `seen`. If it has become another one since, that stays
    /// and it is an error: where the file system can exchange two names nothing is ever lost.
    void commit_over(const FileStatus& seen);
    /// Of the file in its place.
    [[nodiscard]] FileStatus status() const;
    /// Ends it. Until then it is not sure that nothing failed.
    void close();

private:
    [[nodiscard]] bool open_new(const std::string& name);
    void open_named(std::string_view temporary);
    [[nodiscard]] bool link(const std::string& name);
    void take_temporary_name();
    [[nodiscard]] bool exchange(const FileStatus& seen);
    void replace();

    const Directory* directory_;
    std::string name_;
    std::string temporary_;  // in hidden surroundings the name itself
    enum class Name { none, temporary } has_ = Name::none;
    Descriptor file_;
};

}  // namespace paywall::tools
