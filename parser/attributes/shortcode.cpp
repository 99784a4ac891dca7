#include <boost/spirit/home/x3.hpp>

#include <algorithm>

#include "parser/attributes/grammars.hpp"

// Attributes of shortcodes as WordPress reads them (wp-includes/shortcodes.php,
// get_shortcode_regex and shortcode_parse_atts). The first `]` ends the tag, even in quotes.
//
//     tag       = [ body ] , [ "/" ] , ? "]" follows ? ;
//     body      = ? what is no part of a name ? , { ? any but "]" and "/]" ? } ;
//     body      = { space } , { attribute , { space } } ;
//     attribute = name , { space } , "=" , { space } , ( quoted | bare ) | quoted | other ;
//     quoted    = '"' , { ? any but '"' ? } , '"' | "'" , { ? any but "'" ? } , "'" ;
//     bare      = ? one or more that are no space and no quote, then a space or the end ? ;
//     other     = ? one or more that are no space ? ;
//     space     = ? white space ? | U+00A0 | U+200B ;
namespace paywall::attributes {
namespace {

namespace x3 = boost::spirit::x3;

using Range = boost::iterator_range<std::string_view::const_iterator>;

std::string_view view_of(const Range& range) {
    return {&*range.begin(), static_cast<std::size_t>(range.size())};
}

const auto byte = x3::standard::char_;
const auto space = x3::omit[x3::standard::space | x3::lit("\xC2\xA0") | x3::lit("\xE2\x80\x8B")];
const auto name = x3::raw[+(x3::standard::alnum | byte("_-"))];

}  // namespace

std::optional<AttributeList> read_shortcode(std::string_view text) {
    const auto goes_on = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '_' || c == '-';
    };
    const auto end = text.find(']');
    if (end == std::string_view::npos || goes_on(text.front())) return std::nullopt;
    AttributeList list{.attributes = {}, .length = end};
    list.closes_itself = end > 0 && text[end - 1] == '/';
    const auto body = text.substr(0, list.closes_itself ? end - 1 : end);

    std::string_view key;
    const auto keep_key = [&](const auto& context) { key = view_of(x3::_attr(context)); };
    const auto keep = [&](const auto& context) {
        const auto& range = x3::_attr(context);
        list.attributes.push_back({key, range.empty() ? std::string_view() : view_of(range)});
        key = {};
    };
    const auto quotes = byte("\"'");
    const auto is_quoted = ('"' >> *(byte - '"') >> '"') | ('\'' >> *(byte - '\'') >> '\'');
    const auto quoted = ('"' >> x3::raw[*(byte - '"')][keep] >> '"') |
                        ('\'' >> x3::raw[*(byte - '\'')][keep] >> '\'');
    const auto is_bare = +(byte - space - quotes) >> (space | x3::eoi);
    const auto key_sign = name >> *space >> '=' >> *space;
    const auto assigned =
        name[keep_key] >> *space >> '=' >> *space >> (quoted | x3::raw[+(byte - space)][keep]);
    const auto attribute = (&(key_sign >> (is_quoted | is_bare)) >> assigned) |
                           (&is_quoted >> quoted) | x3::raw[+(byte - space)][keep];
    auto first = body.begin();
    x3::parse(first, body.end(), *space >> *(attribute >> *space));
    return list;
}

}  // namespace paywall::attributes
