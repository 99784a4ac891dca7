#pragma once

#include <memory>
#include <string>
#include <vector>

#include "parser/access.hpp"
#include "parser/diagnostic.hpp"
#include "parser/encoding.hpp"
#include "parser/segments.hpp"

namespace paywall {

class Grammar;
struct Markup;

/// What a region's opener, or a divider, says beside who may read.
struct Details {
    std::string message;  ///< stands in a preview for the region
    std::string price;    ///< for the placeholder's field {price}
    std::string label;    ///< of a divider: what the link to the rest says
    std::string indent;   ///< blanks before an opener that is a line

    friend bool operator==(const Details&, const Details&) = default;
};

/// What a source is, for the cut: its elements and blocks are kept whole where it is known.
enum class Content { text, html, markdown };

/// The well-formed parse of one source. A faulty source has none, so it cannot be rendered.
/// Views the source's bytes: they must outlive it. Only parse() makes one.
struct Document {
    Text text;
    Segments segments{text};
    Diagnostics warnings = {};
    Accesses accesses = {};                      ///< what the segments' accesses name
    std::vector<Details> details = {Details{}};  ///< of segments; the first is empty
    Content content = Content::text;             ///< what it was read as
    std::shared_ptr<const Grammar> grammar;      ///< what read it, for the check of its editions
    std::shared_ptr<const Markup> markup = {};   ///< how it is cut as what it is; none: as text
    /// Could text around it make a lookalike of something in it? (LookalikeFinder::has_loose_ends)
    bool has_loose_ends = false;
};

}  // namespace paywall
