#include "parser/html/tree_state.hpp"

#include <algorithm>
#include <string>

namespace paywall::html {
namespace {

using namespace trait;

/// The insertion mode that an element brings (13.2.4.1, reset appropriately).
OpenElement::Mode mode_of(Element element) {
    using Mode = OpenElement::Mode;
    switch (element) {
        case Element::table:
            return Mode::table;
        case Element::caption:
            return Mode::caption;
        case Element::colgroup:
            return Mode::column_group;
        case Element::tbody:
        case Element::tfoot:
        case Element::thead:
            return Mode::table_body;
        case Element::tr:
            return Mode::row;
        case Element::td:
        case Element::th:
            return Mode::cell;
        case Element::select:
            return Mode::select;
        case Element::html:
        case Element::body:
            return Mode::body;
        default:
            return Mode::none;
    }
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    return result;
}

/// May a document of this type be in quirks mode (13.2.6.4.1)? Those of HTML 5 and of XHTML are
/// not.
bool is_quirky_type(std::string_view doctype) {
    const auto type = lower(doctype);
    return type.find("xhtml") == type.npos &&
           type.find_first_not_of(" \t\r\n\f>", type.find("html") + 4) != type.npos;
}

}  // namespace

TreeState::TreeState(std::string_view text, Root root, Scripting scripting)
    : text_(text),
      root_(root),
      scripting_(scripting),
      phase_(root == Root::document ? Phase::head : Phase::body) {
    open_.push_back({.element = Element::html, .mode = Mode::body, .id = nowhere});
    is_quirky_ = root == Root::document;  // until a doctype says otherwise
}

void TreeState::lose(std::size_t id) {
    if (!is_lost_) lost_at_ = id;
    is_lost_ = true;
}

void TreeState::apply(const Item& item, std::size_t id) {
    if (is_lost_) return;
    switch (item.kind) {
        case Item::Kind::text:
        case Item::Kind::spacing:
        case Item::Kind::blank:
            if (templates_ == 0) text(item.kind);
            break;
        case Item::Kind::start_tag:
            if (!apply_plainly(item, id)) start_tag({item, id});
            break;
        case Item::Kind::end_tag:
            if (!apply_plainly(item, id)) end_tag({item, id});
            break;
        case Item::Kind::other:
            if (phase_ == Phase::head) doctype(item);
            break;
        default:
            break;
    }
    if (is_too_much_open()) lose(id);
}

void TreeState::doctype(const Item& item) {
    const auto view = text_.substr(item.span.offset, item.span.length);
    if (lower(view.substr(0, 9)) == "<!doctype") is_quirky_ = is_quirky_type(view);
}

void TreeState::text(Item::Kind kind) {
    if (phase_ != Phase::body) {
        if (kind == Item::Kind::blank) return;  // white space goes where the last text went
        if (phase_ == Phase::head) begin_body(nowhere - 1);
        phase_ = Phase::body;
    }
    if (in_foreign() && current().element == Element::foreign) return;
    const auto& top = current();
    const bool is_table_text =
        kind == Item::Kind::blank &&
        (top.is(Element::table) || top.is(Element::tbody) || top.is(Element::tfoot) ||
         top.is(Element::thead) || top.is(Element::tr) || top.is(Element::colgroup));
    if (is_table_text || mode() == Mode::select) return;
    if (top.is(Element::colgroup)) pop();
    reconstruct();
}

void TreeState::start_tag(const Tag& tag) {
    if (tag.item.element == Element::template_ || templates_ > 0) return skip_template(tag);
    if (in_foreign() && start_in_foreign(tag)) return;
    // The two that an integration point of MathML does not take for HTML.
    if (current().element == Element::foreign_point &&
        (tag.item.element == Element::mglyph || tag.item.element == Element::malignmark))
        lose(tag.id);
    if (phase_ != Phase::body) {
        if (phase_ == Phase::head && start_in_head(tag)) return;
        if (phase_ == Phase::head)
            begin_body(tag.item.element == Element::body ? tag.id : nowhere - 1);
        phase_ = Phase::body;
    }
    if (tag.item.element == Element::html || tag.item.element == Element::body) return;
    if (start_in_table(tag)) return;
    start_in_body(tag);
}

void TreeState::end_tag(const Tag& tag) {
    if (tag.item.element == Element::template_ || templates_ > 0) return skip_template(tag);
    if (current().space == OpenElement::Space::foreign && end_in_foreign(tag)) return;
    if (phase_ == Phase::head) {
        const bool is_ignored = is_markup(current().element) &&
                                tag.item.element != Element::noscript &&
                                tag.item.element != Element::br;
        if (is_ignored) return;
        if (tag.item.element != Element::body && tag.item.element != Element::html &&
            tag.item.element != Element::br) {
            // Else only that of the raw text that is open has an effect.
            if (tag.item.element == Element::head) is_behind_head_ = true;
            if (open_.size() > 1 && is_element(current(), tag.item)) pop();
            return;
        }
        begin_body(nowhere - 1);
    }
    if (tag.item.element == Element::body || tag.item.element == Element::html) {
        if (root_ == Root::document && in_scope(Element::body)) phase_ = Phase::after_body;
        return;
    }
    phase_ = Phase::body;
    if (end_in_table(tag)) return;
    end_in_body(tag);
}

/// 13.2.6.4.2 to 13.2.6.4.6: the parts of a head, anywhere before the body.
bool TreeState::start_in_head(const Tag& tag) {
    const auto element = tag.item.element;
    if (element == Element::html || element == Element::head) return true;
    if (is_markup(current().element) && leave_head_noscript(tag)) return true;
    if (element == Element::frameset) lose(tag.id);
    const bool is_noscript = element == Element::noscript && !is_behind_head_;
    if (!has_trait(element, head_part) && !is_noscript) return false;
    has_trait(element, void_element) ? put_void() : push(tag);
    return true;
}

/// 13.2.6.4.5: a <noscript> in a head that is markup ends before what a head's may not hold. Is the
/// tag ignored?
bool TreeState::leave_head_noscript(const Tag& tag) {
    switch (tag.item.element) {
        case Element::noscript:
            return true;
        case Element::basefont:
        case Element::bgsound:
        case Element::link:
        case Element::meta:
        case Element::noframes:
        case Element::style:
            return false;
        default:
            pop();
            return false;
    }
}

void TreeState::begin_body(std::size_t id) {
    phase_ = Phase::body;
    while (open_.size() > 1) pop();
    push({.element = Element::body,
          .mode = Mode::body,
          .origin = id == nowhere - 1 ? Origin::implied : Origin::tag,
          .id = id});
}

/// A template's content is a fragment of its own (13.2.6.4.22): behind its end all is as before.
void TreeState::skip_template(const Tag& tag) {
    if (tag.item.element != Element::template_) return;
    const bool is_end = tag.item.kind == Item::Kind::end_tag;
    if (!is_end) {
        if (templates_++ == 0) push(tag);
    } else if (templates_ > 0 && --templates_ == 0) {
        pop_until(Element::template_);
    }
}

void TreeState::push(const Tag& tag, Origin origin) {
    push({.element = tag.item.element, .origin = origin, .id = tag.id, .name = tag.item.name});
}

void TreeState::push(OpenElement element) {
    set_inherited(element, current());
    open_.push_back(element);
    ++created_;
}

/// Is it what a word processor ends its paragraphs with? Without content it shows nothing.
bool TreeState::is_filler(const OpenElement& open) const {
    return open.element == Element::other &&
           is_same_name(text_.substr(open.name.offset, open.name.length), "o:p");
}

/// What an element has of what it is in, or brings itself.
void TreeState::set_inherited(OpenElement& element, const OpenElement& parent) {
    const bool is_html = element.space == OpenElement::Space::html;
    const auto own = is_html ? mode_of(element.element) : Mode::none;
    element.mode = own == Mode::none ? parent.mode : own;
    element.is_in_p =
        element.is(Element::p) || (parent.is_in_p && !has_trait(element.element, button_barrier));
}

void TreeState::note_closed(std::size_t index) {
    const auto& gone = open_[index];
    if (gone.node == OpenElement::no_node && (gone.has_content || !is_filler(gone)))
        open_[index - 1].has_content = true;
    if (gone.node != OpenElement::no_node || !closed_.empty())
        closed_.push_back({gone.node, gone.has_content});
}

void TreeState::note_left(const OpenElement& ended) {
    const bool is_active = has_trait(ended.element, formatting) &&
                           std::ranges::any_of(formatting_, [&](const Formatting& entry) {
                               return entry.element.id == ended.id && !entry.is_barrier;
                           });
    if (is_active) has_left_formatting_ = true;
}

void TreeState::remove(std::size_t index) {
    note_closed(index);
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index));
    renew_modes(index);
}

