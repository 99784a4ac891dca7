#pragma once

#include <cstddef>
#include <vector>

#include "parser/html/cut.hpp"
#include "parser/html/outline.hpp"

namespace paywall::html {

/// By segment: does what stands for it stand in a frame, a <div> of its own?
using Frames = std::vector<bool>;

/// The segments whose placeholders change the tree around them: they take on formatting that a
/// source leaves open, and what is behind them would come to stand in it. `frames`: those that
/// have one already, which hardly ever do.
[[nodiscard]] std::vector<std::size_t> find_disturbing(const Outline& outline,
                                                       const Composition& composition,
                                                       const Frames& frames);

/// Puts the frames around the placeholders.
[[nodiscard]] Composition with_frames(Composition composition, const Frames& frames);

}  // namespace paywall::html
