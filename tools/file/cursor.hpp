#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/file/directory.hpp"

namespace paywall::tools {

enum class Missing { fail, create, accept };

/// Goes from directory to directory below a root, which must outlive it. Holds the current one
/// only, so that no depth runs out of descriptors; the next one down costs one system call.
class Cursor {
public:
    explicit Cursor(const Directory& root) : root_(&root) {}

    /// The directory of that path below the root, empty for the root itself; valid until the
    /// next call. None only with Missing::accept, where it does not exist.
    [[nodiscard]] const Directory* enter(std::string_view relative, Missing missing);

    [[nodiscard]] const Directory& root() const { return *root_; }

private:
    [[nodiscard]] bool step(const std::string& name, Missing missing);
    [[nodiscard]] const Directory& current() const { return current_ ? *current_ : *root_; }

    const Directory* root_;
    std::optional<Directory> current_;  // none: at the root
    std::string relative_;              // where current_ is
};

}  // namespace paywall::tools
