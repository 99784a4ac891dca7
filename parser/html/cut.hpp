#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/html/outline.hpp"

namespace paywall::html {

/// What a placeholder may stand in.
enum class Flow : std::uint8_t { block, inlined };

/// A text with an element that no <p> can hold is a block.
[[nodiscard]] Flow flow_of(std::string_view html);

struct CutOptions {
    Empty empty = Empty::taken_along;
    const std::vector<std::string>* keep_attributes = nullptr;  ///< in any case; none: none
};

/// One edition of a source, spans of its text; or why it cannot be cut, `crossed_containers`.
/// There are as many pieces as segments: one more than places.
[[nodiscard]] std::variant<Composition, Diagnostic> cut(const Outline& outline,
                                                        const std::vector<Piece>& pieces,
                                                        const CutOptions& options);

}  // namespace paywall::html
