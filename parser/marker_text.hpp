#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/attributes.hpp"
#include "parser/dialect.hpp"

namespace paywall {

/// A marker as it is written at a place.
struct WrittenMarker {
    std::size_t length;  ///< bytes; of form `line` up to the end of the line
    AttributeList attributes;
};

/// Can a marker be written in one way only (in any case, perhaps)? Then a symbol table reads it.
[[nodiscard]] bool is_fixed(const Marker& marker);

/// The marker, exactly as its definition says, if it begins at `at`. Looks at most at
/// `attribute_limit` bytes behind its word: attributes that are longer are none.
[[nodiscard]] std::optional<WrittenMarker> read_marker(const Marker& marker, std::string_view text,
                                                       std::size_t at);

inline constexpr std::size_t attribute_limit = 4096;

}  // namespace paywall
