#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "parser/source.hpp"

namespace paywall::audit {

/// The next stretch from `from` on that could be base64 (RFC 4648, either alphabet; broken into
/// lines too) of at least `least` bytes decoded. None that is there is missed.
[[nodiscard]] std::optional<Span> find_base64(std::string_view text, std::size_t from,
                                              std::size_t least);

/// What it stands for when its first `skip` characters belong to something else.
[[nodiscard]] std::string decode_base64(std::string_view text, std::size_t skip = 0);

}  // namespace paywall::audit
