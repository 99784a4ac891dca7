#pragma once

#include <string>
#include <string_view>

#include "parser/document.hpp"

namespace paywall {

/// The title of a text as its readers see it, one line, perhaps empty. Of Markdown: the `title` of
/// its front matter, else its first heading; of HTML: what
/// <title> says, else its first <h1>; of plain text: none. Give it what is free: a preview.
[[nodiscard]] std::string find_title(std::string_view text, Content content);

/// A text as it has to be written to be seen as it is: characters that mean something to markup
/// as references. Plain text stays.
[[nodiscard]] std::string escape_for(Content content, std::string_view text);

}  // namespace paywall
