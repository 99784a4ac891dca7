#pragma once

#include <cstddef>

#include "parser/markdown/whole.hpp"

namespace paywall::markdown {

/// Does a section begin or end within an escape (`\*`) or a character reference (`&amp;`), or is
/// one made of free signs on both sides of it? What it stands for could be lost among what is paid.
[[nodiscard]] bool tears_sign(const Whole& whole, const Joined& edition, std::size_t segment);

}  // namespace paywall::markdown
