#include "tools/file/tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <vector>

#include "tools/file/cursor.hpp"
#include "tools/file/writing.hpp"

namespace paywall::tools {
namespace {

/// Visits the directories of a tree, each before those in it: `visit` gets its handle and its path
/// below the root, and gives its entries back.
template <typename Visit>
void visit_directories(const Directory& root, const Visit& visit) {
    Cursor cursor(root);
    std::vector<std::string> waiting{""};
    while (!waiting.empty()) {
        const std::string path = std::move(waiting.back());
        waiting.pop_back();
        const Directory* directory = cursor.enter(path, Missing::accept);
        if (directory == nullptr) continue;
        for (const auto& entry : visit(*directory, path))
            if (entry.kind == EntryKind::directory) waiting.push_back(join(path, entry.name));
    }
}

/// The permissions are the last thing set: a directory may forbid to write into it.
void take_permissions(const Directory& from, const Directory& to) {
    struct stat status {};
    if (::fstat(from.number(), &status) != 0) fail(errno, from.shown(), "cannot stat");
    const Descriptor handle = to.readable();
    if (::fchmod(handle.number(), status.st_mode & 07777) != 0)
        fail(errno, to.shown(), "cannot set the permissions");
}

void link_file(const Directory& from, const Directory& to, const std::string& name) {
    if (::linkat(from.number(), name.c_str(), to.number(), name.c_str(), 0) != 0 && errno != EEXIST)
        fail(errno, to.path_of(name), "cannot link the unchanged file");
}

}  // namespace

void remove_temporaries(const Directory& root) {
    visit_directories(root, [](const Directory& directory, const std::string&) {
        auto entries = directory.entries();
        for (const auto& entry : entries)
            if (entry.kind == EntryKind::file && is_temporary_name(entry.name))
                directory.remove(entry.name);
        return entries;
    });
}

void remove_tree(const Directory& parent, const std::string& name) {
    const auto found = parent.status_of(name);
    if (!found) return;
    if (found->kind != EntryKind::directory) return parent.remove(name);
    std::vector<std::string> directories;
    const Directory root = parent.child(name);
    visit_directories(root, [&](const Directory& directory, const std::string& path) {
        directories.push_back(path);
        auto entries = directory.entries();
        for (const auto& entry : entries)
            if (entry.kind != EntryKind::directory) directory.remove(entry.name);
        return entries;
    });
    Cursor cursor(root);
    for (; directories.size() > 1; directories.pop_back()) {  // those within others come later
        const std::string& path = directories.back();
        const std::size_t slash = path.rfind('/');
        const std::string above = slash == path.npos ? std::string() : path.substr(0, slash);
        cursor.enter(above, Missing::fail)->remove_if_empty(path.substr(slash + 1));
    }
    parent.remove_if_empty(name);
}

void carry_over(const Directory& from, const Directory& to, const Carries& carries) {
    Cursor places(to);
    std::vector<std::string> directories;
    visit_directories(from, [&](const Directory& directory, const std::string& path) {
        directories.push_back(path);
        const Directory& place = *places.enter(path, Missing::create);
        auto entries = directory.entries();
        for (const auto& entry : entries)
            if (entry.kind != EntryKind::directory && !is_temporary_name(entry.name) &&
                carries(join(path, entry.name)))
                link_file(directory, place, entry.name);
        return entries;
    });
    Cursor originals(from);
    for (; !directories.empty(); directories.pop_back())
        take_permissions(*originals.enter(directories.back(), Missing::fail),
                         *places.enter(directories.back(), Missing::fail));
}

void exchange(const Directory& parent, const std::string& one, const std::string& other) {
    if (::renameat2(parent.number(), one.c_str(), parent.number(), other.c_str(),
                    RENAME_EXCHANGE) != 0)
        fail(errno, parent.path_of(other), "cannot put the new tree in its place");
}

}  // namespace paywall::tools
