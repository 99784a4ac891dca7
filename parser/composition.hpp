#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "parser/source.hpp"

namespace paywall {

/// A part of an edition of a source whose markup was read.
struct Part {
    enum class Kind : std::uint8_t {
        source,              ///< bytes of the source
        text,                ///< what keeps the markup whole: a bare tag
        placeholder,         ///< the placeholder of a segment
        inline_placeholder,  ///< the one that can stand within a line
    };

    Kind kind;
    Span span = {};           ///< of source: the bytes; of placeholders: the line end behind it
    std::string text = {};    ///< UTF-8
    std::size_t segment = 0;  ///< of text and placeholders: which of the document's it stands for
};

/// An edition in order, placeholders not yet filled in.
using Composition = std::vector<Part>;

}  // namespace paywall
