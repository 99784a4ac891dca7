// The list of active formatting elements (WHATWG 13.2.4.3) and the adoption agency (13.2.6.4.7).

#include <algorithm>

#include "parser/html/tree_state.hpp"

namespace paywall::html {

/// 13.2.4.3, "reconstruct the active formatting elements".
void TreeState::reconstruct() {
    const auto is_settled = [&](const Formatting& entry) {
        return entry.is_barrier || index_of(entry.element.id) != nowhere;
    };
    auto from = formatting_.size();
    while (from > 0 && !is_settled(formatting_[from - 1])) --from;
    for (; from < formatting_.size(); ++from) {
        auto copy = formatting_[from].element;
        copy.origin = Origin::copy;
        copy.has_content = true;
        copy.is_torn = false;
        copy.node = OpenElement::no_node;
        push(copy);
        formatting_[from].element = open_.back();
    }
}

/// Pushes the current node on to the list: three alike are enough (the Noah's Ark clause).
/// Attributes in another order or quoted otherwise count as others.
void TreeState::push_formatting(const Tag& tag) {
    constexpr std::size_t most_alike = 3;
    // What stands behind the name: in a bare tag, which has no place in the text, nothing.
    const auto rest_of = [&](const Span& span) {
        auto rest = text_.substr(span.offset, span.length);
        rest.remove_prefix(std::min(1 + tag.item.name.length, rest.size()));
        return rest.substr(0, rest.find_last_not_of("> \t\n\f\r") + 1);
    };
    std::size_t alike = 0;
    std::size_t earliest = nowhere;
    for (auto i = formatting_.size(); i-- > 0 && !formatting_[i].is_barrier;) {
        if (formatting_[i].element.element != tag.item.element ||
            rest_of(formatting_[i].tag) != rest_of(tag.item.span))
            continue;
        ++alike;
        earliest = i;
    }
    if (alike >= most_alike) forget_formatting(earliest);
    formatting_.push_back({open_.back(), tag.item.span});
}

void TreeState::forget_formatting(std::size_t index) {
    formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(index));
}

/// "Clear the list up to the last marker."
void TreeState::clear_formatting() {
    while (!formatting_.empty()) {
        const bool is_barrier = formatting_.back().is_barrier;
        formatting_.pop_back();
        if (is_barrier) return;
    }
}

std::size_t TreeState::find_formatting(const Item& item) const {
    for (auto i = formatting_.size(); i-- > 0 && !formatting_[i].is_barrier;)
        if (formatting_[i].element.element == item.element) return i;
    return nowhere;
}

/// The adoption agency algorithm.
void TreeState::adopt(const Tag& tag) {
    const auto is_listed = [&](std::size_t id) {
        return std::ranges::any_of(formatting_, [&](const Formatting& entry) {
            return !entry.is_barrier && entry.element.id == id;
        });
    };
    if (current().is(tag.item.element) && !is_listed(current().id)) return pop();
    constexpr int most_rounds = 8;
    for (int round = 0; round < most_rounds; ++round)
        if (!adopt_once(tag)) return;
}

bool TreeState::adopt_once(const Tag& tag) {
    const auto listed = find_formatting(tag.item);
    if (listed == nowhere) {
        end_other(tag);
        return false;
    }
    const auto index = index_of(formatting_[listed].element.id);
    if (index == nowhere) {
        forget_formatting(listed);
        return false;
    }
    for (auto i = open_.size(); i-- > index + 1;) {  // in scope?
        if (has_trait(open_[i].element, trait::barrier) && !open_[i].is(Element::select))
            return false;
    }
    auto furthest = index + 1;
    while (furthest < open_.size() && !has_trait(open_[furthest].element, trait::special))
        ++furthest;
    if (furthest == open_.size()) {
        forget_formatting(listed);
        while (open_.size() > index) pop();
        return false;
    }
    rebuild_between(listed, furthest);
    return true;
}

/// Its inner loop: what is open between the formatting element and the furthest block is copied
/// where it is formatting itself, and closed where it is not.
void TreeState::rebuild_between(std::size_t listed, std::size_t furthest) {
    constexpr int most_copies = 3;
    auto formatting = formatting_[listed];
    auto bookmark = listed;
    first_moved_ = std::min(first_moved_, formatting.element.id);
    const auto index = index_of(formatting.element.id);
    const auto position_of = [&](std::size_t id) {
        for (std::size_t i = 0; i < formatting_.size(); ++i)
            if (!formatting_[i].is_barrier && formatting_[i].element.id == id) return i;
        return nowhere;
    };
    int count = 0;
    bool is_first = true;
    for (auto node = furthest - 1; node > index; --node) {
        ++count;
        auto position = position_of(open_[node].id);
        if (count > most_copies && position != nowhere) {
            forget_formatting(position);
            if (position < bookmark) --bookmark;
            position = nowhere;
        }
        open_[node].has_content = true;
        if (position == nowhere) {
            remove(node);
            --furthest;
            continue;
        }
        closed_.push_back({open_[node].node, true});
        open_[node].origin = Origin::copy;
        open_[node].is_torn = false;
        open_[node].node = OpenElement::no_node;
        ++created_;
        formatting_[position].element = open_[node];
        if (is_first) bookmark = position + 1;
        is_first = false;
    }
    const auto position = position_of(formatting.element.id);
    forget_formatting(position);
    if (position < bookmark) --bookmark;
    auto copy = formatting.element;
    copy.origin = Origin::copy;
    copy.is_torn = false;
    copy.has_content = true;
    copy.node = OpenElement::no_node;
    formatting.element = copy;
    formatting_.insert(formatting_.begin() + static_cast<std::ptrdiff_t>(bookmark), formatting);
    open_[index].has_content = true;
    remove(index);  // the furthest block moves down by one
    open_[furthest - 1].has_content = true;
    open_.insert(open_.begin() + static_cast<std::ptrdiff_t>(furthest), copy);
    renew_modes(furthest);
    ++created_;
}

}  // namespace paywall::html
