#include "parser/html/plan.hpp"

#include <algorithm>

#include "parser/html/entity.hpp"

namespace paywall::html {
namespace {

class Planner {
public:
    Planner(const Outline& outline, const std::vector<Piece>& pieces)
        : outline_(outline), pieces_(pieces) {
        plan_.is_gone.resize(outline.nodes.size());
        plan_.bare.resize(pieces.size());
        for (const auto& piece : pieces)
            plan_.withheld.push_back(piece.fate == Piece::Fate::withheld);
    }

    void drop_empty(const KeptEmpty& kept_empty) {
        find_gone(kept_empty);
        for (std::size_t i = 0; i < outline_.nodes.size(); ++i)
            if (!kept_empty[i]) add_range(i);
    }

    std::optional<Diagnostic> close_and_open() {
        for (std::size_t segment = 0; segment < pieces_.size(); ++segment) {
            if (!is_withheld(segment)) continue;
            if (auto fault = cross(segment)) return fault;
        }
        return std::nullopt;
    }

    Plan take() { return std::move(plan_); }

private:
    [[nodiscard]] bool is_withheld(std::size_t segment) const { return plan_.is_withheld(segment); }

    /// An element goes if all of its content is withheld, or it has none. Children come behind
    /// their parents, so backwards each is decided before its parent.
    void find_gone(const KeptEmpty& kept_empty) {
        const auto& nodes = outline_.nodes;
        std::vector<bool> has_content(nodes.size());
        for (auto i = nodes.size(); i-- > 0;) {
            const auto& node = nodes[i];
            const bool is_kept = has_content[i] || std::ranges::any_of(node.content, [&](auto at) {
                                     return !is_withheld(at);
                                 });
            plan_.is_gone[i] =
                !is_kept && may_go(node) && (!kept_empty[i] || is_withheld_whole(node));
            if (!plan_.is_gone[i] && node.parent != nowhere) has_content[node.parent] = true;
        }
    }

    /// Does no tag of it stand in what is kept?
    [[nodiscard]] bool is_withheld_whole(const Node& node) const {
        return node.start < outline_.items.size() && is_withheld(outline_.segment_of(node.start)) &&
               (!node.has_end_tag || is_withheld(outline_.segment_of(node.end)));
    }

    /// The cells of a table keep its grid; a body is there whatever is in it.
    [[nodiscard]] static bool may_go(const Node& node) {
        return node.origin != OpenElement::Origin::copy && node.element != Element::body &&
               node.element != Element::td && node.element != Element::th &&
               node.element != Element::noscript && node.space == OpenElement::Space::html;
    }

    void add_range(std::size_t index) {
        const auto& node = outline_.nodes[index];
        if (!plan_.is_gone[index] || node.origin != OpenElement::Origin::tag) return;
        const auto end = node.end == nowhere ? page_end_behind(node.start)
                         : node.has_end_tag  ? node.end + 1
                                             : node.end;
        if (plan_.gone.empty() || node.start >= plan_.gone.back().end) {
            plan_.gone.push_back({node.start, end});
        } else {
            plan_.gone.back().end = std::max(plan_.gone.back().end, end);
        }
    }

    /// What is never ended goes to the end of the page, whose own tags stay.
    [[nodiscard]] std::size_t page_end_behind(std::size_t item) {
        const auto& items = outline_.items;
        const auto is_page_end = [&](std::size_t at) {
            return ends_page(items[at]) && !is_withheld(outline_.segment_of(at));
        };
        // Those that ask come in order, so all of them together pass each item once.
        page_end_ = std::max(page_end_, item);
        while (page_end_ < items.size() && !is_page_end(page_end_)) ++page_end_;
        return page_end_;
    }

