#pragma once

#include <optional>
#include <string_view>

#include "parser/attributes.hpp"

/// The grammars behind read_attributes(); each has its EBNF in its own file.
namespace paywall::attributes {

[[nodiscard]] std::optional<AttributeList> read_shortcode(std::string_view text);
[[nodiscard]] std::optional<AttributeList> read_json(std::string_view text);
[[nodiscard]] std::optional<AttributeList> read_key_values(std::string_view text,
                                                           std::string_view end);
[[nodiscard]] std::optional<AttributeList> read_assignment(std::string_view text);
/// A label that begins with `sign`.
[[nodiscard]] std::optional<AttributeList> read_label(std::string_view text, char sign,
                                                      std::string_view end);

}  // namespace paywall::attributes
