#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "parser/diagnostic.hpp"
#include "parser/encoding.hpp"

namespace paywall {

class Grammar;
struct Markup;

enum class Access { free, paid };

/// What a source is, for the cut: its elements and blocks are kept whole where it is known.
enum class Content { text, html, markdown };

/// A run of content with one access, between two markers (or a marker and an end of the
/// source). Spans are of the source's bytes.
struct Segment {
    Access access = Access::free;
    /// Everything between the markers.
    Span exact;
    /// The same without what vanishes with marker lines: a line that holds only markers,
    /// spaces and tabs goes whole, with its line end. Lies within `exact`.
    Span content;
    /// Of a paid segment: the line of its opener vanished, and this was its line end (a span
    /// of the source). A placeholder for it stands on a line of its own.
    Span opener_line_end;

    friend bool operator==(const Segment&, const Segment&) = default;
};

/// The well-formed parse of one source. A faulty source has none, so it cannot be rendered.
/// Views the source's bytes: they must outlive it. Only parse() makes one.
struct Document {
    Text text;
    std::vector<Segment> segments;  ///< in source order; empty ones between adjacent markers too
    Diagnostics warnings;
    Content content = Content::text;            ///< what it was read as
    std::shared_ptr<const Grammar> grammar;     ///< what read it, for the check of its editions
    std::shared_ptr<const Markup> markup = {};  ///< how it is cut as what it is; none: as text
};

}  // namespace paywall
