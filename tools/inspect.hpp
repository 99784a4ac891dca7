#pragma once

#include <string>
#include <string_view>

#include "parser/document.hpp"
#include "parser/edition.hpp"
#include "parser/source.hpp"

namespace paywall::tools {

/// A sound source whose segments are asked for.
struct Inspected {
    std::string_view name;
    const Document& document;
    Source source;
    Cut cut;
};

/// A line for the source and one for every segment.
[[nodiscard]] std::string inspect_text(const Inspected& inspected);
/// One object, without line end: the caller makes the array.
[[nodiscard]] std::string inspect_json(const Inspected& inspected);

}  // namespace paywall::tools
