#include <boost/spirit/home/x3.hpp>

#include "parser/attributes/grammars.hpp"

// Attributes of WordPress's blocks: one JSON object (RFC 8259). Only its members matter; a value
// that is an array or object is taken whole, brackets counted.
//
//     attributes = { space } , "{" , [ member , { "," , member } ] , "}" ;
//     member     = string , ":" , value ;
//     value      = string | scalar | nested ;
//     nested     = ? from "[" or "{" to its partner, strings passed over ? ;
//     scalar     = ? one or more of letters, digits and "+-." ? ;
namespace paywall::attributes {
namespace {

namespace x3 = boost::spirit::x3;

using Iterator = std::string_view::const_iterator;

/// Iterative, so that no depth of nesting is too much.
struct Nested : x3::parser<Nested> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, const RuleContext&,
               Attribute&) const {
        std::size_t depth = 0;
        bool in_string = false;
        for (auto at = first; at != last; ++at) {
            if (in_string) {
                if (*at == '\\' && at + 1 != last) {
                    ++at;
                } else if (*at == '"') {
                    in_string = false;
                }
                continue;
            }
            if (*at == '"') in_string = true;
            if (*at == '[' || *at == '{') ++depth;
            if ((*at == ']' || *at == '}') && depth > 0 && --depth == 0) {
                first = at + 1;
                return true;
            }
            if (depth == 0) return false;
        }
        return false;
    }
};

const auto byte = x3::standard::char_;
const auto space = x3::omit[*x3::standard::space];
const auto characters = *(('\\' >> byte) | (byte - '"' - '\\'));
const auto scalar = +(x3::standard::alnum | byte("+.-"));

std::string_view view_of(const boost::iterator_range<Iterator>& range) {
    if (range.empty()) return {};
    return {&*range.begin(), static_cast<std::size_t>(range.size())};
}

}  // namespace

std::optional<AttributeList> read_json(std::string_view text) {
    AttributeList list;
    const auto ahead = text.find_first_not_of(" \t\r\n");
    if (ahead == std::string_view::npos || ahead == 0 || text[ahead] != '{') return list;  // none
    std::string_view key;
    const auto keep_key = [&](const auto& context) { key = view_of(x3::_attr(context)); };
    const auto keep = [&](const auto& context) {
        list.attributes.push_back({key, view_of(x3::_attr(context))});
    };
    const auto value =
        ('"' >> x3::raw[characters][keep] >> '"') | x3::raw[scalar][keep] | x3::raw[Nested()][keep];
    const auto member = space >> '"' >> x3::raw[characters][keep_key] >> '"' >> space >> ':' >>
                        space >> value >> space;
    const auto object = space >> '{' >> space >> -(member % ',') >> '}';
    auto first = text.begin();
    if (!x3::parse(first, text.end(), object)) return std::nullopt;
    list.length = static_cast<std::size_t>(first - text.begin());
    return list;
}

}  // namespace paywall::attributes
