#include "tools/file/fresh_directory.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "tools/file/tree.hpp"
#include "tools/file/writing.hpp"

namespace paywall::tools {

std::optional<FreshDirectory> FreshDirectory::make(const Directory& parent, std::string name,
                                                   const std::string& temporary) {
    auto directory = parent.make_new_child(temporary, parent.path_of(name));
    if (!directory) return std::nullopt;
    return FreshDirectory(parent, std::move(name), temporary, std::move(*directory));
}

FreshDirectory::FreshDirectory(FreshDirectory&& other) noexcept
    : parent_(std::exchange(other.parent_, nullptr)),
      name_(std::move(other.name_)),
      temporary_(std::move(other.temporary_)),
      directory_(std::move(other.directory_)) {}

FreshDirectory::~FreshDirectory() {
    if (parent_ == nullptr) return;
    try {
        remove_tree(*parent_, temporary_);
    } catch (const std::system_error&) {
        // The next run into the directory removes it.
    }
}

void FreshDirectory::publish() {
    const int at = parent_->number();
    // It never takes the place of a file, of a link or of a directory that holds anything; and some
    // file systems rename no directories.
    if (::renameat(at, temporary_.c_str(), at, name_.c_str()) == 0)
        parent_ = nullptr;
    else
        move_files();
}

void FreshDirectory::move_files() {
    const Directory place = parent_->make_child(name_);
    for (const auto& [name, kind, inode] : directory_.entries()) {
        const auto found = place.status_of(name);
        if (found && found->kind != EntryKind::file) fail_in_the_way(place, name, found->kind);
        if (::renameat(directory_.number(), name.c_str(), place.number(), name.c_str()) != 0)
            fail(errno, place.path_of(name), "cannot put the new file in place");
    }
}

}  // namespace paywall::tools
