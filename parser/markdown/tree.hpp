#pragma once

#include <cmark-gfm.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace paywall::markdown {

/// Gives cmark's things back to it.
struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

using Tree = std::unique_ptr<cmark_node, FreeNode>;

/// A Markdown text without front matter as cmark-gfm reads it, with GitHub's extensions: tables,
/// strikethrough, autolinks, task lists, footnotes. Lines count from 1.
[[nodiscard]] Tree read_tree(std::string_view markdown);

/// The last line of a block. (cmark does not count the line that ends `<!-- … -->` and its like.)
[[nodiscard]] std::size_t last_line_of(cmark_node* block);

/// Where the lines of a text begin as cmark counts them, the first at `begin`; line 1 is at index
/// 0.
[[nodiscard]] std::vector<std::size_t> find_lines(std::string_view text, std::size_t begin);

}  // namespace paywall::markdown
