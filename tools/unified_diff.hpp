#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/source.hpp"

namespace paywall::tools {

/// How much of the lines a diff shows.
enum class DiffLines {
    whole,    ///< all of them, with three lines of context: `patch` can apply it
    changes,  ///< what is replaced and what replaces it; all else is `…`
    nothing,  ///< what replaces it only
};

/// A replacement in a text. Views what it is made from.
struct TextEdit {
    Span span;
    std::string_view text;
};

/// What the edits, which are in order and do not overlap, change in a text, as `diff -u` shows it.
/// Lines end with LF. `name` is shown for both.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view text,
                                       const std::vector<TextEdit>& edits, DiffLines lines);

}  // namespace paywall::tools
