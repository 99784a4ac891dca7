#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/source.hpp"

namespace paywall {

/// A marker as it was read: where it stands in the text, and which one it is.
struct Mark {
    Span span;
    std::size_t marker;  ///< index in Dialect::markers
};

/// What goes from the text together with one marker.
struct Vanishing {
    Span span;      ///< the marker, with its part of a marker line
    Span line_end;  ///< of the marker line that vanishes whole; empty where none does
};

/// A line that holds only markers, spaces and tabs vanishes whole, with its line end (LF, CRLF
/// or CR); its first marker takes what stands before it, every other what stands between. A
/// marker inside a line vanishes alone. One entry a mark.
[[nodiscard]] std::vector<Vanishing> vanishing(std::string_view text,
                                               const std::vector<Mark>& marks);

}  // namespace paywall
