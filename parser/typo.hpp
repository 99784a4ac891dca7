#pragma once

#include <cstddef>
#include <string_view>

namespace paywall {

/// The number of typing errors (a letter left out, doubled or put in, another letter, two
/// neighbours swapped: optimal string alignment) from one short word to another; anything above
/// `limit` counts as limit + 1.
[[nodiscard]] std::size_t count_typos(std::string_view word, std::string_view written,
                                      std::size_t limit);

}  // namespace paywall
