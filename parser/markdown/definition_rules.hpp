#pragma once

#include <cstddef>

#include "parser/markdown/whole.hpp"

namespace paywall::markdown {

/// Does a section hold part of a link's definition, or does it begin in a footnote and end in
/// a line behind it of which something is left? (What an unused one says is not seen.)
[[nodiscard]] bool tears_definition(const Outline& outline, Span section);

/// Is each footnote of an edition with so many cuts one of the source's, or what is left of one?
[[nodiscard]] bool are_notes_left(const Flat& source, const Flat& edition, std::size_t cuts);

}  // namespace paywall::markdown
