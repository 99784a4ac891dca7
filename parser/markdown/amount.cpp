#include "parser/markdown/amount.hpp"

namespace paywall::markdown {

Amount amount_of(std::string_view markdown) {
    Amount amount;
    for (const char c : markdown) {
        if (begins_letter(c)) ++amount.letters;
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') ++amount.bytes;
    }
    return amount;
}

Amount amount_of(const Units& units) {
    Amount amount;
    for (const auto& unit : units) {
        amount.letters += unit.letters;
        if (unit.is_shown) ++amount.bytes;
    }
    return amount;
}

}  // namespace paywall::markdown
