#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace paywall {

/// The beginning of a visible text (VisibleText), at most so many grapheme clusters: up to the end
/// of a sentence; of a word where the first sentence is longer; of a grapheme cluster where the
/// first word is. Give it what is free: VisibleText of a preview without placeholders.
[[nodiscard]] std::string make_excerpt(std::string_view visible, std::size_t characters);

}  // namespace paywall
