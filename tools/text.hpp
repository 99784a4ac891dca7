#pragma once

#include <string>
#include <string_view>

namespace paywall::tools {

/// The code points of UTF-8 text; a byte that is no UTF-8 is U+DC00 plus itself, so that
/// nothing is lost.
[[nodiscard]] std::u32string code_points(std::string_view text);

/// The text with U+FFFD for every byte that is no UTF-8.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);

[[nodiscard]] std::string base64(std::string_view bytes);

/// `1 link`, `2 links`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);

}  // namespace paywall::tools
