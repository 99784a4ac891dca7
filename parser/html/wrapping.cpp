#include "parser/html/wrapping.hpp"

#include <algorithm>
#include <optional>

#include "parser/html/tree_state.hpp"

namespace paywall::html {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/// Does it hold certain elements only, so that what is to be wrapped is their content?
bool is_structure(const OpenElement& open) {
    if (open.space != OpenElement::Space::html) return false;
    switch (open.element) {
        case Element::ul:
        case Element::ol:
        case Element::menu:
        case Element::dir:
        case Element::dl:
            return true;
        default:
            return is_between_cells(open.element);
    }
}

/// Something to see although there is no text in it.
bool is_seen(Element element) {
    switch (element) {
        case Element::other:  // <video>, <canvas>, what a script makes
        case Element::img:
        case Element::image:
        case Element::hr:
        case Element::input:
        case Element::button:
        case Element::select:
        case Element::textarea:
        case Element::embed:
        case Element::object:
        case Element::iframe:
        case Element::noscript:
        case Element::svg:
        case Element::math:
            return true;
        default:
            return false;
    }
}

bool is_visible(const Item& item) {
    return item.kind == Item::Kind::text ||
           (item.kind == Item::Kind::start_tag && is_seen(item.element));
}

bool is_tag(const Item& item) {
    return item.kind == Item::Kind::start_tag || item.kind == Item::Kind::end_tag;
}

/// Where an element that a segment crosses begins or ends: no wrapper reaches over that.
struct Edge {
    std::size_t item;
    bool is_tag;  ///< the item is its tag; else it ends before it
};

/// Goes through the gated segments with the state of the tree.
class Wrapping {
public:
    Wrapping(const Outline& outline, const std::vector<Piece>& pieces, const Plan& plan)
        : outline_(outline),
          pieces_(pieces),
          plan_(plan),
          is_gone_(outline.items.size()),
          state_(outline.text, outline.root, outline.scripting) {
        for (const auto& range : plan.gone)
            std::fill(is_gone_.begin() + static_cast<std::ptrdiff_t>(range.begin),
                      is_gone_.begin() + static_cast<std::ptrdiff_t>(range.end), true);
    }

    std::variant<std::vector<Wrapper>, Diagnostic> find() {
        for (segment_ = 0; segment_ < pieces_.size(); ++segment_) {
            items_ = outline_.items_of(segment_);
            if (pieces_[segment_].fate == Piece::Fate::withheld) {
                read_bare();
            } else if (!pieces_[segment_].is_gated) {
                read_all(items_);
            } else if (!wrap_segment()) {
                return fault();
            }
        }
        return std::move(wrappers_);
    }

private:
    [[nodiscard]] const Item& item(std::size_t at) const { return outline_.items[at]; }

    [[nodiscard]] Diagnostic fault() const {
        const auto opener = segment_ == 0 ? Span{} : outline_.places[segment_ - 1].marker;
        return {.rule = Rule::unwrappable_section, .span = opener};
    }

    bool wrap_segment() {
        note_ends();
        auto begin = items_.begin;
        for (const auto& edge : edges()) {
            if (!wrap_run({begin, edge.item})) return false;
            begin = edge.item;
            if (edge.is_tag) read(begin++);
        }
        return wrap_run({begin, items_.end});
    }

    [[nodiscard]] std::vector<Edge> edges() const {
        std::vector<Edge> edges;
        const auto add = [&](std::size_t at, bool is_its_tag) {
            if (at >= items_.begin && at < items_.end) edges.push_back({at, is_its_tag});
        };
        for (const auto node : outline_.open_before(segment_))
            add(outline_.nodes[node].end, outline_.nodes[node].has_end_tag);
        for (const auto node : outline_.open_behind(segment_))
            if (outline_.nodes[node].origin != OpenElement::Origin::copy)
                add(outline_.nodes[node].start, true);
        for (auto at = items_.begin; at < items_.end; ++at)
            if (ends_page(item(at))) add(at, true);
        std::ranges::sort(edges, [](const Edge& one, const Edge& other) {
            return one.item != other.item ? one.item < other.item : one.is_tag > other.is_tag;
        });
        const auto is_same_item = [](const Edge& one, const Edge& other) {
            return one.item == other.item;
        };
        edges.erase(std::unique(edges.begin(), edges.end(), is_same_item), edges.end());
        return edges;
    }

