#pragma once

#include <cstddef>
#include <string_view>

#include "parser/edition.hpp"
#include "parser/parse.hpp"

namespace paywall::fuzz {

/// What one fuzz input asks for. Its first two bytes choose the options, the rest is the source:
///
///     byte 0   bits 0-1: unmarked free, paid, refuse, free     bit 2: markers are literal
///              bit 3: exact cut     bit 4: deny every warning  bit 5: allow every warning
///              bit 6: a placeholder bit 7: keep one diagnostic only
///     byte 1   modulo the number of encoding names: which one is said; 0: none
///
/// An input of fewer bytes is an empty source with default options. Views the input's bytes.
struct Input {
    std::string_view source;
    ParseOptions options;
    Cut cut = Cut::marker_lines;
    bool with_placeholder = false;
};

inline constexpr std::size_t option_bytes = 2;

[[nodiscard]] Input read_input(std::string_view bytes);

}  // namespace paywall::fuzz
