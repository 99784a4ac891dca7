#pragma once

#include <string_view>

#include "parser/dialect.hpp"
#include "parser/source.hpp"

namespace paywall {

/// Is it safe to write a marker in the place of this text, which looks like it? Not where the text
/// holds one tag of an element and leaves the other behind, nor where signs of the damaged marker
/// stand on beside it: `<b>[restr</b>ict]`, `<!--more&#45;->`. Spans are of the UTF-8 text.
[[nodiscard]] bool is_safe_fix(std::string_view text, Span span, const Marker& meant);

}  // namespace paywall
