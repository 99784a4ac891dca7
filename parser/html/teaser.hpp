#pragma once

#include <string_view>
#include <vector>

#include "parser/teaser.hpp"

namespace paywall::html {

/// Behind the end tags of block elements that stand in <body>, or in <div>, <section>, <article>
/// and <main> there. None behind a place where the tree is not surely known (TreeState).
[[nodiscard]] std::vector<Boundary> find_boundaries(std::string_view text);

}  // namespace paywall::html
