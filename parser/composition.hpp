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
        text,                ///< what keeps the markup whole, or is added to it: tags
        placeholder,         ///< the placeholder of a segment
        inline_placeholder,  ///< the one that can stand within a line
    };

    Kind kind;
    Span span = {};           ///< of source: the bytes; of placeholders: the line end behind it
    std::string text = {};    ///< UTF-8
    std::size_t segment = 0;  ///< of text and placeholders: which of the document's it stands for

    friend bool operator==(const Part&, const Part&) = default;
};

/// What a text that stands for a withheld segment needs around it.
enum class StandIn : std::uint8_t {
    none,             ///< nothing stands for it
    inlined,          ///< it can stand in a line
    block,            ///< it cannot
    block_or_inline,  ///< it cannot, but another one can
};

/// One segment of a text that is cut, with spans of it.
struct Piece {
    enum class Fate : std::uint8_t { kept, withheld };
    Fate fate;
    StandIn stand_in = StandIn::none;
    bool is_gated = false;  ///< kept, and to be told to search engines as what is paid for
    Span exact;             ///< from marker to marker
    Span content;           ///< what is kept of it where it is free (Segment::content)
    Span opener_line_end;   ///< Segment::opener_line_end
};

/// What goes with a marker: what holds nothing else, or its own bytes only.
enum class Empty : std::uint8_t { taken_along, kept };

/// An edition in order, placeholders not yet filled in.
using Composition = std::vector<Part>;

}  // namespace paywall
