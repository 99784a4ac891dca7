#include "parser/markdown/flat.hpp"

#include <cmark-gfm-core-extensions.h>

#include <algorithm>
#include <memory>

#include "parser/markdown/hash.hpp"
#include "parser/markdown/raw_html.hpp"
#include "parser/markdown/tree.hpp"

namespace paywall::markdown {
namespace {

std::string_view view(const char* text) {
    return text == nullptr ? std::string_view() : std::string_view(text);
}

class Flattener {
public:
    Flattener() = default;
    explicit Flattener(const std::vector<LineRange>& lines) : lines_(&lines) {}

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
        std::ranges::stable_sort(flat_.note_leaves, {}, &Leaf::first_line);
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

    /// A table's alignments, a cell's column.
    std::uint64_t place_in_table(cmark_node* node) {
        const auto name = view(cmark_node_get_type_string(node));
        if (name == "table_cell") return ++column_;
        column_ = 0;
        std::uint64_t place = 0;
        if (name == "table") {
            const auto* alignments = cmark_gfm_extensions_get_table_alignments(node);
            const auto columns = cmark_gfm_extensions_get_table_columns(node);
            for (int i = 0; i < columns; ++i) place = mix(place, alignments[i]);
        }
        return place;
    }

    void block(cmark_node* node, cmark_event_type event) {
        if (is_divider(node) && !html_.is_unfinished()) return;  // it would end a comment
        const bool is_atom = is_leaf(node) && cmark_node_first_child(node) == nullptr;
        if (event == CMARK_EVENT_EXIT) return close_block(node);
        drop_space();
        context_.push_back(mix(mix(context(), kind_of(node)), place_in_table(node)));
        if (is_leaf(node)) note_leaf(node);
        if (cmark_node_get_type(node) == CMARK_NODE_LIST && lists_++ == 0) ++list_;
        put({.value = mix(context(), 1), .depth = 1});
        pass_tag(node);
        literal(node);
        const bool has_exit = cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK &&
                              cmark_node_get_type(node) != CMARK_NODE_HTML_BLOCK &&
                              cmark_node_get_type(node) != CMARK_NODE_THEMATIC_BREAK;
        if (is_atom && !has_exit) close_block(node);
    }

    void close_block(cmark_node* node) {
        drop_space();
        put({.value = mix(context(), 2), .depth = -1});
        pass_tag(node);
        context_.pop_back();
        if (is_leaf(node)) end_leaf();
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

    static Leaf::Kind leaf_kind(cmark_node* node) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_PARAGRAPH:
                return Leaf::Kind::paragraph;
            case CMARK_NODE_HTML_BLOCK:
                return Leaf::Kind::html;
            case CMARK_NODE_CODE_BLOCK:
                return Leaf::Kind::code;
            case CMARK_NODE_HEADING:
            case CMARK_NODE_THEMATIC_BREAK:
                return Leaf::Kind::other;
            default:
                return Leaf::Kind::table;
        }
    }

