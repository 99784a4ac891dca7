// Foreign content: SVG and MathML (WHATWG 13.2.6.5).

#include <algorithm>
#include <array>

#include "parser/html/tree_state.hpp"

namespace paywall::html {
namespace {

/// Start tags that end foreign content.
constexpr std::array breakouts{
    Element::b,       Element::big,    Element::blockquote, Element::body, Element::br,
    Element::center,  Element::code,   Element::dd,         Element::div,  Element::dl,
    Element::dt,      Element::em,     Element::embed,      Element::font, Element::h1,
    Element::h2,      Element::h3,     Element::h4,         Element::h5,   Element::h6,
    Element::head,    Element::hr,     Element::i,          Element::img,  Element::li,
    Element::listing, Element::menu,   Element::meta,       Element::nobr, Element::ol,
    Element::p,       Element::pre,    Element::ruby,       Element::s,    Element::small,
    Element::span,    Element::strong, Element::strike,     Element::sub,  Element::sup,
    Element::table,   Element::tt,     Element::u,          Element::ul,   Element::var};

/// Where HTML may stand again: integration points, all of them for text and most tags.
bool is_point_of_svg(Element element) {
    return element == Element::foreignobject || element == Element::desc ||
           element == Element::title;
}
bool is_point_of_math(Element element) {
    return element == Element::mi || element == Element::mo || element == Element::mn ||
           element == Element::ms || element == Element::mtext;
}

}  // namespace

/// Is the current node, of SVG or MathML, one of MathML?
bool TreeState::in_math() const {
    auto root = open_.size();
    while (root > 0 && open_[root - 1].space == OpenElement::Space::foreign &&
           open_[root - 1].element == Element::foreign)
        --root;
    return root < open_.size() &&
           is_same_name(text_.substr(open_[root].name.offset, open_[root].name.length), "math");
}

void TreeState::push_foreign(const Tag& tag) {
    const auto element = tag.item.element;
    const bool is_math = in_foreign() && in_math();
    if (is_math && element == Element::annotation_xml) lose(tag.id);  // its attributes decide
    if (tag.item.closing == Token::Closing::self_closing) return put_void();
    const bool is_point = is_math ? is_point_of_math(element) : is_point_of_svg(element);
    push({.element = is_point ? Element::foreign_point : Element::foreign,
          .space = OpenElement::Space::foreign,
          .id = tag.id,
          .name = tag.item.name});
}

bool TreeState::start_in_foreign(const Tag& tag) {
    if (std::ranges::find(breakouts, tag.item.element) != breakouts.end()) {
        if (tag.item.element == Element::font) lose(tag.id);  // its attributes decide
        while (in_foreign()) pop();
        return false;
    }
    push_foreign(tag);
    return true;
}

/// Closes the nearest element of that name, unless one of HTML comes first.
bool TreeState::end_in_foreign(const Tag& tag) {
    // Parsers older than 2021 disagree.
    if (tag.item.element == Element::p || tag.item.element == Element::br) lose(tag.id);
    for (auto i = open_.size(); i-- > 0;) {
        if (open_[i].space == OpenElement::Space::html) return false;
        if (!is_same_name(text_.substr(open_[i].name.offset, open_[i].name.length),
                          name_of(tag.item)))
            continue;
        while (open_.size() > i) pop();
        return true;
    }
    return false;
}

}  // namespace paywall::html
