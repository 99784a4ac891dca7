#pragma once

#include <optional>

#include "tools/file/directory.hpp"

namespace paywall::tools {

enum class Wait { no, yes };

/// An output directory held against other runs, by flock() on the directory itself: nothing is
/// put into it, and the system lets go when the process ends, however it ends.
class DirectoryLock {
public:
    /// The directory must exist. None where another run holds it and `wait` is no. If it has been
    /// replaced by another directory meanwhile (--all-or-nothing does that), the new one is taken.
    [[nodiscard]] static std::optional<DirectoryLock> take(const std::string& path, Wait wait);

    /// Writes everything of its file system to the disk, and returns when it is there.
    void synchronise() const;
    [[nodiscard]] Identity identity() const { return identity_; }

private:
    DirectoryLock(Descriptor handle, std::string shown, Identity identity)
        : handle_(std::move(handle)), shown_(std::move(shown)), identity_(identity) {}

    Descriptor handle_;
    std::string shown_;
    Identity identity_;
};

}  // namespace paywall::tools
