#include "parser/placeholder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace paywall {
namespace {

using namespace std::string_literals;

Placeholder made(std::string_view text) {
    const auto result = Placeholder::parse(text);
    EXPECT_TRUE(std::holds_alternative<Placeholder>(result)) << text;
    return std::get<Placeholder>(result);
}

/// `offset: message`
std::string fault(std::string_view text) {
    const auto result = Placeholder::parse(text);
    const auto* found = std::get_if<Placeholder::Fault>(&result);
    return found ? std::to_string(found->offset) + ": " + found->message : "none";
}

TEST(Placeholder, TextIsLiteral) {
    EXPECT_EQ(made("").fill({}), "");
    EXPECT_EQ(made("Buy $1 & \\0 now\n").fill({}), "Buy $1 & \\0 now\n");
    EXPECT_EQ(made("{{paid_chars}} }}{{").fill({}), "{paid_chars} }{");
}

TEST(Placeholder, Fields) {
    const Placeholder::Values values{"四五六", 12, 2, 3, "a/b.md"};
    EXPECT_EQ(made("{paid_chars} {paid_percent}% {index}/{sections} {name}").fill(values),
              "3 25% 2/3 a/b.md");
    EXPECT_EQ(made("{{{index}}}").fill(values), "{2}");
}

TEST(Placeholder, FieldValuesAreNotReadAgain) {
    EXPECT_EQ(made("{name}").fill({.paid = {}, .name = "{index}{{"}), "{index}{{");
}

TEST(Placeholder, PercentIsRoundedButNeverToNothingOrAll) {
    const Placeholder placeholder = made("{paid_percent}");
    const auto percent = [&](std::size_t part, std::size_t whole) {
        const std::string paid(part, 'x');
        return placeholder.fill({.paid = paid, .source_chars = whole, .name = {}});
    };
    EXPECT_EQ(percent(0, 10), "0");
    EXPECT_EQ(percent(1, 1000), "1");
    EXPECT_EQ(percent(999, 1000), "99");
    EXPECT_EQ(percent(10, 10), "100");
    EXPECT_EQ(percent(1, 3), "33");
    EXPECT_EQ(percent(2, 3), "67");
    EXPECT_EQ(percent(1, 8), "13");
    EXPECT_EQ(percent(0, 0), "0");
}

TEST(Placeholder, Literal) {
    EXPECT_EQ(made("##{index}paid{{begin##").literal(), "##paid{begin##");
    EXPECT_EQ(made("{name}").literal(), "");
}

TEST(Placeholder, CountsSourceOnlyForPercent) {
    EXPECT_TRUE(made("x {paid_percent}").needs(Placeholder::Need::source_chars));
    EXPECT_FALSE(made("{paid_chars}{name}").needs(Placeholder::Need::source_chars));
    for (const auto* text : {"{paid_words}", "{paid_minutes}", "{free_percent}"})
        EXPECT_TRUE(made(text).needs(Placeholder::Need::numbers)) << text;
    EXPECT_TRUE(made("{title}").needs(Placeholder::Need::title));
    EXPECT_FALSE(made("{paid_percent}{name}").needs(Placeholder::Need::numbers));
    EXPECT_FALSE(made("{paid_percent}{name}").needs(Placeholder::Need::title));
}

TEST(Placeholder, Faults) {
    const auto* const known =
        "known fields are {paid_chars}, {paid_percent}, {index}, {sections}, {name}, {price}, "
        "{paid_words}, {paid_minutes}, {free_percent}, {title}";
    EXPECT_EQ(fault("Only {paidchars} more"),
              "5: unknown field {paidchars}; did you mean {paid_chars}? "s + known);
    EXPECT_EQ(fault("{sektion}"), "0: unknown field {sektion}; did you mean {sections}? "s + known);
    EXPECT_EQ(fault("{cost}"), "0: unknown field {cost}; "s + known);
    EXPECT_EQ(fault("{}"), "0: unknown field {}; "s + known);
    EXPECT_EQ(fault("{a\nb}"), "0: unknown field {a\\x0ab}; "s + known);
    EXPECT_EQ(fault("{" + std::string(50, 'x') + "}"),
              "0: unknown field {" + std::string(40, 'x') + "…}; " + known);
    EXPECT_EQ(fault("ab {index"), "3: { without }; for a brace write {{");
    EXPECT_EQ(fault("{"), "0: { without }; for a brace write {{");
    EXPECT_EQ(fault("{a {index}"), "0: { without }; for a brace write {{");
    EXPECT_EQ(fault("a } b"), "2: } without {; for a brace write }}");
    EXPECT_EQ(fault("{index}}"), "7: } without {; for a brace write }}");
    EXPECT_EQ(fault("caf\xE9"), "3: text is not valid UTF-8");
}

TEST(CountCharacters, GraphemeClusters) {
    EXPECT_EQ(count_characters(""), 0u);
    EXPECT_EQ(count_characters("plain\n"), 6u);
    EXPECT_EQ(count_characters("a\r\nb"), 3u);
    EXPECT_EQ(count_characters("四、要！"), 4u);
    EXPECT_EQ(count_characters("e\u0301x"), 2u);
    EXPECT_EQ(count_characters("四\uFE00五"), 2u);
    EXPECT_EQ(count_characters("👨‍👩‍👧🇩🇪👍🏽"), 3u);
    EXPECT_EQ(count_characters("\u1100\u1161\u11A8"), 1u);
}

TEST(CountCharacters, TheShortWayCountsAsIcuDoes) {
    std::string simple;
    for (const auto* part : {"a\n\t", "四五", "、。《》", "！＃ｚ", "—…‘’“”\u2027"}) simple += part;
    EXPECT_EQ(count_characters(simple + simple) + 1, count_characters(simple + "é" + simple));
}

}  // namespace
}  // namespace paywall
