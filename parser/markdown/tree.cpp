#include "parser/markdown/tree.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

#include <algorithm>
#include <mutex>

namespace paywall::markdown {
namespace {

constexpr int options = CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES;

struct FreeParser {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

}  // namespace

Tree read_tree(std::string_view markdown) {
    static std::once_flag registered;
    std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
    const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(options));
    for (const char* name : {"table", "strikethrough", "autolink", "tasklist"})
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    return Tree(cmark_parser_finish(parser.get()));
}

std::size_t last_line_of(cmark_node* block) {
    auto last = std::max({cmark_node_get_start_line(block), cmark_node_get_end_line(block), 1});
    if (cmark_node_get_type(block) == CMARK_NODE_HTML_BLOCK) {
        const std::string_view html = cmark_node_get_literal(block);
        const auto ends =
            std::count(html.begin(), html.end(), '\n') - (html.ends_with('\n') ? 1 : 0);
        last = std::max(last, cmark_node_get_start_line(block) + static_cast<int>(ends));
    }
    return static_cast<std::size_t>(last);
}

std::vector<std::size_t> find_lines(std::string_view text, std::size_t begin) {
    std::vector<std::size_t> lines{begin};
    for (auto at = begin; (at = text.find_first_of("\r\n", at)) != text.npos;) {
        at += text.substr(at, 2) == "\r\n" ? 2 : 1;
        lines.push_back(at);
    }
    return lines;
}

}  // namespace paywall::markdown
