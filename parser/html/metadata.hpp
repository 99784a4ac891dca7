#pragma once

#include <vector>

#include "parser/composition.hpp"
#include "parser/html/outline.hpp"
#include "parser/metadata.hpp"

namespace paywall::html {

/// What an HTML text's previews say beside their text: `content` of <meta>, <title>, JSON-LD,
/// attributes `alt` and `title`, comments; and its paid and its free text, without tags.
[[nodiscard]] Metadata read_metadata(const Outline& outline, const std::vector<Piece>& pieces,
                                     const MetadataLimits& limits);

}  // namespace paywall::html
