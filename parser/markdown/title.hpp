#pragma once

#include <string>
#include <string_view>

namespace paywall::markdown {

/// The `title` of the front matter where it is a plain value or a string on its line, else the
/// first heading that says something; visible text.
[[nodiscard]] std::string find_title(std::string_view text);

}  // namespace paywall::markdown
