#pragma once

#include <cstddef>
#include <cstdint>

#include "parser/html/element.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/source.hpp"

namespace paywall::html {

/// A token as the cut looks at it: text is parted at markers, and white space told from the rest.
/// Spans are of the source's text in UTF-8.
struct Item {
    enum class Kind : std::uint8_t {
        text,
        spacing,  ///< text of no-break spaces and their like: nothing to see, but text to a parser
        blank,    ///< text of white space
        raw_text,
        start_tag,
        end_tag,
        other,
        marker,
    };

    Kind kind = Kind::text;
    Element element = Element::other;
    Token::Closing closing = Token::Closing::none;
    Span span;
    Span name = {};          ///< of a tag
    std::size_t marker = 0;  ///< of a marker: which of the document's
};

}  // namespace paywall::html
