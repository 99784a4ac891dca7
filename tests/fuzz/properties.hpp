#pragma once

#include "parser/diagnostic.hpp"
#include "parser/document.hpp"
#include "tests/fuzz/input.hpp"

namespace paywall::fuzz {

/// Each function aborts with a message where a promise of the library does not hold, so that
/// libFuzzer and a debugger both stop at it.

/// Segments and markers tile the source; accesses alternate; every gap is one exact marker.
void check_document(const Document& document, const Input& input);

/// Spans lie in the source, in order; counts hold; every message can be made and shown.
void check_diagnostics(const Diagnostics& diagnostics, const Input& input);

/// Both editions: the preview views bytes of free segments only, the full edition is the source
/// less its markers, and reading either again finds one free segment.
void check_editions(const Document& document, const Input& input);

/// The parser of the dialect under test, made once.
[[nodiscard]] const Parser& parser();

}  // namespace paywall::fuzz
