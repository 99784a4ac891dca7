#include "parser/html/placement.hpp"

#include <algorithm>
#include <vector>

namespace paywall::html {
namespace {

using Nodes = std::vector<std::size_t>;

/// The elements that are open from before a segment to behind it, outermost first, without those
/// that go.
Nodes level_of(const Outline& outline, const Plan& plan, std::size_t segment) {
    Nodes level;
    if (segment == 0) return level;
    const auto& before = outline.places[segment - 1].open;
    for (std::size_t i = 0; i < before.size() && !plan.is_gone[before[i]]; ++i) {
        const bool stays = segment < outline.places.size()
                               ? i < outline.places[segment].open.size() &&
                                     outline.places[segment].open[i] == before[i]
                               : outline.nodes[before[i]].end == nowhere;
        if (!stays) break;
        level.push_back(before[i]);
    }
    return level;
}

class Ascent {
public:
    Ascent(const Outline& outline, Nodes level) : outline_(outline), level_(std::move(level)) {}

    /// Out of what no text may stand in.
    bool leave_tables_and_foreign() {
        bool has_left = false;
        for (std::size_t i = 0; i < level_.size(); ++i) {
            if (node(i).space == OpenElement::Space::foreign) return leave(i);
        }
        while (!level_.empty() && is_between_cells(node(level_.size() - 1).element)) {
            auto table = level_.size();
            while (table-- > 1 && node(table).element != Element::table) {
            }
            has_left = leave(table);
        }
        return has_left;
    }

    bool leave_paragraph() {
        for (auto i = level_.size(); i-- > 0;) {
            if (node(i).element == Element::p) return leave(i);
            if (has_trait(node(i).element, trait::barrier) || node(i).element == Element::button)
                break;
        }
        return false;
    }

    [[nodiscard]] std::optional<std::size_t> exit() const { return exit_; }

private:
    [[nodiscard]] const Node& node(std::size_t i) const { return outline_.nodes[level_[i]]; }

    bool leave(std::size_t i) {
        exit_ = level_[i];
        level_.resize(i);
        return true;
    }

    const Outline& outline_;
    Nodes level_;
    std::optional<std::size_t> exit_;
};

/// Where the body begins: for a placeholder that cannot stand in a head.
std::size_t body_begin(const Outline& outline) {
    const auto body = std::ranges::find_if(outline.items, [](const Item& item) {
        return item.kind == Item::Kind::start_tag && item.element == Element::body;
    });
    return body == outline.items.end() ? outline.text.size() : body->span.end();
}

/// Does it stand in the page, and not behind it?
bool is_content(const Item& item) {
    return item.kind == Item::Kind::text || item.kind == Item::Kind::start_tag ||
           item.kind == Item::Kind::raw_text;
}

}  // namespace

std::vector<std::size_t> find_page_ends(const Outline& outline, const Plan& plan) {
    std::vector<std::size_t> ends(outline.places.size() + 2, nowhere);
    if (outline.root != Root::document) return ends;
    std::size_t end = nowhere;
    for (std::size_t segment = 0; segment + 1 < ends.size(); ++segment) {
        ends[segment] = end;
        const auto items = outline.items_of(segment);
        for (auto i = items.begin; i < items.end; ++i) {
            const auto& item = outline.items[i];
            if (ends_page(item) && end == nowhere) end = i;
            if (is_content(item) && !plan.is_withheld(segment)) end = nowhere;  // the page goes on
        }
    }
    ends.back() = end;
    return ends;
}

PlaceholderPlace place_before_page_end(const Outline& outline, const Plan& plan, std::size_t item) {
    PlaceholderPlace place;
    place.exit = nowhere;
    place.offset = outline.items[item].span.offset;
    const auto in = outline.segment_of(item);
    if (plan.is_withheld(in)) place.withheld_in = in;
    return place;
}

PlaceholderPlace place_placeholder(const Outline& outline, const Plan& plan, std::size_t segment,
                                   Flow flow, std::size_t page_end) {
    PlaceholderPlace place;
    if (segment > 0 && outline.places[segment - 1].in_head) {
        place.exit = nowhere;
        place.offset = body_begin(outline);
        return place;
    }
    Ascent ascent(outline, level_of(outline, plan, segment));
    const bool left_table = ascent.leave_tables_and_foreign();
    const bool left_paragraph = flow == Flow::block && ascent.leave_paragraph();
    if (left_paragraph) ascent.leave_tables_and_foreign();
    place.exit = ascent.exit();
    place.is_in_line = left_paragraph && !left_table;
    if (!place.exit) return place;
    const auto& node = outline.nodes[*place.exit];
    if (node.end == nowhere) {
        const bool is_in_line = place.is_in_line;
        if (page_end != nowhere)
            place = place_before_page_end(outline, plan, page_end);
        else
            place.offset = outline.text.size();
        place.is_in_line = is_in_line;
        return place;
    }
    const auto& end = outline.items[node.end].span;
    place.offset = node.has_end_tag ? end.end() : end.offset;
    const auto in = outline.segment_of(node.end);
    if (plan.is_withheld(in)) place.withheld_in = in;
    return place;
}

}  // namespace paywall::html