    /// Where the elements that begin in the segment end.
    void note_ends() {
        ends_.assign(items_.end - items_.begin, items_.end);
        TreeState state = state_;
        std::vector<std::size_t> open;  // their numbers
        for (const auto& element : state.open()) open.push_back(element.id);
        for (auto at = items_.begin; at < items_.end; ++at) {
            if (is_gone_[at]) continue;
            state.apply(item(at), at);
            state.closed().clear();
            auto same = std::min(open.size(), state.open().size());
            while (same > 0 && open[same - 1] != state.open()[same - 1].id) --same;
            for (auto i = same; i < open.size(); ++i)
                if (open[i] >= items_.begin && open[i] < at) ends_[open[i] - items_.begin] = at;
            open.resize(same);
            for (auto i = same; i < state.open().size(); ++i) open.push_back(state.open()[i].id);
        }
    }

    void read(std::size_t at) {
        if (is_gone_[at]) return;
        state_.apply(item(at), at);
        state_.closed().clear();
    }

    void read_bare() {
        for (const auto& tag : plan_.bare[segment_]) {
            const auto [bare, id] = item_of(tag, outline_);
            state_.apply(bare, id);
            state_.closed().clear();
        }
    }

    void read_all(ItemRange run) {
        for (auto at = run.begin; at < run.end; ++at) read(at);
    }

    [[nodiscard]] bool has_visible(ItemRange run) const {
        const auto is_seen = [&](const Item& one) {
            return is_visible(one) && !(one.element == Element::noscript && state_.in_head());
        };
        for (auto at = run.begin; at < run.end; ++at)
            if (!is_gone_[at] && is_seen(item(at))) return true;
        return false;
    }

    /// Wraps a run of whole elements and text of one parent.
    bool wrap_run(ItemRange run) {
        if (!has_visible(run)) {
            read_all(run);
            return true;
        }
        if (state_.is_lost() || state_.in_head() || state_.in_foreign()) return false;
        if (is_structure(state_.open().back())) return wrap_children(run);
        // What stands in a table, but in no cell, parsers move, and not all in the same way.
        return !state_.in_table() && wrap_flow(run);
    }

    /// What stands in a list or table: the content of each element. Tables nest as deep as elements
    /// do, which TreeState bounds.
    bool wrap_children(ItemRange run) {
        const auto depth = state_.open().size();
        const bool is_list = !state_.in_table();
        for (auto at = run.begin; at < run.end;) {
            const auto begin = at;
            while (at < run.end && (is_gone_[at] || !is_tag(item(at)))) ++at;
            if (has_visible({begin, at}) && !is_list) return false;
            if (!wrap_run_in_list({begin, at})) return false;
            if (at == run.end) break;
            const auto tag = at;
            read(at++);
            if (state_.open().size() <= depth) {
                if (item(tag).kind == Item::Kind::start_tag && is_visible(item(tag))) return false;
                continue;
            }
            const auto end = std::min(ends_[tag - items_.begin], run.end);
            if (!wrap_run({at, end})) return false;
            at = end;
            if (at < run.end && item(at).kind == Item::Kind::end_tag) read(at++);
        }
        return true;
    }

    bool wrap_run_in_list(ItemRange run) {
        if (has_visible(run)) return wrap_flow(run);
        read_all(run);
        return true;
    }

    [[nodiscard]] bool is_content(std::size_t at) const {
        return !is_gone_[at] && (is_tag(item(at)) || item(at).kind == Item::Kind::text);
    }

    bool wrap_flow(ItemRange run) {
        auto first = run.begin;
        while (!is_content(first)) read(first++);
        auto last = run.end;
        while (!is_content(last - 1)) --last;
        const bool has_block = std::any_of(
            outline_.items.begin() + static_cast<std::ptrdiff_t>(first),
            outline_.items.begin() + static_cast<std::ptrdiff_t>(last), [](const Item& one) {
                return one.kind == Item::Kind::start_tag && is_block(one.element);
            });
        const bool is_wrapped = (has_block && wrap({first, last}, run.end, Flow::block)) ||
                                wrap({first, last}, run.end, Flow::inlined);
        read_all({first, run.end});
        return is_wrapped;
    }

    /// What is to be wrapped; white space at its ends stays outside.
    struct Content {
        ItemRange items;
        std::size_t behind;  ///< the item that follows
        Span span;
    };
    enum class Change { none, until_next, lasting };

