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

/// What a token is to the cut; of text, text: what it shows is another question (blank.hpp).
[[nodiscard]] constexpr Item::Kind kind_of(Token::Kind kind) {
    switch (kind) {
        case Token::Kind::text:
            return Item::Kind::text;
        case Token::Kind::raw_text:
            return Item::Kind::raw_text;
        case Token::Kind::start_tag:
            return Item::Kind::start_tag;
        case Token::Kind::end_tag:
            return Item::Kind::end_tag;
        default:
            return Item::Kind::other;
    }
}

/// `</body>` and `</html>` end nothing for the tree, and all for the reader.
[[nodiscard]] inline bool ends_page(const Item& item) {
    return item.kind == Item::Kind::end_tag &&
           (item.element == Element::body || item.element == Element::html);
}

}  // namespace paywall::html