/// Takes an element off the stack that stays around what stands on it.
void TreeState::tear_out(std::size_t index) {
    remove(index);
    if (index < open_.size()) open_[index].is_torn = true;
}

void TreeState::renew_modes(std::size_t from) {
    for (auto i = from; i < open_.size(); ++i) set_inherited(open_[i], open_[i - 1]);
}

void TreeState::pop_until(Element element) {
    while (open_.size() > 1) {
        const bool is_last = current().is(element);
        pop();
        if (is_last) return;
    }
}

bool TreeState::in_scope(Element element, Scope scope) const {
    for (auto i = open_.size(); i-- > 0;) {
        const auto& open = open_[i];
        if (open.is(element)) return true;
        if (open.space == OpenElement::Space::foreign) {
            if (open.element == Element::foreign_point && scope != Scope::table) return false;
            continue;
        }
        if (scope == Scope::table) {
            if (open.is(Element::html) || open.is(Element::table) || open.is(Element::template_))
                return false;
            continue;
        }
        if (has_trait(open.element, barrier) && !open.is(Element::select)) return false;
        if (scope == Scope::list_item && (open.is(Element::ol) || open.is(Element::ul)))
            return false;
    }
    return false;
}

std::size_t TreeState::index_of(std::size_t id) const {
    for (auto i = open_.size(); i-- > 0;)
        if (open_[i].id == id) return i;
    return nowhere;
}

