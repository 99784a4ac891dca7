// What README.md shows as the use of the library, as a program that fails if it is not so.

#include <cstdio>
#include <string>
#include <variant>

#include "parser/edition.hpp"
#include "parser/parse.hpp"

int main() {
    const std::string source = "free ##paidbegin##secret##paidend## free\n";
    const paywall::Parser parser(paywall::fastadmin());
    const auto parsed = parser.parse(source);
    const auto* document = std::get_if<paywall::Document>(&parsed);
    if (document == nullptr) return 1;
    const auto rendered = paywall::render(*document, paywall::EditionKind::preview);
    const auto* preview = std::get_if<paywall::Edition>(&rendered);
    if (preview == nullptr) return 2;
    std::printf("%s", preview->text().c_str());
    return preview->text() == "free  free\n" ? 0 : 3;
}
