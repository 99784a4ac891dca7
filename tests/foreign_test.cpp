// Markers of other dialects than a parser's own. Those that are built in are in the pages of the
// dialects; here are others.

#include "parser/dialects.hpp"
#include "parser/parse.hpp"

#include <gtest/gtest.h>

namespace paywall {
namespace {

Dialect dialect_of(const std::string& before, const std::string& after) {
    Marker open{Role::open, before, "vaultbegin", after};
    Marker close{Role::close, before, "vaultend", after};
    open.form = close.form = before == "<!--" ? Form::comment : Form::run;
    return {.name = "house", .markers = {open, close}};
}

TEST(Foreign, MarkersOfAnyOtherDialectRefuse) {
    const std::pair<std::string, std::string> frames[] = {
        {"[", "]"}, {"<!--", "-->"}, {"{{", "}}"}, {"{%", "%}"}, {"((", "))"}, {"@@", "@@"}};
    for (const auto& [before, after] : frames) {
        const Dialect house = dialect_of(before, after);
        const std::string text = "a " + before + "vaultbegin" + after + " b " + before +
                                 "vaultend" + after + " and some words more\n";
        SCOPED_TRACE(text);
        EXPECT_EQ(Parser(fastadmin()).parse(text).index(), 0U);
        const auto parsed = Parser(fastadmin(), {house}).parse(text);
        ASSERT_EQ(parsed.index(), 1U);
        const auto& diagnostics = std::get<Diagnostics>(parsed);
        EXPECT_EQ(diagnostics.errors, 2U);
        EXPECT_EQ(diagnostics.kept.front().rule, Rule::foreign_marker);
        EXPECT_EQ(diagnostics.kept.front().span.offset, 2U);
        EXPECT_EQ(Parser(house, {house}).parse(text).index(), 0U);
    }
}

TEST(Foreign, WithoutOthersNothingIsForeign) {
    const std::string text = "a <!--members-only--> b\n";
    EXPECT_EQ(Parser(fastadmin()).parse(text).index(), 1U);
    EXPECT_EQ(Parser(fastadmin(), {}).parse(text).index(), 0U);
}

}  // namespace
}  // namespace paywall
