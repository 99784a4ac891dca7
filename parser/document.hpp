#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "parser/access.hpp"
#include "parser/diagnostic.hpp"
#include "parser/encoding.hpp"

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

/// A run of content with one access, between two markers (or a marker and an end of the
/// source). Spans are of the source's bytes.
struct Segment {
    Access access = Access::free;
    /// Does it begin with an opener or a divider? Then a placeholder may stand for it.
    bool starts_section = false;
    /// Its text may hold markers that are none: they were escaped, or stood in a code fence.
    bool is_literal = false;
    /// Index in Document::details; 0: nothing is said.
    std::uint16_t details = 0;
    /// Everything between the markers.
    Span exact;
    /// The same without what vanishes with marker lines: a line that holds only markers,
    /// spaces and tabs goes whole, with its line end. Lies within `exact`.
    Span content;
    /// Of a segment not for everyone: the line of its opener vanished, and this was its line end (a
    /// span of the source). A placeholder for it stands on a line of its own.
    Span opener_line_end = {};

    friend bool operator==(const Segment&, const Segment&) = default;
};

/// The well-formed parse of one source. A faulty source has none, so it cannot be rendered.
/// Views the source's bytes: they must outlive it. Only parse() makes one.
struct Document {
    Text text;
    std::vector<Segment> segments =
        {};  ///< in source order; empty ones between adjacent markers too
    Diagnostics warnings = {};
    Accesses accesses = {};                      ///< what the segments' accesses name
    std::vector<Details> details = {Details{}};  ///< of segments; the first is empty
    std::shared_ptr<const Grammar> grammar;      ///< what read it, for the check of its editions
    std::shared_ptr<const Markup> markup = {};   ///< how it is cut as what it is; none: as text
};

}  // namespace paywall
