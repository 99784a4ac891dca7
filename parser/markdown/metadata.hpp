#pragma once

#include "parser/composition.hpp"
#include "parser/markdown/cut.hpp"
#include "parser/metadata.hpp"

namespace paywall::markdown {

/// What a Markdown source's previews say beside their text: the lines of front matter, the texts
/// and titles of images, titles of links; and its paid and its free text.
[[nodiscard]] Metadata read_metadata(const Outline& outline, const std::vector<Piece>& pieces,
                                     const MetadataLimits& limits);

}  // namespace paywall::markdown
