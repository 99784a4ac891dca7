#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paywall::audit {

/// What people call the places at these offsets (ascending) of a text with markup: the element
/// that holds it (`description`), in a tag with the attribute (`meta content`), `comment`; empty
/// outside of all.
[[nodiscard]] std::vector<std::string> names_of_places(std::string_view text,
                                                       const std::vector<std::size_t>& offsets);

/// The same of JSON and what is written like it: the key of the value that holds the place.
[[nodiscard]] std::vector<std::string> keys_of_places(std::string_view text,
                                                      const std::vector<std::size_t>& offsets);

}  // namespace paywall::audit
