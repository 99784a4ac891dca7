#include "tests/html_tree.hpp"

#include <gumbo.h>

#include <cstdlib>

namespace paywall::tests {
namespace {

/// The length of a white space character or no-break space at a place; 0 if there is none.
std::size_t space_at(const std::string& text, std::size_t at) {
    if (std::string(" \n\t\r\f").find(text[at]) != std::string::npos) return 1;
    return text.compare(at, 2, "\xC2\xA0") == 0 ? 2 : 0;
}

/// The parser takes what its tokenizer drops for the beginning of what follows.
GumboStringPiece without_dropped(GumboStringPiece tag) {
    constexpr std::string_view dropped = "</>";
    while (std::string_view(tag.data, tag.length).starts_with(dropped))
        tag = {tag.data + dropped.size(), tag.length - dropped.size()};
    return tag;
}

std::string name_of(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = without_dropped(element.original_tag);
    gumbo_tag_from_original_text(&piece);
    return {piece.data, piece.length};
}

class Reader {
public:
    explicit Reader(const std::string& html) : html_(html) {}

    TreeNode read(const GumboNode& node) {
        TreeNode result;
        if (node.type == GUMBO_NODE_DOCUMENT) {
            result.name = "#document";
            read_children(node.v.document.children, result);
            return result;
        }
        const auto& element = node.v.element;
        result.name = name_of(element);
        const bool is_made_up =
            (node.parse_flags & (GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT |
                                 GUMBO_INSERTION_ADOPTION_AGENCY_CLONED)) != 0;
        if (!is_made_up && element.original_end_tag.length > 0)
            result.end = static_cast<std::size_t>(element.original_end_tag.data - html_.data());
        if (const auto* names = gumbo_get_attribute(&element.attributes, "class")) {
            result.is_paywall = std::string(names->value).starts_with("paywall");
            if (!result.is_paywall) result.classes = names->value;
        }
        if (element.original_tag.length > 0)
            result.tag = static_cast<std::size_t>(element.original_tag.data - html_.data());
        if (!is_made_up && element.original_tag.length > 0 && element.original_tag.data[0] == '<')
            place(result, element);
        if ((node.parse_flags & GUMBO_INSERTION_CONVERTED_FROM_END_TAG) != 0)
            result.offset = static_cast<std::size_t>(element.original_end_tag.data - html_.data());
        read_children(element.children, result);
        return result;
    }

private:
    void place(TreeNode& node, const GumboElement& element) const {
        const auto tag = without_dropped(element.original_tag);
        node.offset = static_cast<std::size_t>(tag.data - html_.data());
        node.length = tag.length;
    }

    void read_children(const GumboVector& children, TreeNode& parent) {
        for (unsigned i = 0; i < children.length; ++i) {
            const auto& child = *static_cast<const GumboNode*>(children.data[i]);
            switch (child.type) {
                case GUMBO_NODE_ELEMENT:
                case GUMBO_NODE_TEMPLATE:
                    parent.children.push_back(read(child));
                    break;
                case GUMBO_NODE_COMMENT:
                    parent.children.push_back(
                        {TreeNode::Kind::comment, child.v.text.text, TreeNode::npos});
                    break;
                case GUMBO_NODE_TEXT:
                case GUMBO_NODE_CDATA:
                    read_words(child.v.text.text, parent);
                    break;
                default:
                    break;
            }
        }
    }

    static void read_words(const std::string& text, TreeNode& parent) {
        for (std::size_t at = 0; at < text.size();) {
            while (at < text.size() && space_at(text, at) > 0) at += space_at(text, at);
            const auto begin = at;
            while (at < text.size() && space_at(text, at) == 0) ++at;
            if (at > begin)
                parent.children.push_back(
                    {TreeNode::Kind::word, text.substr(begin, at - begin), TreeNode::npos});
        }
    }

    const std::string& html_;
};

}  // namespace

Tree parse_tree(const std::string& source, Noscript noscript) {
    auto html = source;
    if (noscript == Noscript::raw_text) {  // the parser reads another element so, at most places
        constexpr std::string_view name = "noscript";
        constexpr std::string_view other = "noframes";
        for (std::size_t at = 0; (at = html.find(name, at)) != html.npos; at += other.size())
            html.replace(at, other.size(), other);
    }
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = -1;
    // It leaves the mode of a fragment's document unset; zero is the standard's.
    options.allocator = [](void*, std::size_t size) { return std::calloc(1, size); };
    const bool is_document = html.find("<!DOCTYPE") != std::string::npos;
    if (!is_document) options.fragment_context = GUMBO_TAG_BODY;
    GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
    Tree tree;
    tree.root = Reader(html).read(is_document ? *output->document : *output->root);
    tree.errors = output->errors.length;
    gumbo_destroy_output(&options, output);
    return tree;
}

std::string to_string(const TreeNode& node) {
    if (node.kind == TreeNode::Kind::word) return node.name;
    if (node.kind == TreeNode::Kind::comment) return {};
    std::string text = node.name + (node.classes.empty() ? "" : "." + node.classes) + "(";
    for (const auto& child : node.children) {
        const auto inner = to_string(child);
        if (inner.empty()) continue;
        if (text.back() != '(') text += ' ';
        text += inner;
    }
    if (node.offset == TreeNode::npos && text.back() == '(') return {};
    return text + ")";
}

}  // namespace paywall::tests