void TreeState::imply_end_tags(Element but) {
    while (has_trait(current().element, implied_end) && !current().is(but) &&
           current().space == OpenElement::Space::html)
        pop();
}

bool TreeState::has_name(const OpenElement& open, const Item& tag) const {
    return is_same_name(text_.substr(open.name.offset, open.name.length), name_of(tag));
}

std::string_view TreeState::name_of(const Item& tag) const {
    return text_.substr(tag.name.offset, tag.name.length);
}

bool TreeState::is_same(const TreeState& other,
                        const std::function<bool(std::size_t)>& is_missing) const {
    const auto is_equal = [&](const OpenElement& a, const OpenElement& b) {
        if (a.element != b.element || a.space != b.space || a.is_torn != b.is_torn) return false;
        if (a.origin == Origin::implied && a.id != b.id && b.origin != Origin::copy)
            return is_missing(a.id);
        return a.id == b.id && (a.origin == Origin::copy) == (b.origin == Origin::copy);
    };
    // Whether an entry was copied already, only the stack tells: no two on it have one number.
    const auto is_equal_entry = [](const Formatting& a, const Formatting& b) {
        return a.is_barrier == b.is_barrier &&
               (a.is_barrier ||
                (a.element.element == b.element.element && a.element.id == b.element.id));
    };
    return is_lost_ == other.is_lost_ && phase_ == other.phase_ &&
           is_behind_head_ == other.is_behind_head_ && templates_ == other.templates_ &&
           form_ == other.form_ && is_quirky_ == other.is_quirky_ &&
           std::ranges::equal(open_, other.open_, is_equal) &&
           std::ranges::equal(formatting_, other.formatting_, is_equal_entry);
}

}  // namespace paywall::html
