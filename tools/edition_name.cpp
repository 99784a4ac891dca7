#include "tools/edition_name.hpp"

#include "parser/quote.hpp"

namespace paywall::tools {

std::string edition_name(const Reader& reader) {
    switch (reader.kind) {
        case Reader::Kind::anonymous:
            return "preview";
        case Reader::Kind::member:
            return "edition for members";
        case Reader::Kind::payer:
            break;
    }
    return reader.plan.empty() ? "full edition" : "edition for plan " + escape(reader.plan);
}

std::string_view edition_key(const Reader& reader) {
    switch (reader.kind) {
        case Reader::Kind::anonymous:
            return "preview";
        case Reader::Kind::member:
            return "member";
        case Reader::Kind::payer:
            break;
    }
    return reader.plan.empty() ? "full" : "plan";
}

}  // namespace paywall::tools
