#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tools/file/directory.hpp"

namespace paywall::tools {

/// Removes the temporary files and directories that killed runs left anywhere in a tree. Only for a
/// tree that no other run can be writing to.
void remove_temporaries(const Directory& root);

/// Removes a directory and all below it; links are removed, not followed. Nothing may be there.
void remove_tree(const Directory& parent, const std::string& name);

/// Does a file go from one tree to the other, by its path below the root?
using Carries = std::function<bool(std::string_view path)>;

/// Gives the tree `to` every file of `from` that it has none of, as a hard link, and every
/// directory, with its permissions, but those that are empty because nothing of theirs went over.
/// Nothing of `from` is changed.
void carry_over(const Directory& from, const Directory& to, const Carries& carries);

/// Makes two names of one directory trade places, at one moment.
void exchange(const Directory& parent, const std::string& one, const std::string& other);

}  // namespace paywall::tools
