// The insertion mode "in body" (WHATWG 13.2.6.4.7) and what is read like it.

#include "parser/html/tree_state.hpp"

namespace paywall::html {

using namespace trait;

void TreeState::close_p() {
    if (!current().is_in_p) return;
    imply_end_tags(Element::p);
    pop_until(Element::p);
}

void TreeState::start_in_body(const Tag& tag) {
    const auto element = tag.item.element;
    if (element == Element::frameset) return lose(tag.id);
    if (element == Element::head || element == Element::frame || has_trait(element, table_part))
        return;  // ignored
    if (has_trait(element, head_part))
        return has_trait(element, void_element) ? put_void() : push(tag);
    if (start_block(tag) || start_inline(tag)) return;
    reconstruct();
    push(tag);
}

/// The elements that end a paragraph.
bool TreeState::start_block(const Tag& tag) {
    const auto element = tag.item.element;
    if (has_trait(element, closes_p)) {
        close_p();
    } else if (has_trait(element, heading)) {
        close_p();
        if (has_trait(current().element, heading)) pop();
    } else if (element == Element::li || element == Element::dd || element == Element::dt) {
        start_item(tag);
    } else if (element == Element::pre || element == Element::listing ||
               element == Element::plaintext) {
        close_p();
    } else if (element == Element::form) {
        if (form_ != nowhere) return true;  // ignored
        close_p();
        form_ = tag.id;
    } else if (element == Element::table) {
        if (is_quirky_ && current().is_in_p) lose(tag.id);
        close_p();
    } else if (element == Element::hr) {
        close_p();
        put_void();
        return true;
    } else if (element == Element::xmp) {
        close_p();
        reconstruct();
    } else {
        return false;
    }
    push(tag);
    return true;
}

/// <li>, <dd>, <dt>: each ends one of its kind.
void TreeState::start_item(const Tag& tag) {
    const bool is_li = tag.item.element == Element::li;
    for (auto i = open_.size(); i-- > 0;) {
        const auto& open = open_[i];
        if (is_li ? open.is(Element::li) : (open.is(Element::dd) || open.is(Element::dt))) {
            const auto element = open.element;
            imply_end_tags(element);
            pop_until(element);
            break;
        }
        if (has_trait(open.element, special) && !open.is(Element::address) &&
            !open.is(Element::div) && !open.is(Element::p))
            break;
    }
    close_p();
}

bool TreeState::start_inline(const Tag& tag) {
    const auto element = tag.item.element;
    switch (element) {
        case Element::a:
            if (const auto listed = find_formatting(tag.item); listed != nowhere) {
                const auto id = formatting_[listed].element.id;
                adopt(tag);
                if (const auto again = find_formatting(tag.item);
                    again != nowhere && formatting_[again].element.id == id)
                    forget_formatting(again);
                if (const auto index = index_of(id); index != nowhere) tear_out(index);
            }
            break;
        case Element::nobr:
            reconstruct();
            if (in_scope(Element::nobr)) adopt(tag);
            break;
        case Element::button:
            if (in_scope(Element::button)) {
                imply_end_tags();
                pop_until(Element::button);
            }
            break;
        case Element::option:
        case Element::optgroup:
            if (current().is(Element::option)) pop();
            break;
        case Element::rb:
        case Element::rtc:
            if (in_scope(Element::ruby)) imply_end_tags();
            push(tag);
            return true;
        case Element::rp:
        case Element::rt:
            if (in_scope(Element::ruby)) imply_end_tags(Element::rtc);
            push(tag);
            return true;
        case Element::param:
        case Element::source:
        case Element::track:
            put_void();
            return true;
        case Element::noscript:
            if (is_markup(element)) return false;
            [[fallthrough]];
        case Element::iframe:
        case Element::noembed:
        case Element::textarea:
            push(tag);
            return true;
        case Element::svg:
        case Element::math:
            reconstruct();
            push_foreign(tag);
            return true;
        default:
            break;
    }
    if (element == Element::image || has_trait(element, void_element)) {
        reconstruct();
        put_void();
        return true;
    }
    if (has_trait(element, formatting)) {
        reconstruct();
        push(tag);
        push_formatting(tag);
        return true;
    }
    if (element == Element::applet || element == Element::marquee || element == Element::object) {
        reconstruct();
        push(tag);
        formatting_.push_back({.element = {}, .tag = {}, .is_barrier = true});
        return true;
    }
    return false;
}

/// 13.2.6.4.16; whatever else may stand there, parsers do not agree on.
void TreeState::start_select(const Tag& tag) {
    switch (tag.item.element) {
        case Element::option:
            if (current().is(Element::option)) pop();
            return push(tag);
        case Element::optgroup:
            if (current().is(Element::option)) pop();
            if (current().is(Element::optgroup)) pop();
            return push(tag);
        case Element::script:
            return push(tag);
        default:
            return lose(tag.id);
    }
}

void TreeState::end_in_body(const Tag& tag) {
    const auto element = tag.item.element;
    if (end_block(tag)) return;
    if (has_trait(element, formatting)) return adopt(tag);
    end_other(tag);
}

bool TreeState::end_block(const Tag& tag) {
    const auto element = tag.item.element;
    const auto close = [&](Scope scope) {
        if (!in_scope(element, scope)) return;
        imply_end_tags(element);
        pop_until(element);
    };
    if (has_trait(element, block)) {
        if (!in_scope(element)) return true;
        imply_end_tags();
        pop_until(element);
    } else if (element == Element::form) {
        end_form(tag);
    } else if (element == Element::p) {
        if (!current().is_in_p) push(tag);  // `</p>` alone is `<p></p>`
        close_p();
    } else if (element == Element::li) {
        close(Scope::list_item);
    } else if (element == Element::dd || element == Element::dt) {
        close(Scope::any);
    } else if (has_trait(element, heading)) {
        auto index = open_.size();
        while (index-- > 0) {
            if (has_trait(open_[index].element, heading)) break;
            if (open_[index].space == OpenElement::Space::foreign
                    ? open_[index].element == Element::foreign_point
                    : has_trait(open_[index].element, barrier) && !open_[index].is(Element::select))
                return true;
        }
        imply_end_tags();
        while (open_.size() > index) pop();
    } else if (element == Element::applet || element == Element::marquee ||
               element == Element::object) {
        if (!in_scope(element)) return true;
        imply_end_tags();
        pop_until(element);
        clear_formatting();
    } else if (element == Element::br) {
        reconstruct();
        put_void();
    } else {
        return false;
    }
    return true;
}

void TreeState::end_form(const Tag&) {
    const auto index = form_ == nowhere ? nowhere : index_of(form_);
    form_ = nowhere;
    if (index == nowhere || !in_scope(Element::form)) return;
    imply_end_tags();
    tear_out(index);
}

/// "Any other end tag."
void TreeState::end_other(const Tag& tag) {
    for (auto i = open_.size(); i-- > 1;) {
        if (is_element(open_[i], tag.item)) {
            const auto id = open_[i].id;
            if (has_trait(tag.item.element, implied_end)) {
                imply_end_tags(tag.item.element);
            } else {
                imply_end_tags();
            }
            const auto index = index_of(id);
            while (open_.size() > index) pop();
            return;
        }
        if (has_trait(open_[i].element, special)) return;
    }
}

}  // namespace paywall::html