    /// The tags that take the tree from where a withheld segment begins to where it ends.
    std::optional<Diagnostic> cross(std::size_t segment) {
        const auto before = outline_.open_before(segment);
        const auto after = outline_.open_behind(segment);
        const auto [left, right] = std::ranges::mismatch(before, after);
        auto& bare = plan_.bare[segment];
        bool leaves_inner = false;  // is there no bare end tag for what stands in it?
        for (auto at = before.end(); at != left;) {
            const auto node = *--at;
            if (outline_.nodes[node].space != OpenElement::Space::html) return fault(segment, node);
            if (plan_.is_gone[node]) continue;
            const bool is_ended_anyway =
                at != left || (right != after.end() && ends(outline_.nodes[*right], node));
            const bool is_hurt = leaves_inner || is_hurt_by_end_tag(before, at);
            leaves_inner = is_ended_anyway && is_hurt && !outline_.nodes[node].has_end_tag;
            if (!leaves_inner) bare.push_back({BareTag::Kind::end, node});
        }
        for (auto at = right; at != after.end(); ++at) {
            const auto& node = outline_.nodes[*at];
            const bool is_from_here = node.start != nowhere && node.start < outline_.items.size() &&
                                      outline_.segment_of(node.start) == segment &&
                                      node.origin != OpenElement::Origin::copy &&
                                      node.space == OpenElement::Space::html;
            if (!is_from_here) return fault(segment, *at);
            if (plan_.is_gone[*at]) continue;
            if (!is_meant(node)) return fault(segment, *at);
            bare.push_back({BareTag::Kind::start, *at});
        }
        if (segment > 0 && segment < outline_.places.size() &&
            outline_.places[segment - 1].in_head != outline_.places[segment].in_head)
            return fault(segment, nowhere);
        if (is_within_entity(segment)) return fault(segment, nowhere);
        add_document_ends(segment);
        return std::nullopt;
    }

    /// Does a character reference reach over an edge of a withheld segment, or come to be where it
    /// was?
    [[nodiscard]] bool is_within_entity(std::size_t segment) const {
        const auto& places = outline_.places;
        const auto text = outline_.text;
        const auto opener = segment == 0 ? Span{} : places[segment - 1].marker;
        const auto closer =
            segment == places.size() ? Span{text.size(), 0} : places[segment].marker;
        const auto left = text.substr(0, opener.offset);
        const auto withheld = text.substr(opener.end(), closer.offset - opener.end());
        const auto right = text.substr(closer.end());
        return is_entity_across(left, withheld) || is_entity_across(withheld, right) ||
               is_entity_across(left, right);
    }

    /// Was its start tag meant as one? Paid text may hold a `<` that was not, and a paid word is
    /// the name then.
    [[nodiscard]] bool is_meant(const Node& node) const {
        return node.has_end_tag || is_standard_name(outline_.view_name(node));
    }

    /// Does the start tag of one element end another, that stands beside it?
    [[nodiscard]] bool ends(const Node& next, std::size_t node) const {
        const auto element = outline_.nodes[node].element;
        if (has_trait(next.element, trait::table_part)) return true;
        return element == Element::p ? is_block(next.element)
                                     : element == Element::li && next.element == Element::li;
    }

    /// Would an end tag do harm to what ends without one? That of formatting ends it for good;
    /// between the cells of a table every such tag is an error.
    [[nodiscard]] bool is_hurt_by_end_tag(const std::vector<std::size_t>& open,
                                          std::vector<std::size_t>::const_iterator at) const {
        if (has_trait(outline_.nodes[*at].element, trait::formatting)) return true;
        while (at != open.begin()) {
            const auto element = outline_.nodes[*--at].element;
            if (is_between_cells(element)) return true;
            if (has_trait(element, trait::barrier)) return false;
        }
        return false;
    }

    /// </body> and </html> close nothing for the tree, and everything for the reader.
    void add_document_ends(std::size_t segment) {
        if (outline_.root != Root::document) return;
        auto [item, end] = outline_.items_of(segment);
        for (; item < end; ++item) {
            const auto& tag = outline_.items[item];
            if (tag.kind != Item::Kind::end_tag) continue;
            if (tag.element == Element::body)
                plan_.bare[segment].push_back({BareTag::Kind::end_of_body, nowhere});
            if (tag.element == Element::html)
                plan_.bare[segment].push_back({BareTag::Kind::end_of_document, nowhere});
        }
    }

    [[nodiscard]] Diagnostic fault(std::size_t segment, std::size_t node) const {
        const auto place = segment == 0 ? segment : segment - 1;
        Diagnostic diagnostic{.rule = Rule::crossed_containers,
                              .span = outline_.places[place].marker};
        if (node != nowhere && outline_.nodes[node].start < outline_.items.size())
            diagnostic.related = outline_.items[outline_.nodes[node].start].span;
        return diagnostic;
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    Plan plan_;
    std::size_t page_end_ = 0;
};

}  // namespace

std::variant<Plan, Diagnostic> make_plan(const Outline& outline, const std::vector<Piece>& pieces,
                                         const KeptEmpty& kept_empty) {
    Planner planner(outline, pieces);
    planner.drop_empty(kept_empty);
    if (auto fault = planner.close_and_open()) return std::move(*fault);
    return planner.take();
}

}  // namespace paywall::html
