#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parser/html/element.hpp"
#include "parser/html/tag_reader.hpp"

namespace paywall::html {

/// Does whoever reads a text run scripts? Where they do, a <noscript> is raw text, else markup
/// (13.2.6.4.4, 13.2.6.4.7).
enum class Scripting : std::uint8_t { on, off };

/// How the text behind an element's start tag is read (13.2.6.4.4, 13.2.6.4.7), scripts enabled.
[[nodiscard]] inline TextModel text_model_of(Element element);

/// Where raw text that begins at `begin` ends: at the end tag of its element, or at the end of the
/// text (WHATWG 13.2.5.9 to 13.2.5.31). `name` is the element's, `model` not TextModel::data.
[[nodiscard]] std::size_t raw_text_end(std::string_view text, std::size_t begin, TextModel model,
                                       std::string_view name);

namespace detail {
[[nodiscard]] TextModel raw_text_model_of(Element element);
}

TextModel text_model_of(Element element) {
    return has_trait(element, trait::raw_text) ? detail::raw_text_model_of(element)
                                               : TextModel::data;
}

}  // namespace paywall::html
