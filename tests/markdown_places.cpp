#include "tests/markdown_places.hpp"

#include <cmark-gfm.h>
#include <gumbo.h>
#include <md4c-html.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "parser/markdown/tree.hpp"

namespace paywall::tests {
namespace {

std::string rendered_by_md4c(const std::string& markdown) {
    std::string html;
    const auto add = [](const MD_CHAR* text, MD_SIZE size, void* to) {
        static_cast<std::string*>(to)->append(text, size);
    };
    md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), add, &html, MD_DIALECT_GITHUB,
            0);
    return html;
}

std::string rendered_by_cmark(const std::string& markdown) {
    const auto tree = markdown::read_tree(markdown);
    char* html = cmark_render_html(tree.get(), CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES, nullptr);
    std::string result(html);
    std::free(html);
    return result;
}

class Finder {
public:
    explicit Finder(Links links) : links_(links) {}

    Places find(const GumboNode& root) {
        children(root, {}, "");
        return std::move(places_);
    }

private:
    void node(const GumboNode& node, const Place& at, const std::string& parent) {
        switch (node.type) {
            case GUMBO_NODE_ELEMENT:
            case GUMBO_NODE_TEMPLATE:
                return element(node, at, parent);
            case GUMBO_NODE_COMMENT:
                return words(node.v.text.text, within(at, "#comment"));
            case GUMBO_NODE_TEXT:
            case GUMBO_NODE_CDATA:
                return words(node.v.text.text, at);
            default:
                return;
        }
    }

    void element(const GumboNode& node, const Place& at, const std::string& parent) {
        const auto& element = node.v.element;
        std::string name = element.tag == GUMBO_TAG_UNKNOWN ? std::string("?")
                                                            : gumbo_normalized_tagname(element.tag);
        std::string attributes;
        for (unsigned i = 0; i < element.attributes.length; ++i) {
            const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
            const std::string key = attribute.name;
            // The number of a note or item is not its text.
            if (key == "id" || key == "start" || key.starts_with("data-") || key == "aria-label" ||
                std::string(attribute.value).starts_with("#fn"))
                continue;
            if (links_ == Links::yes || name != "a")
                attributes += "[" + key + "=" + value_of(attribute) + "]";
            words(attribute.value, within(at, "@" + key));
        }
        const bool is_dropped = (name == "p" && parent == "li") || name == "input" ||
                                (links_ == Links::no && (name == "a" || name == "img"));
        if (name == "td" || name == "th") name += std::to_string(node.index_within_parent / 2);
        auto inner = is_dropped ? at : within(at, name + attributes);
        ++number_;
        if (!is_dropped) inner.elements.push_back(number_);
        children(node, inner, name);
    }

    /// A value over lines may hold blocks, which may be paid.
    static std::string value_of(const GumboAttribute& attribute) {
        const std::string value = attribute.value;
        return value.find('\n') == value.npos ? value : "...";
    }

    void children(const GumboNode& node, const Place& at, const std::string& name) {
        const auto& list = node.v.element.children;
        for (unsigned i = 0; i < list.length; ++i)
            this->node(*static_cast<const GumboNode*>(list.data[i]), at, name);
    }

    static Place within(const Place& at, const std::string& name) {
        return {at.path + " " + name, at.elements};
    }

    void words(const std::string& text, const Place& at) {
        for (std::size_t i = 0; (i = text.find('w', i)) != text.npos; ++i) {
            auto end = i + 1;
            while (end < text.size() && text[end] >= 'a' && text[end] <= 'p') ++end;
            if (end < text.size() && text[end] == 'q')
                places_.emplace_back(text.substr(i, end + 1 - i), at);
        }
    }

    Links links_;
    Places places_;
    int number_ = 0;
};

}  // namespace

std::size_t shared_elements(const Place& a, const Place& b) {
    const auto [end, other] = std::ranges::mismatch(a.elements, b.elements);
    return static_cast<std::size_t>(end - a.elements.begin());
}

Places find_places(const std::string& markdown, Renderer renderer, Links links) {
    auto html =
        renderer == Renderer::cmark ? rendered_by_cmark(markdown) : rendered_by_md4c(markdown);
    html += "<p>wq</p>";
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void*, std::size_t size) { return std::calloc(1, size); };
    options.fragment_context = GUMBO_TAG_BODY;
    GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
    auto places = Finder(links).find(*output->root);
    gumbo_destroy_output(&options, output);
    return places;
}

}  // namespace paywall::tests
