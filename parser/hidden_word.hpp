#pragma once

#include <optional>
#include <string_view>

#include "parser/dialect.hpp"
#include "parser/encoding.hpp"
#include "parser/source.hpp"

namespace paywall {

/// For sources that were decoded: the first place where a marker's letters stand in the bytes
/// (NULs aside, in any case) and not in the text. Then the bytes are not all in the encoding that
/// they were taken for (a file that a tool of another encoding added to), and what they say to
/// their readers is not what was judged. Linear.
[[nodiscard]] std::optional<Span> find_hidden_word(const Text& text, const Dialect& dialect);

/// The same for an edition whose pieces join: do its bytes hold more of a marker's letters than its
/// text in UTF-8?
[[nodiscard]] bool hides_word(std::string_view bytes, std::string_view utf8,
                              const Dialect& dialect);

}  // namespace paywall
