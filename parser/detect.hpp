#pragma once

#include <optional>
#include <string_view>

#include "parser/utf.hpp"

namespace paywall {

/// The form of bytes that hold NULs and have no byte-order mark, if they surely are UTF-16 or
/// UTF-32 text. Whoever gets none refuses the bytes: a wrong guess would hide markers.
[[nodiscard]] std::optional<Utf> detect_utf(std::string_view bytes);

/// Are these bytes, which are not valid UTF-8, damaged UTF-8 rather than another encoding? So if
/// at least half of their multi-byte sequences are valid.
[[nodiscard]] bool is_damaged_utf8(std::string_view bytes);

/// Could these bytes be GB18030 by their structure alone? No character table is asked.
[[nodiscard]] bool has_gb18030_structure(std::string_view bytes);

}  // namespace paywall
