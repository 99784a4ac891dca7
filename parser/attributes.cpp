#include "parser/attributes.hpp"

#include "parser/attributes/grammars.hpp"

namespace paywall {

std::optional<AttributeList> read_attributes(Syntax syntax, std::string_view text,
                                             std::string_view end) {
    switch (syntax) {
        case Syntax::none:
            break;
        case Syntax::shortcode:
            return attributes::read_shortcode(text);
        case Syntax::json:
            return attributes::read_json(text);
        case Syntax::key_value:
            return attributes::read_key_values(text, end);
        case Syntax::assignment:
            return attributes::read_assignment(text);
        case Syntax::label:
            return attributes::read_label(text, ' ', end);
        case Syntax::colon_label:
            return attributes::read_label(text, ':', end);
    }
    return AttributeList{};
}

}  // namespace paywall