    [[nodiscard]] Content content_of(ItemRange run, std::size_t behind) const {
        auto begin = item(run.begin).span.offset;
        auto end = item(run.end - 1).span.end();
        if (item(run.begin).kind == Item::Kind::text)
            while (is_space(outline_.text[begin])) ++begin;
        if (item(run.end - 1).kind == Item::Kind::text)
            while (is_space(outline_.text[end - 1])) --end;
        return {run, behind, {begin, end - begin}};
    }

    /// A wrapper around items, if it can be proved to change nothing but itself.
    bool wrap(ItemRange run, std::size_t behind, Flow flow) {
        auto content = content_of(run, behind);
        auto change = change_by(content, flow);
        if (change == Change::until_next) {
            // Left open, an element ends with the wrapper: what ends it has to come next.
            content.items.end = behind;
            content.span.length = item(behind - 1).span.end() - content.span.offset;
            change = change_by(content, flow);
        }
        if (change != Change::none) return false;
        wrappers_.push_back({content.span.offset, content.span.end(), flow, segment_});
        return true;
    }

    /// Follows the tree's construction with and without the wrapper.
    [[nodiscard]] Change change_by(const Content& content, Flow flow) const {
        const auto element = flow == Flow::block ? Element::div : Element::span;
        constexpr auto id = nowhere - 3;  // of no item
        const Item blank{.kind = Item::Kind::blank, .span = {}};
        TreeState plain = state_;
        TreeState wrapped = state_;
        if (content.span.offset > item(content.items.begin).span.offset)
            read_both(plain, wrapped, blank, id);
        const auto created = wrapped.created();
        wrapped.apply({.kind = Item::Kind::start_tag, .element = element, .span = {}}, id);
        if (wrapped.created() != created + 1 || !is_one_deeper(plain, wrapped))
            return Change::lasting;
        for (auto at = content.items.begin; at < content.items.end; ++at) {
            if (is_gone_[at]) continue;
            if (!read_both(plain, wrapped, item(at), at) || !is_one_deeper(plain, wrapped))
                return Change::lasting;
        }
        const auto made = wrapped.created();
        wrapped.apply({.kind = Item::Kind::end_tag, .element = element, .span = {}}, id);
        if (wrapped.created() != made) return Change::lasting;
        if (content.span.end() < item(content.items.end - 1).span.end())
            read_both(plain, wrapped, blank, id);
        if (is_same(plain, wrapped)) return Change::none;
        return settled_by_next(plain, wrapped, content);
    }

    [[nodiscard]] Change settled_by_next(TreeState& plain, TreeState& wrapped,
                                         const Content& content) const {
        const auto next = content.behind;
        const bool has_more = content.span.end() < item(next - 1).span.end();
        if (has_more) return Change::until_next;
        if (next == outline_.items.size())
            return outline_.is_whole ? Change::none : Change::lasting;
        if (item(next).kind == Item::Kind::marker || is_gone_[next]) return Change::lasting;
        return read_both(plain, wrapped, item(next), next) && is_same(plain, wrapped)
                   ? Change::none
                   : Change::lasting;
    }

    /// Does an item do the same to both?
    static bool read_both(TreeState& plain, TreeState& wrapped, const Item& next, std::size_t id) {
        const auto before = wrapped.created() - plain.created();
        plain.apply(next, id);
        wrapped.apply(next, id);
        plain.closed().clear();
        wrapped.closed().clear();
        return !plain.is_lost() && !wrapped.is_lost() &&
               wrapped.created() - plain.created() == before;
    }

    static bool is_one_deeper(const TreeState& plain, const TreeState& wrapped) {
        return wrapped.open().size() == plain.open().size() + 1;
    }

    static bool is_same(const TreeState& plain, const TreeState& wrapped) {
        return plain.is_same(wrapped, [](std::size_t) { return false; });
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    const Plan& plan_;
    std::vector<bool> is_gone_;  // by item
    TreeState state_;            // of the edition, so far
    std::vector<Wrapper> wrappers_;
    std::size_t segment_ = 0;
    ItemRange items_{};              // of the segment
    std::vector<std::size_t> ends_;  // of the elements that begin at its items
};

}  // namespace

std::variant<std::vector<Wrapper>, Diagnostic> find_wrappers(const Outline& outline,
                                                             const std::vector<Piece>& pieces,
                                                             const Plan& plan) {
    return Wrapping(outline, pieces, plan).find();
}

}  // namespace paywall::html
