#include <boost/spirit/home/x3.hpp>

#include "parser/attributes/grammars.hpp"

// A label of a divider: what the link to the rest says.
//
//     label = [ sign , { ? any but a line end and the marker's own end ? } ] ;
namespace paywall::attributes {

std::optional<AttributeList> read_label(std::string_view text, char sign, std::string_view end) {
    namespace x3 = boost::spirit::x3;
    AttributeList list;
    const auto byte = x3::standard::char_;
    const auto keep = [&](const auto& context) {
        const auto& range = x3::_attr(context);
        if (range.empty()) return;
        list.attributes.push_back(
            {"label", {&*range.begin(), static_cast<std::size_t>(range.size())}});
    };
    const std::string ending(end);  // the grammar refers to it
    const auto label = -(x3::lit(sign) >> x3::raw[*(byte - ending - byte("\r\n"))][keep]);
    auto first = text.begin();
    x3::parse(first, text.end(), label);
    list.length = static_cast<std::size_t>(first - text.begin());
    return list;
}

}  // namespace paywall::attributes
