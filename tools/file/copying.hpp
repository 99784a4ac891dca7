#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/file/descriptor.hpp"

namespace paywall::tools {

/// Copies all bytes of one open file into another, empty one, wherever either was read to: by
/// sharing them (reflink) or within the kernel where the file system can, by reading and writing
/// them else. Throws std::system_error with the path of the file that failed.
void copy_bytes(const Descriptor& from, const std::string& from_shown, const Descriptor& to,
                const std::string& to_shown);

/// Do two open files hold the same bytes? Where reading one fails they do not.
[[nodiscard]] bool hold_the_same(const Descriptor& one, const Descriptor& other);
[[nodiscard]] bool holds(const Descriptor& file, const std::vector<std::string_view>& pieces);

}  // namespace paywall::tools
