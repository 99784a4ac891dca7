#pragma once

#include <string>

#include "tools/file/descriptor.hpp"

namespace paywall::tools {

/// Gives an open file the owner, group, permissions and extended attributes (access lists among
/// them) of another one, so that it can take its place. Throws std::system_error with the path
/// `to_shown` where it cannot have its owner or an attribute; those of the system's own name spaces
/// (`security.`, `trusted.`) are kept as far as we may write them.
void copy_attributes(const Descriptor& from, const std::string& from_shown, const Descriptor& to,
                     const std::string& to_shown);

}  // namespace paywall::tools
