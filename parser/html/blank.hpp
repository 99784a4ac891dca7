#pragma once

#include <string_view>

#include "parser/html/item.hpp"

namespace paywall::html {

/// What a run of text is: Item::Kind::blank, spacing or text. Spacing is white space of Unicode
/// and characters without width, also as character references (`&nbsp;`, `&#xA0;`).
[[nodiscard]] Item::Kind kind_of_text(std::string_view text);

}  // namespace paywall::html
