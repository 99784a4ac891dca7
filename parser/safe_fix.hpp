#pragma once

#include <string_view>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/source.hpp"

namespace paywall {

/// Do signs of a damaged marker stand on behind the text that is taken for it: `&#45;->` behind
/// `<!--more`? Then a marker in its place leaves them there. Signs that begin another marker are
/// its own. The span is of the UTF-8 text; `meant` is an index in Dialect::markers.
[[nodiscard]] bool leaves_signs(std::string_view text, Span span, const Dialect& dialect,
                                std::size_t meant);

/// A text that a marker is to be put in the place of.
struct Replaced {
    std::string_view text;
    std::string_view by;
};

/// Do all of these together take both tags of an element, or none: not `<b>[restr</b>ict]`? A tag
/// that is replaced by a tag is none of these.
[[nodiscard]] bool keep_elements_whole(const std::vector<Replaced>& all);

}  // namespace paywall
