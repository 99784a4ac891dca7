#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/dialect.hpp"
#include "tests/bench/buffers.hpp"

namespace paywall::bench {

/// The kind of content that is usual for a dialect.
[[nodiscard]] Prose usual_prose(const Dialect& dialect);

/// Its prose with the markers of `prose()` written as the dialect writes them. A dialect of
/// dividers has one, in the middle.
[[nodiscard]] std::string prose_of(const Dialect& dialect);

/// Dialects that nobody knows, of sections with words of their own in the usual delimiters.
[[nodiscard]] std::vector<Dialect> more_dialects(std::size_t count);

}  // namespace paywall::bench
