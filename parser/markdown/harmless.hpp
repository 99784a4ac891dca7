#pragma once

#include <string_view>
#include <vector>

#include "parser/source.hpp"

namespace paywall::markdown {

/// Is it sure, without reading the text as Markdown, that what is left of it without the cuts is
/// read as before, and that nothing has to be kept apart? Where in doubt: no. So a section of
/// whole blocks between paragraphs and headings, or of plain text within a line or a paragraph, is
/// cut without the cost of a parser. `text` is without front matter and markers; the cuts are in
/// order. Linear.
[[nodiscard]] bool is_surely_harmless(std::string_view text, const std::vector<Span>& cuts);

}  // namespace paywall::markdown
