#pragma once

#include <array>
#include <string_view>

#include "parser/html/element.hpp"
#include "parser/html/tag_reader.hpp"

namespace paywall::html {

/// The attributes that say something beside the text; those that begin with `data-` do too.
inline constexpr std::array<std::string_view, 10> telling_attributes{
    "alt",         "title", "content", "aria-label", "aria-description",
    "placeholder", "label", "value",   "summary",    "srcdoc"};

namespace detail {
inline constexpr auto telling_names = [] {
    AttributeNames names;
    for (const auto name : telling_attributes) names.add(name.data(), name.size());
    names.add("data-x", 6);
    return names;
}();
}  // namespace detail

/// Does a tag seem to have such an attribute?
[[nodiscard]] inline bool has_telling_attribute(const Token& tag) {
    return tag.attributes.may_share_with(detail::telling_names);
}

/// Can a token matter to what a text says beside its text? All that do: tags, comments, raw text
/// and the tags that it is in.
[[nodiscard]] inline bool may_tell(const Token& token) {
    switch (token.kind) {
        case Token::Kind::text:
        case Token::Kind::end_tag:
            return false;
        case Token::Kind::start_tag:
            return has_telling_attribute(token) || has_trait(token.element, trait::raw_text);
        default:
            return true;
    }
}

}  // namespace paywall::html