    void note_leaf(cmark_node* node) {
        flat_.leaves.push_back(
            {.first_unit = flat_.units.size(),
             .first_line = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1)),
             .last_line = last_line_of(node),
             .list = lists_ > 0 ? list_ : 0,
             .joins = joins(node),
             .kind = leaf_kind(node)});
        is_whole_ = lines_ != nullptr && !holds_line(flat_.leaves.back());
        whole_ = 0;
    }

    [[nodiscard]] bool holds_line(const Leaf& leaf) const {
        const auto range = std::ranges::lower_bound(*lines_, leaf.first_line, {}, &LineRange::last);
        return range != lines_->end() && range->first <= leaf.last_line;
    }

    void end_leaf() {
        if (is_whole_) flat_.units.push_back({.value = whole_, .is_whole = true});
        is_whole_ = false;
        flat_.leaves.back().end_unit = flat_.units.size();
    }

    /// Text and what stands for itself; all others hold something, between a begin and an end.
    static bool is_element(cmark_node* node) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_TEXT:
            case CMARK_NODE_HTML_INLINE:
            case CMARK_NODE_SOFTBREAK:
            case CMARK_NODE_LINEBREAK:
            case CMARK_NODE_FOOTNOTE_REFERENCE:
                return false;
            default:
                return true;
        }
    }

    void inlined(cmark_node* node, cmark_event_type event) {
        const bool has_ends = is_element(node);
        if (event == CMARK_EVENT_EXIT) {
            if (has_ends) close_element();
            return;
        }
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_SOFTBREAK:
            case CMARK_NODE_LINEBREAK:
                return space();
            case CMARK_NODE_FOOTNOTE_REFERENCE:
                return put({.value = mix(context(), hash("footnote"))});
            default:
                break;
        }
        if (cmark_node_get_type(node) == CMARK_NODE_TEXT) return literal(node);
        context_.push_back(mix(context(), kind_of(node)));
        if (has_ends) put({.value = mix(context(), 3), .inlines = 1});
        literal(node);
        if (cmark_node_get_type(node) == CMARK_NODE_CODE) return close_element();
        if (!has_ends) context_.pop_back();
    }

    void close_element() {
        put({.value = mix(context(), 4), .inlines = -1});
        context_.pop_back();
    }

    /// A note's text stands where the document ends, in the order of the references.
    void footnote(cmark_event_type event) {
        if (event == CMARK_EVENT_ENTER) {
            outer_ = std::move(flat_.units);
            flat_.units.clear();
            std::swap(outer_leaves_, flat_.leaves);
            context_.push_back(hash("note"));
            ++lists_;
            ++list_;
            return;
        }
        context_.pop_back();
        --lists_;
        drop_space();
        std::swap(outer_leaves_, flat_.leaves);
        flat_.note_leaves.insert(flat_.note_leaves.end(), outer_leaves_.begin(),
                                 outer_leaves_.end());
        outer_leaves_.clear();
        flat_.footnotes.push_back(std::move(flat_.units));
        flat_.units = std::move(outer_);
    }

    void literal(cmark_node* node) {
        const auto type = cmark_node_get_type(node);
        const auto text = view(cmark_node_get_literal(node));
        if (type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_HTML_INLINE) return put_text(text);
        html_.read(text, [this](const RawHtml::Part& part) {
            open_html_ = part.context;
            if (part.kind == RawHtml::Part::Kind::tag)
                put_tag(part);
            else
                put_text(part.text);
        });
        open_html_ = html_.context();
    }

    void put_text(std::string_view text) {
        const auto within = context();
        if (is_whole_) return put({.value = mix(within, hash(text))});
        make_room(text.size());
        for (const char c : text) {
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                space();
            } else {
                put({.value = mix(within, static_cast<unsigned char>(c)),
                     .letters = begins_letter(c) ? 1U : 0U,
                     .is_shown = true});
            }
        }
    }

    void make_room(std::size_t count) {
        auto& units = flat_.units;
        if (units.capacity() - units.size() < count)
            units.reserve(std::max(units.size() + count, 2 * units.capacity()));
    }

    void put_tag(const RawHtml::Part& tag) {
        put({.value = mix(context(), hash(tag.text)),
             .letters = static_cast<std::uint32_t>(std::ranges::count_if(tag.text, begins_letter)),
             .tags = static_cast<std::int8_t>(tag.tags),
             .is_shown = true});
    }

    void space() {
        const bool is_first = flat_.units.empty() || flat_.units.back().depth != 0;
        if (is_whole_ || (!is_first && flat_.units.back() != blank)) put(blank);
    }
    void drop_space() {
        if (!is_whole_ && !flat_.units.empty() && flat_.units.back() == blank)
            flat_.units.pop_back();
    }
    /// Pages have tags for all blocks but HTML.
    void pass_tag(cmark_node* node) {
        const auto type = cmark_node_get_type(node);
        if (open_html_ == 0 || type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_DOCUMENT) return;
        html_.pass_tag();
        open_html_ = html_.context();
    }
    void put(Unit unit) {
        if (is_whole_)
            whole_ = mix(whole_, unit.value);
        else
            flat_.units.push_back(unit);
        if (!html_.is_lost()) return;
        html_.pass(unit.value);
        open_html_ = html_.context();
    }
    [[nodiscard]] std::uint64_t context() const {
        const auto inner = context_.empty() ? 0 : context_.back();
        return open_html_ == 0 ? inner : mix(inner, open_html_);
    }

    static constexpr Unit blank{.value = ' '};

    const std::vector<LineRange>* lines_ = nullptr;
    Flat flat_;
    bool is_whole_ = false;  // what is read becomes one unit
    std::uint64_t whole_ = 0;
    Units outer_;  // and its leaves: the document's, while a note is read
    std::vector<Leaf> outer_leaves_;
    std::vector<std::uint64_t> context_;  // blocks and inline elements
    RawHtml html_;
    std::uint64_t open_html_ = 0;  // what it has left open
    std::size_t lists_ = 0;        // open ones
    std::size_t list_ = 0;
    std::size_t column_ = 0;  // of a table's row
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

Flat flatten(std::string_view markdown, const std::vector<LineRange>& lines) {
    return Flattener(lines).flatten(read_tree(markdown).get());
}

}  // namespace paywall::markdown
