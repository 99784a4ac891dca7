#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/normal_form.hpp"

namespace paywall::audit {

/// What kind of text a source is, by its name's extension.
enum class SourceKind { text, markdown, html };
[[nodiscard]] SourceKind kind_of_source(std::string_view name);

/// What a segment's text (UTF-8) is searched for as, in normal form. First its visible text:
/// markup and references resolved as its kind says. Then, as others may copy the source as it is,
/// how that reads where it differs: link targets, numbers of lists and tags left in, with `context`
/// bytes of what is around. Last what images and links say on their own.
[[nodiscard]] std::vector<std::string> readings_of(std::string_view text, SourceKind kind,
                                                   std::size_t context, NormalForm& form);

}  // namespace paywall::audit
