#include "parser/markdown/flat.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

#include "parser/html/element.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/markdown/tree.hpp"

namespace paywall::markdown {
namespace {

std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
    seed ^= value + 0x9E3779B97F4A7C15U + (seed << 6U) + (seed >> 2U);
    return seed * 0xBF58476D1CE4E5B9U;
}

std::string_view view(const char* text) {
    return text == nullptr ? std::string_view() : std::string_view(text);
}

std::uint64_t hash(std::string_view text) {
    return std::hash<std::string_view>()(text);
}

/// Start tags less end tags, of elements that need both.
std::int8_t count_tags(std::string_view html) {
    int count = 0;
    html::read_tags(html, [&](const html::Token& token, html::ReadingContext&) {
        if (token.closing == html::Token::Closing::none &&
            !html::has_trait(token.element, html::trait::void_element)) {
            if (token.kind == html::Token::Kind::start_tag) ++count;
            if (token.kind == html::Token::Kind::end_tag) --count;
        }
    });
    return static_cast<std::int8_t>(std::max(-100, std::min(100, count)));
}

class Flattener {
public:
    Flat flatten(cmark_node* document) {
        const std::unique_ptr<cmark_iter, FreeNode> iterator(cmark_iter_new(document));
        for (;;) {
            const auto event = cmark_iter_next(iterator.get());
            if (event == CMARK_EVENT_DONE) break;
            cmark_node* node = cmark_iter_get_node(iterator.get());
            if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION) {
                footnote(event);
            } else if (is_block(node)) {
                block(node, event);
            } else {
                inlined(node, event);
            }
        }
        return std::move(flat_);
    }

private:
    static bool is_block(cmark_node* node) {
        return (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK;
    }

    /// Blocks that hold text, or nothing.
    static bool is_leaf(cmark_node* node) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_PARAGRAPH:
            case CMARK_NODE_HEADING:
            case CMARK_NODE_CODE_BLOCK:
            case CMARK_NODE_HTML_BLOCK:
            case CMARK_NODE_THEMATIC_BREAK:
                return true;
            default:
                return view(cmark_node_get_type_string(node)) == "table";
        }
    }

    /// What a cut puts between two lists.
    static bool is_divider(cmark_node* node) {
        return cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK &&
               view(cmark_node_get_literal(node)).starts_with(list_divider) &&
               view(cmark_node_get_literal(node)).find_first_not_of("\r\n", list_divider.size()) ==
                   std::string_view::npos;
    }

    static std::uint64_t kind_of(cmark_node* node) {
        auto kind = hash(view(cmark_node_get_type_string(node)));
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_LIST:
                kind = mix(kind, static_cast<std::uint64_t>(cmark_node_get_list_type(node)));
                return mix(kind, static_cast<std::uint64_t>(cmark_node_get_list_delim(node)));
            case CMARK_NODE_HEADING:
                return mix(kind, static_cast<std::uint64_t>(cmark_node_get_heading_level(node)));
            case CMARK_NODE_CODE_BLOCK:
                return mix(kind, hash(view(cmark_node_get_fence_info(node))));
            case CMARK_NODE_LINK:
            case CMARK_NODE_IMAGE:
                kind = mix(kind, hash(view(cmark_node_get_url(node))));
                return mix(kind, hash(view(cmark_node_get_title(node))));
            default:
                return kind;
        }
    }

    void block(cmark_node* node, cmark_event_type event) {
        if (is_divider(node)) return;
        const bool is_atom = is_leaf(node) && cmark_node_first_child(node) == nullptr;
        if (event == CMARK_EVENT_EXIT) return close_block(node);
        drop_space();
        context_.push_back(mix(context(), kind_of(node)));
        if (is_leaf(node)) note_leaf(node);
        if (cmark_node_get_type(node) == CMARK_NODE_LIST && lists_++ == 0) ++list_;
        put({mix(context(), 1), 1, 0});
        literal(node);
        const bool has_exit = cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK &&
                              cmark_node_get_type(node) != CMARK_NODE_HTML_BLOCK &&
                              cmark_node_get_type(node) != CMARK_NODE_THEMATIC_BREAK;
        if (is_atom && !has_exit) close_block(node);
    }

    void close_block(cmark_node* node) {
        drop_space();
        put({mix(context(), 2), -1, 0});
        context_.pop_back();
        if (is_leaf(node)) flat_.leaves.back().end_unit = flat_.units.size();
        if (cmark_node_get_type(node) == CMARK_NODE_LIST) --lists_;
    }

    static bool is_fenced(cmark_node* node) {
        int length = 0;
        int offset = 0;
        char character = 0;
        return cmark_node_get_fenced(node, &length, &offset, &character) != 0;
    }

    static Leaf::Joins joins(cmark_node* node) {
        const auto type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING || type == CMARK_NODE_THEMATIC_BREAK)
            return Leaf::Joins::nothing;
        if (type == CMARK_NODE_CODE_BLOCK)
            return is_fenced(node) ? Leaf::Joins::nothing : Leaf::Joins::indented_lines;
        return Leaf::Joins::a_next_line;
    }

    void note_leaf(cmark_node* node) {
        flat_.leaves.push_back(
            {.first_unit = flat_.units.size(),
             .first_line = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1)),
             .last_line = last_line_of(node),
             .list = lists_ > 0 ? list_ : 0,
             .joins = joins(node)});
    }

    void inlined(cmark_node* node, cmark_event_type event) {
        const bool has_children = cmark_node_get_type(node) != CMARK_NODE_TEXT &&
                                  cmark_node_get_type(node) != CMARK_NODE_CODE &&
                                  cmark_node_get_type(node) != CMARK_NODE_HTML_INLINE &&
                                  cmark_node_get_type(node) != CMARK_NODE_SOFTBREAK &&
                                  cmark_node_get_type(node) != CMARK_NODE_LINEBREAK &&
                                  cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_REFERENCE;
        if (event == CMARK_EVENT_EXIT) {
            if (has_children) context_.pop_back();
            return;
        }
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_SOFTBREAK:
            case CMARK_NODE_LINEBREAK:
                return space();
            case CMARK_NODE_FOOTNOTE_REFERENCE:
                return put({mix(context(), hash("footnote")), 0, 0});
            default:
                break;
        }
        const bool is_plain = cmark_node_get_type(node) == CMARK_NODE_TEXT;
        if (!is_plain) context_.push_back(mix(context(), kind_of(node)));
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) put({mix(context(), 3), 0, 0});
        literal(node);
        if (!is_plain && !has_children) context_.pop_back();
    }

    /// A note's text stands where the document ends, in the order of the references.
    void footnote(cmark_event_type event) {
        if (event == CMARK_EVENT_ENTER) {
            outer_ = std::move(flat_.units);
            flat_.units.clear();
            context_.push_back(hash("note"));
            return;
        }
        context_.pop_back();
        drop_space();
        flat_.footnotes.push_back(std::move(flat_.units));
        flat_.units = std::move(outer_);
    }

    void literal(cmark_node* node) {
        const auto type = cmark_node_get_type(node);
        const auto text = view(cmark_node_get_literal(node));
        for (const char c : text) {
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                space();
            } else {
                put({mix(context(), static_cast<unsigned char>(c)), 0, 0});
            }
        }
        const bool is_html = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
        if (is_html && !text.empty()) flat_.units.back().tags = count_tags(text);
    }

    void space() {
        if (!flat_.units.empty() && flat_.units.back() != blank && flat_.units.back().depth == 0)
            put(blank);
    }
    void drop_space() {
        if (!flat_.units.empty() && flat_.units.back() == blank) flat_.units.pop_back();
    }
    void put(Unit unit) { flat_.units.push_back(unit); }
    [[nodiscard]] std::uint64_t context() const { return context_.empty() ? 0 : context_.back(); }

    static constexpr Unit blank{32, 0, 0};

    Flat flat_;
    Units outer_;
    std::vector<std::uint64_t> context_;
    std::size_t lists_ = 0;  // open ones
    std::size_t list_ = 0;
};

}  // namespace

Units without(const Flat& flat, const std::vector<bool>& is_dropped) {
    Units left;
    std::vector<bool> has_lost;  // the blocks that are open, from outermost: did they hold a leaf?
    auto leaf = flat.leaves.begin();
    for (std::size_t i = 0; i < flat.units.size();) {
        while (leaf != flat.leaves.end() && leaf->first_unit < i) ++leaf;
        const auto index = static_cast<std::size_t>(leaf - flat.leaves.begin());
        if (leaf != flat.leaves.end() && leaf->first_unit == i && is_dropped[index]) {
            if (!has_lost.empty()) has_lost.back() = true;
            i = leaf->end_unit;
            continue;
        }
        const auto& unit = flat.units[i++];
        if (unit.depth > 0) has_lost.push_back(false);
        if (unit.depth < 0) {
            const bool is_empty = has_lost.back() && left.back().depth > 0;
            has_lost.pop_back();
            if (is_empty && !has_lost.empty()) {  // the document stays
                left.pop_back();
                has_lost.back() = true;
                continue;
            }
        }
        left.push_back(unit);
    }
    return left;
}

Flat flatten(std::string_view markdown) {
    return Flattener().flatten(read_tree(markdown).get());
}

}  // namespace paywall::markdown
