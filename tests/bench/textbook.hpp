#pragma once

#include <cstddef>
#include <string_view>

namespace paywall::bench {

/// Boost.Spirit X3 as its tutorial has it: text is `raw[*(char_ - marker)]`, and then a marker,
/// for one spelling only. Gives the number of texts. Checks nothing else: what this project's own
/// scan is measured by.
[[nodiscard]] std::size_t count_texts(std::string_view source);

}  // namespace paywall::bench
