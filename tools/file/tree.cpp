#include "tools/file/tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <set>
#include <system_error>
#include <vector>

#include "tools/file/cursor.hpp"
#include "tools/file/writing.hpp"

namespace paywall::tools {
namespace {

/// What happens at a directory that may not be entered.
enum class Forbidden { skip, fail };

/// None where it is gone meanwhile.
const Directory* find(Cursor& cursor, const std::string& path, Forbidden forbidden) {
    try {
        return cursor.enter(path, Missing::accept);
    } catch (const std::system_error& error) {
        if (forbidden == Forbidden::skip && error.code() == std::errc::permission_denied)
            return nullptr;
        throw;
    }
}

/// Visits the directories of a tree, each before those in it: `visit` gets its handle and its path
/// below the root, and gives its entries back.
template <typename Visit>
void visit_directories(const Directory& root, Forbidden forbidden, const Visit& visit) {
    Cursor cursor(root);
    std::vector<std::string> waiting{""};
    while (!waiting.empty()) {
        const std::string path = std::move(waiting.back());
        waiting.pop_back();
        const Directory* directory = find(cursor, path, forbidden);
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

void remove_temporary(const Directory& directory, const Entry& entry) {
    if (entry.kind == EntryKind::file) directory.remove(entry.name);
    if (entry.kind == EntryKind::directory) remove_tree(directory, entry.name);
}

}  // namespace

void remove_temporaries(const Directory& root) {
    visit_directories(root, Forbidden::skip, [](const Directory& directory, const std::string&) {
        std::vector<Entry> entries;
        try {
            entries = directory.entries();
            for (const auto& entry : entries)
                if (is_temporary_name(entry.name)) remove_temporary(directory, entry);
        } catch (const std::system_error&) {
            // What may not be read or written holds nothing that a run could have put there.
        }
        return entries;
    });
}

void remove_tree(const Directory& parent, const std::string& name) {
    const auto found = parent.status_of(name);
    if (!found) return;
    if (found->kind != EntryKind::directory) return parent.remove(name);
    std::vector<std::string> directories;
    const Directory root = parent.child(name);
    visit_directories(root, Forbidden::fail,
                      [&](const Directory& directory, const std::string& path) {
                          directories.push_back(path);
                          auto entries = directory.entries();
                          for (const auto& entry : entries)
                              if (entry.kind != EntryKind::directory) directory.remove(entry.name);
                          return entries;
                      });
    Cursor cursor(root);
    for (; directories.size() > 1; directories.pop_back()) {  // those within others come later
        const std::string& path = directories.back();
        cursor.enter(above(path), Missing::fail)->remove_if_empty(last_name(path));
    }
    parent.remove_if_empty(name);
}

void carry_over(const Directory& from, const Directory& to, const Carries& carries) {
    Cursor places(to);
    std::vector<std::string> directories;
    std::set<std::string> lessened;  // directories that something did not go over from
    visit_directories(
        from, Forbidden::fail, [&](const Directory& directory, const std::string& path) {
            directories.push_back(path);
            const Directory& place = *places.enter(path, Missing::create);
            auto entries = directory.entries();
            for (const auto& entry : entries) {
                if (entry.kind == EntryKind::directory || is_temporary_name(entry.name)) continue;
                if (carries(join(path, entry.name)))
                    link_file(directory, place, entry.name);
                else
                    lessened.insert(path);
            }
            return entries;
        });
    Cursor originals(from);
    for (; !directories.empty(); directories.pop_back()) {  // those within others come first
        const std::string& path = directories.back();
        if (!path.empty() && lessened.contains(path) &&
            places.enter(above(path), Missing::fail)->remove_if_empty(last_name(path)))
            lessened.emplace(above(path));
        else
            take_permissions(*originals.enter(path, Missing::fail),
                             *places.enter(path, Missing::fail));
    }
}

void exchange(const Directory& parent, const std::string& one, const std::string& other) {
    if (::renameat2(parent.number(), one.c_str(), parent.number(), other.c_str(),
                    RENAME_EXCHANGE) != 0)
        fail(errno, parent.path_of(other), "cannot put the new tree in its place");
}

}  // namespace paywall::tools
