#include <boost/spirit/home/x3.hpp>

#include "parser/attributes/grammars.hpp"

// One value, as BBCode has it.
//
//     assignment = [ "=" , value ] , ? "]" follows ? ;
//     value      = ? one or more of any but "[", "]" and line ends ? ;
namespace paywall::attributes {

std::optional<AttributeList> read_assignment(std::string_view text) {
    namespace x3 = boost::spirit::x3;
    AttributeList list;
    const auto byte = x3::standard::char_;
    const auto keep = [&](const auto& context) {
        const auto& range = x3::_attr(context);
        list.attributes.push_back({{}, {&*range.begin(), static_cast<std::size_t>(range.size())}});
    };
    const auto assignment = -('=' >> x3::raw[+(byte - byte("[]\r\n"))][keep]) >> &x3::lit(']');
    auto first = text.begin();
    if (!x3::parse(first, text.end(), assignment)) return std::nullopt;
    list.length = static_cast<std::size_t>(first - text.begin());
    return list;
}

}  // namespace paywall::attributes
