#include "tools/file/replacing.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <cerrno>
#include <exception>

#include "tools/file/attributes.hpp"
#include "tools/file/writing.hpp"

namespace paywall::tools {
namespace {

Descriptor open_old(const Replacement& replacement) {
    const auto& [directory, name, seen, bytes, backup, temporary] = replacement;
    const auto found = directory.status_of(name);
    if (found && found->kind != EntryKind::file) fail_in_the_way(directory, name, found->kind);
    // For writing, though nothing is written to it: what nobody may change is not replaced either.
    Descriptor old(::openat(directory.number(), name.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC));
    const std::string shown = directory.path_of(name);
    if (!old.is_open()) fail(errno, shown, "cannot open");
    struct stat status {};
    if (::fstat(old.number(), &status) != 0) fail(errno, shown, "cannot stat");
    if (status_from(status) != seen) fail(EBUSY, shown, "was changed meanwhile");
    return old;
}

/// Names a copy of a file as long as it is not told to keep it.
class Backup {
public:
    /// The other constructor's work: so what fails here comes to the destructor.
    Backup(const Replacement& replacement, const Descriptor& old) : Backup(replacement) {
        if (!name_) return;
        const std::string shown = directory_.path_of(replacement.name);
        if (directory_.status_of(*name_))
            fail(EEXIST, directory_.path_of(*name_), "the backup would take its place");
        AtomicFile copy(directory_, *name_, replacement.temporary);
        copy.copy(old, shown);
        copy.take_attributes(old, shown);
        copy.synchronise();
        copy.complete();
        copy.commit_new();
        is_placed_ = true;
        copy.close();
    }
    Backup(const Backup&) = delete;
    Backup& operator=(const Backup&) = delete;
    ~Backup() {
        if (!is_placed_) return;
        try {
            directory_.remove(*name_);
        } catch (const std::exception&) {  // the failure that brought us here is told
        }
    }

    void keep() { is_placed_ = false; }

private:
    explicit Backup(const Replacement& replacement)
        : directory_(replacement.directory), name_(replacement.backup) {}

    const Directory& directory_;
    const std::optional<std::string>& name_;
    bool is_placed_ = false;  // and to be removed where what follows fails
};

}  // namespace

void replace_file(const Replacement& replacement) {
    const Descriptor old = open_old(replacement);
    Backup backup(replacement, old);
    AtomicFile file(replacement.directory, replacement.name, replacement.temporary);
    file.write({replacement.bytes});
    file.take_attributes(old, replacement.directory.path_of(replacement.name));
    file.synchronise();
    file.complete();
    file.commit_over(replacement.seen);
    backup.keep();
    file.close();
}

}  // namespace paywall::tools
