#include <boost/spirit/home/x3.hpp>

#include "parser/attributes/grammars.hpp"

// Ghost's parameters of a gated block.
//
//     parameters = { space , { space } , key , ":" , value } ;
//     key        = ? one or more of letters, digits and "_" ? ;
//     value      = '"' , { ? any but '"' and a line end ? } , '"' | "'" , … , "'"
//                | ? one or more that are no space, quote or ">" ? ;
namespace paywall::attributes {
namespace {

namespace x3 = boost::spirit::x3;

const auto byte = x3::standard::char_;
const auto key = +(x3::standard::alnum | byte('_'));

}  // namespace

std::optional<AttributeList> read_key_values(std::string_view text, std::string_view end) {
    text = text.substr(0, text.find(end));
    AttributeList list;
    const auto view = [](const auto& context) -> std::string_view {
        const auto& range = x3::_attr(context);
        if (range.empty()) return {};
        return {&*range.begin(), static_cast<std::size_t>(range.size())};
    };
    const auto keep_key = [&](const auto& context) {
        list.attributes.push_back({view(context), {}});
    };
    const auto keep = [&](const auto& context) { list.attributes.back().value = view(context); };
    const auto value = ('"' >> x3::raw[*(byte - byte("\"\r\n"))][keep] >> '"') |
                       ('\'' >> x3::raw[*(byte - byte("'\r\n"))][keep] >> '\'') |
                       x3::raw[+(byte - x3::standard::space - byte("\"'>"))][keep];
    const auto parameter = +x3::standard::blank >> x3::raw[key][keep_key] >> ':' >> value;
    auto first = text.begin();
    x3::parse(first, text.end(), *parameter >> *x3::standard::blank);
    if (first != text.end()) return std::nullopt;
    list.length = text.size();
    return list;
}

}  // namespace paywall::attributes
