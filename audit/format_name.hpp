#pragma once

#include <string>
#include <string_view>

namespace paywall::audit {

/// What people call the format of a text: `html`, `rss`, `json`; by what it begins with, else by
/// its name's extension, else `text`.
[[nodiscard]] std::string format_name(std::string_view text, std::string_view name);

/// Does the text begin with markup, as HTML and XML do?
[[nodiscard]] bool begins_with_markup(std::string_view text);

}  // namespace paywall::audit
