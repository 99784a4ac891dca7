#pragma once

#include <string_view>

#include "parser/html/item.hpp"

namespace paywall::html {

/// What a run of text is: Item::Kind::blank, spacing or text. Spacing is white space of Unicode
/// and characters without width, also as character references (`&nbsp;`, `&#xA0;`).
[[nodiscard]] inline Item::Kind kind_of_text(std::string_view text);

namespace detail {
[[nodiscard]] Item::Kind read_kind_of_text(std::string_view text);
}

Item::Kind kind_of_text(std::string_view text) {
    // Most begin with a letter: of ASCII, or of the scripts of East Asia.
    const auto first = text.empty() ? 0U : static_cast<unsigned char>(text[0]);
    const bool is_letter = ((first | 0x20U) - 'a' < 26U) || (first - 0xE4U < 6U);
    if (is_letter) return Item::Kind::text;
    if (first == '\n' && text.size() == 1) return Item::Kind::blank;  // between blocks
    return detail::read_kind_of_text(text);
}

}  // namespace paywall::html
