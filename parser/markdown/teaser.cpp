#include "parser/markdown/teaser.hpp"

#include "parser/markdown/front_matter.hpp"
#include "parser/markdown/tree.hpp"

namespace paywall::markdown {

std::vector<Boundary> find_boundaries(std::string_view text) {
    const auto begin = front_matter_length(text);
    const auto tree = read_tree(text.substr(begin));
    const auto lines = find_lines(text, begin);
    std::vector<Boundary> boundaries;
    cmark_node* before = nullptr;
    for (auto* node = cmark_node_first_child(tree.get()); node != nullptr;
         node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION) continue;
        const auto line = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1));
        const auto offset = lines[std::min(line, lines.size()) - 1];
        const bool is_further = boundaries.empty() || offset > boundaries.back().offset;
        if (before != nullptr && is_further && offset > begin)
            boundaries.push_back({offset, cmark_node_get_type(before) == CMARK_NODE_HEADING
                                              ? Boundary::Behind::heading
                                              : Boundary::Behind::block});
        before = node;
    }
    return boundaries;
}

}  // namespace paywall::markdown
