#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/dialect.hpp"
#include "parser/reading.hpp"
#include "parser/source.hpp"

namespace paywall {

/// Whether one hyphen may stand within a word: `paid-begin`.
enum class Hyphen { no, once };

/// Reads a word letter by letter, looking through what is unseen between the letters; gives
/// where it ends. Says nothing of what stands around it. The first `read` letters of it have been
/// read already, up to `at`.
[[nodiscard]] std::optional<std::size_t> read_word(const Reading& reading, std::size_t at,
                                                   std::string_view word, Hyphen hyphen,
                                                   std::size_t read = 0);

/// The core-word rule: a distinctive word as a whole word, whatever stands around it. It begins at
/// `at`, and its first `read` letters end at `end`.
[[nodiscard]] std::optional<Span> find_core_word(const Reading& reading, std::size_t at,
                                                 std::string_view word, std::size_t read,
                                                 std::size_t end);

}  // namespace paywall
