#pragma once

#include <cstddef>

#include "parser/markdown/whole.hpp"

namespace paywall::markdown {

/// Is part of the line cut out that delimits a table's head, or are two rows joined?
[[nodiscard]] bool tears_table(const Whole& whole, const Joined& edition, std::size_t segment);

/// Does free text that could delimit a table's head come right behind other text, as no head's
/// delimiter? Parsers do not agree on whether it is one then.
[[nodiscard]] bool may_make_head(const Whole& whole, const Joined& edition, std::size_t segment);

/// Does a section take blank lines out of HTML right behind a table, which for some parsers goes on
/// to the next blank line?
[[nodiscard]] bool may_go_on(const Whole& whole, std::size_t segment);

/// Does a line of the edition, which is read so, delimit a table's head, and is none that does in
/// the source?
[[nodiscard]] bool makes_head(const Whole& whole, const Joined& edition, const Flat& flat);

}  // namespace paywall::markdown
