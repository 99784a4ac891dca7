#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/normal_form.hpp"
#include "parser/document.hpp"

namespace paywall::audit {

/// What a segment's text (UTF-8) is searched for as, in normal form. First its visible text:
/// markup and references resolved as what it is. Then, as others may copy the source as it is,
/// how that reads where it differs: link targets, numbers of lists and tags left in, with `context`
/// bytes of what is around; and without the labels of links that are defined elsewhere. Last what
/// images and links say on their own.
[[nodiscard]] std::vector<std::string> readings_of(std::string_view text, Content content,
                                                   std::size_t context, NormalForm& form);

}  // namespace paywall::audit
