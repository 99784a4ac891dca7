#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paywall::audit {

/// Where links and images of Markdown and HTML in a text point to, as it is written but for
/// character references; each once, in order. Attributes that only look like some (those of
/// shortcodes) count.
[[nodiscard]] std::vector<std::string> link_targets(std::string_view text);

/// The files that a text uses: targets of links and images in Markdown and HTML that are paths to
/// files with an extension, as they are written but for percent escapes, query and fragment. Other
/// hosts and pages (`.html`, `.md`, `.php`) are not among them.
[[nodiscard]] std::vector<std::string> asset_links(std::string_view text);

/// The path below the root that a link in the source at `source` (a path below the root) means:
/// `posts/img/a.png` for `img/a.png` in `posts/a.md`; `img/a.png` for `/img/a.png`.
[[nodiscard]] std::string asset_path(std::string_view source, std::string_view link);

}  // namespace paywall::audit
