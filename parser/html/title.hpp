#pragma once

#include <string>
#include <string_view>

namespace paywall::html {

/// What <title> says, else the first <h1> that says something; visible text.
[[nodiscard]] std::string find_title(std::string_view text);

}  // namespace paywall::html
