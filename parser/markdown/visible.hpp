#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/visible_text.hpp"

namespace paywall::markdown {

/// Adds what a reader of Markdown sees (GitHub's, as in Flat): front matter, link targets, the
/// texts of images and footnotes that nothing refers to are not among it. A footnote's text stands
/// where it stands in the source.
void read_visible(std::string_view text, const std::vector<std::size_t>& places,
                  VisibleText& visible);

}  // namespace paywall::markdown
