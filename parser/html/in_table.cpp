// The insertion modes within tables and <select> (WHATWG 13.2.6.4.9 to 13.2.6.4.17). What does not
// belong in a table is moved before it by the tree's builder, but opens and closes as in a body.

#include <algorithm>
#include <initializer_list>

#include "parser/html/tree_state.hpp"

namespace paywall::html {

using namespace trait;

/// "Clear the stack back to a table context" and its like.
void TreeState::clear_to(std::initializer_list<Element> context) {
    const auto is_context = [&] {
        return std::ranges::any_of(context, [&](Element one) { return current().is(one); });
    };
    while (open_.size() > 1 && !is_context()) pop();
}

/// An element that no tag in the text opens.
void TreeState::imply(Element element, std::size_t id) {
    push({.element = element, .origin = Origin::implied, .id = id});
}

void TreeState::close_cell() {
    imply_end_tags();
    while (open_.size() > 1) {
        const bool is_cell = current().is(Element::td) || current().is(Element::th);
        pop();
        if (is_cell) break;
    }
    clear_formatting();
}

bool TreeState::start_in_table(const Tag& tag) {
    const auto element = tag.item.element;
    if (mode() == Mode::select) {
        start_select(tag);
        return true;
    }
    if (element == Element::select) {
        reconstruct();
        push(tag);
        return true;
    }
    if (mode() == Mode::body) return false;
    if (has_trait(element, table_part)) return start_table_part(tag);
    if (mode() == Mode::column_group) {
        if (!current().is(Element::colgroup)) return false;
        pop();
        return start_in_table(tag);
    }
    if (mode() == Mode::caption || mode() == Mode::cell) return false;
    switch (element) {
        case Element::table:
            pop_until(Element::table);
            return start_in_table(tag);
        case Element::style:
        case Element::script:
            push(tag);
            return true;
        case Element::form:
            if (form_ == nowhere) {
                form_ = tag.id;
                put_void();
            }
            return true;
        case Element::input:
            lose(tag.id);  // whether it is hidden decides
            return true;
        default:
            return false;
    }
}

/// <caption>, <colgroup>, <col>, <tbody>, …, <td>. In turn: what it ends, what it implies, itself.
bool TreeState::start_table_part(const Tag& tag) {
    const auto element = tag.item.element;
    const bool is_cell = element == Element::td || element == Element::th;
    for (;;) {
        switch (mode()) {
            case Mode::cell:
                if (!in_scope(Element::td, Scope::table) && !in_scope(Element::th, Scope::table))
                    return true;
                close_cell();
                continue;
            case Mode::caption:
                if (!in_scope(Element::caption, Scope::table)) return true;
                imply_end_tags();
                pop_until(Element::caption);
                clear_formatting();
                continue;
            case Mode::column_group:
                if (element == Element::col) {
                    put_void();
                    return true;
                }
                if (!current().is(Element::colgroup)) return true;
                pop();
                continue;
            case Mode::row:
                clear_to({Element::tr, Element::html});
                if (is_cell) {
                    push(tag);
                    formatting_.push_back({.element = {}, .tag = {}, .is_barrier = true});
                    return true;
                }
                pop();
                continue;
            case Mode::table_body:
                clear_to({Element::tbody, Element::tfoot, Element::thead, Element::html});
                if (element == Element::tr) {
                    push(tag);
                    return true;
                }
                is_cell ? imply(Element::tr, tag.id) : pop();
                continue;
            case Mode::table:
                break;
            default:
                return true;
        }
        clear_to({Element::table, Element::html});
        if (is_cell || element == Element::tr) {
            imply(Element::tbody, tag.id);
        } else if (element == Element::col) {
            imply(Element::colgroup, tag.id);
        } else {
            push(tag);
            if (element == Element::caption)
                formatting_.push_back({.element = {}, .tag = {}, .is_barrier = true});
            return true;
        }
    }
}

bool TreeState::end_in_table(const Tag& tag) {
    const auto element = tag.item.element;
    if (mode() == Mode::select) {
        if (element == Element::select) {
            pop_until(Element::select);
        } else if (element == Element::option || element == Element::optgroup ||
                   element == Element::script) {
            if (element == Element::optgroup && current().is(Element::option)) pop();
            if (current().is(element)) pop();
        } else {
            lose(tag.id);
        }
        return true;
    }
    if (mode() == Mode::body) return false;
    if (element == Element::table || has_trait(element, table_part)) return end_table_part(tag);
    if (mode() == Mode::column_group && current().is(Element::colgroup)) {
        pop();
        return end_in_table(tag);
    }
    return false;
}

/// </table>, </tr>, …: ends what it names with all that is in it, if that is open in this table.
bool TreeState::end_table_part(const Tag& tag) {
    const auto element = tag.item.element;
    const bool is_cell = element == Element::td || element == Element::th;
    switch (mode()) {
        case Mode::cell:
            if (element == Element::caption || element == Element::col ||
                element == Element::colgroup || !in_scope(element, Scope::table))
                return true;
            if (is_cell) {
                imply_end_tags();
                pop_until(element);
                clear_formatting();
                return true;
            }
            close_cell();
            return end_in_table(tag);
        case Mode::caption:
            if (element != Element::caption && element != Element::table) return true;
            if (!in_scope(Element::caption, Scope::table)) return true;
            imply_end_tags();
            pop_until(Element::caption);
            clear_formatting();
            return element == Element::caption || end_in_table(tag);
        case Mode::column_group:
            if (element == Element::col || !current().is(Element::colgroup)) return true;
            pop();
            return element == Element::colgroup || end_in_table(tag);
        case Mode::row:
            if (is_cell || element == Element::caption || element == Element::col ||
                element == Element::colgroup || !in_scope(element, Scope::table))
                return true;
            clear_to({Element::tr, Element::html});
            pop();
            return element == Element::tr || end_in_table(tag);
        case Mode::table_body:
            if (is_cell || element == Element::tr || element == Element::caption ||
                element == Element::col || element == Element::colgroup ||
                !in_scope(element, Scope::table))
                return true;
            clear_to({Element::tbody, Element::tfoot, Element::thead, Element::html});
            pop();
            return element != Element::table || end_in_table(tag);
        default:
            if (element == Element::table && in_scope(Element::table, Scope::table))
                pop_until(Element::table);
            return true;
    }
}

}  // namespace paywall::html
