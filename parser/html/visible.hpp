#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/html/element.hpp"
#include "parser/visible_text.hpp"

namespace paywall::html {

/// Does an element begin and end a block, as browsers show it by default?
[[nodiscard]] bool breaks_text(Element element);

/// Adds text with its character references resolved.
void add_resolved(std::string_view text, VisibleText& visible);

/// Adds what a reader of HTML sees: text but that of <script>, <style>, <title>, <textarea>,
/// <template> and their like. What style sheets and attributes hide is seen.
void read_visible(std::string_view text, const std::vector<std::size_t>& places,
                  VisibleText& visible);

}  // namespace paywall::html
