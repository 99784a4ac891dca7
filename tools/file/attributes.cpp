#include "tools/file/attributes.hpp"

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <cerrno>
#include <string_view>
#include <vector>

namespace paywall::tools {
namespace {

bool is_of_system(std::string_view name) {
    return name.starts_with("security.") || name.starts_with("trusted.");
}

/// Names that end in NUL; empty where the file system has no attributes.
std::vector<char> list_of(const Descriptor& file, const std::string& shown) {
    while (true) {
        const ssize_t size = ::flistxattr(file.number(), nullptr, 0);
        if (size < 0 && errno == ENOTSUP) return {};
        if (size < 0) fail(errno, shown, "cannot read its attributes");
        std::vector<char> names(static_cast<std::size_t>(size));
        const ssize_t got = ::flistxattr(file.number(), names.data(), names.size());
        if (got < 0 && errno == ERANGE) continue;  // there are more of them now
        if (got < 0) fail(errno, shown, "cannot read its attributes");
        names.resize(static_cast<std::size_t>(got));
        return names;
    }
}

void copy_attribute(const Descriptor& from, const std::string& from_shown, const Descriptor& to,
                    const std::string& to_shown, const std::string& name) {
    const ssize_t size = ::fgetxattr(from.number(), name.c_str(), nullptr, 0);
    if (size < 0 && (errno == ENODATA || is_of_system(name))) return;
    if (size < 0) fail(errno, from_shown, "cannot read its attribute " + name);
    std::vector<char> value(static_cast<std::size_t>(size));
    const ssize_t got = ::fgetxattr(from.number(), name.c_str(), value.data(), value.size());
    if (got < 0) fail(errno, from_shown, "cannot read its attribute " + name);
    const auto length = static_cast<std::size_t>(got);
    if (::fsetxattr(to.number(), name.c_str(), value.data(), length, 0) == 0) return;
    if (!is_of_system(name)) fail(errno, to_shown, "cannot keep its attribute " + name);
}

}  // namespace

void copy_attributes(const Descriptor& from, const std::string& from_shown, const Descriptor& to,
                     const std::string& to_shown) {
    struct stat old {};
    struct stat fresh {};
    if (::fstat(from.number(), &old) != 0) fail(errno, from_shown, "cannot stat");
    if (::fstat(to.number(), &fresh) != 0) fail(errno, to_shown, "cannot stat");
    const bool is_other = old.st_uid != fresh.st_uid || old.st_gid != fresh.st_gid;
    if (is_other && ::fchown(to.number(), old.st_uid, old.st_gid) != 0)
        fail(errno, to_shown, "cannot keep its owner");
    // Behind the owner: a change of that takes bits away.
    if (::fchmod(to.number(), old.st_mode & 07777U) != 0)
        fail(errno, to_shown, "cannot keep its permissions");
    const auto names = list_of(from, from_shown);
    for (std::size_t at = 0; at < names.size();) {
        const std::string name(names.data() + at);
        copy_attribute(from, from_shown, to, to_shown, name);
        at += name.size() + 1;
    }
}

}  // namespace paywall::tools
