#pragma once

#include <string_view>

#include "parser/ascii.hpp"
#include "parser/html/item.hpp"

namespace paywall::html {

/// What a run of text is: Item::Kind::blank, spacing or text. Spacing is white space of Unicode
/// and characters without width, also as character references (`&nbsp;`, `&#xA0;`).
[[nodiscard]] inline Item::Kind kind_of_text(std::string_view text);

namespace detail {
[[nodiscard]] Item::Kind read_kind_of_text(std::string_view text);
}

Item::Kind kind_of_text(std::string_view text) {
    const char first = text.empty() ? '\0' : text[0];
    if (begins_letter(first)) return Item::Kind::text;                // as most do
    if (first == '\n' && text.size() == 1) return Item::Kind::blank;  // between blocks
    return detail::read_kind_of_text(text);
}

}  // namespace paywall::html
