#pragma once

#include <string>
#include <string_view>

#include "tools/exit_status.hpp"
#include "tools/file/path.hpp"
#include "tools/file/reading.hpp"

namespace paywall::tools {

/// The bytes of a file that an option names, valid until the buffer is used again. Throws
/// UsageError where it is missing.
[[nodiscard]] inline std::string_view read_given(const std::string& path, Buffer& buffer) {
    if (!find_path(path)) throw UsageError("no such file: '" + path + "'");
    return read_named(path, buffer).bytes;
}

}  // namespace paywall::tools
