#include "parser/borders.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paywall {
namespace {

/// Every `@` is a marker.
Borders borders_of(std::string_view text) {
    Borders borders;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '@') borders.add(Mark(text, Span{i, 1}, 0), {});
    }
    borders.finish(text.size());
    return borders;
}

/// The text with what goes with each marker between brackets.
std::string vanished(std::string_view text) {
    std::string shown;
    std::size_t at = 0;
    const auto borders = borders_of(text);
    for (std::size_t i = 0; i < borders.size(); ++i) {
        const auto span = borders.vanishing(i);
        shown += text.substr(at, span.offset - at);
        shown += "[" + std::string(text.substr(span.offset, span.length)) + "]";
        at = span.end();
    }
    return shown + std::string(text.substr(at));
}

struct Case {
    const char* text;
    const char* vanished;
};

TEST(MarkerLines, Vanish) {
    const Case cases[] = {
        {"", ""},
        {"a @ b", "a [@] b"},
        {"@", "[@]"},
        {"@\n", "[@\n]"},
        {"a\n@\nb\n", "a\n[@\n]b\n"},
        {"a\r\n@\r\nb\r\n", "a\r\n[@\r\n]b\r\n"},
        {"a\r@\rb\r", "a\r[@\r]b\r"},
        {"a\n \t@ \t\nb", "a\n[ \t@ \t\n]b"},
        {"a\n@", "a\n[@]"},
        {"a\n@ ", "a\n[@ ]"},
        {"a\n@ x\n", "a\n[@] x\n"},
        {"a\nx @\n", "a\nx [@]\n"},
        {"@\n\n@\n", "[@\n]\n[@\n]"},
        {"@\n@\n", "[@\n][@\n]"},
        {"@ @\n", "[@ ][@\n]"},
        {" @@\t@ \n", "[ @][@\t][@ \n]"},
        {"@ x @\n", "[@] x [@]\n"},
        {"@ @ x\n", "[@] [@] x\n"},
        {"x @ @\n", "x [@] [@]\n"},
        {"\f@\n", "\f[@]\n"},
        {"\u3000@\n", "\u3000[@]\n"},
    };
    for (const auto& [text, expected] : cases) EXPECT_EQ(vanished(text), expected) << text;
}

TEST(MarkerLines, TellTheirLineEnd) {
    const auto line_end = [](std::string_view text) { return borders_of(text).line_end(0); };
    EXPECT_EQ(line_end("a\n@ \nb"), (Span{4, 1}));
    EXPECT_EQ(line_end("@\r\nb"), (Span{1, 2}));
    EXPECT_EQ(line_end("@\rb"), (Span{1, 1}));
    EXPECT_EQ(line_end("@").length, 0U);
    EXPECT_EQ(line_end("x @\n").length, 0U);
}

/// Every marker of the line can have a placeholder behind it, so every one tells.
TEST(MarkerLines, AllMarkersOfALineTellItsEnd) {
    const auto borders = borders_of("@ @\n");
    for (std::size_t i = 0; i < borders.size(); ++i) EXPECT_EQ(borders.line_end(i), (Span{3, 1}));
}

TEST(MarkerLines, KnowWhatStandsAroundAMarker) {
    const Mark mark("a\n \t@ \r\n\n b", {4, 1}, 3);
    EXPECT_EQ(mark.marker(), 3U);
    EXPECT_EQ(mark.blank_begin(), 2U);
    EXPECT_EQ(mark.blank_end(), 6U);
    EXPECT_EQ(mark.line_end_length(), 2U);
    EXPECT_EQ(mark.visible_begin(), 10U);
    EXPECT_TRUE(mark.begins_line());
    EXPECT_TRUE(mark.ends_line());
    EXPECT_EQ(Mark("@ \v\f", {0, 1}, 0).visible_begin(), 4U);
    EXPECT_FALSE(Mark("@ \v\f", {0, 1}, 0).ends_line());
}

TEST(Borders, TellWhereOnlyWhiteSpaceFollows) {
    const auto notation = [](std::string_view text) {
        const auto borders = borders_of(text);
        std::string blanks;
        for (std::size_t i = 0; i < borders.size(); ++i) {
            blanks += borders[i].is_blank_behind() ? '-' : 'x';
        }
        return blanks;
    };
    EXPECT_EQ(notation("@a@b"), "xx");
    EXPECT_EQ(notation("@@a@"), "-x-");
    EXPECT_EQ(notation("@ \n\v@\n@ a"), "--x");
    EXPECT_EQ(notation("@a\n@ \r\n"), "x-");
}

TEST(Borders, SumUpWhatFollowsThem) {
    const auto has_blank_section = [](std::string_view text, bool starts_section) {
        Borders borders;
        borders.add(Mark(text, {0, 1}, 0), {.starts_section = starts_section});
        borders.finish(text.size());
        return borders.has_blank_section();
    };
    EXPECT_TRUE(has_blank_section("@ \n", true));
    EXPECT_FALSE(has_blank_section("@ \n", false));
    EXPECT_FALSE(has_blank_section("@ a", true));
    const auto has_visible_free = [](std::string_view text, Access access) {
        Borders borders;
        borders.add(Mark(text, {0, 1}, 0), {.access = access});
        borders.finish(text.size());
        return borders.has_visible_free();
    };
    EXPECT_TRUE(has_visible_free("@ a", Access::free));
    EXPECT_FALSE(has_visible_free("@ a", Access::paid));
    EXPECT_FALSE(has_visible_free("@ \n", Access::free));
}

TEST(Borders, KeepWhatFollowsThem) {
    const Follows follows{.access = {5, 1000},
                          .details = 0xFFFF,
                          .starts_section = true,
                          .is_literal = false,
                          .is_outside = true};
    Borders borders;
    borders.add(Mark("ab@", {2, 1}, 4095), follows);
    borders.finish(3);
    EXPECT_EQ(borders[0].span(), (Span{2, 1}));
    EXPECT_EQ(borders[0].marker(), 4095U);
    const auto kept = borders[0].follows();
    EXPECT_EQ(kept.access, follows.access);
    EXPECT_EQ(kept.details, follows.details);
    EXPECT_TRUE(kept.starts_section && !kept.is_literal && kept.is_outside);
}

TEST(Borders, AreSmall) {
    EXPECT_EQ(Borders::bytes_each, 4U);  // a source may be all markers
}

/// However many kinds of them there are.
TEST(Borders, KeepAsManyKindsAsThereAre) {
    constexpr std::size_t count = 0x20000;
    const std::string text(2 * count, '@');
    const auto follows = [](std::size_t i) {
        return Follows{
            .access = {static_cast<std::uint8_t>(i % 8), static_cast<std::uint16_t>(i / 8 % 1024)},
            .details = static_cast<std::uint16_t>(i / 8 / 1024)};
    };
    Borders borders;
    for (std::size_t i = 0; i < count; ++i)
        borders.add(Mark(text, {2 * i, 1}, i % 4096), follows(i));
    borders.finish(text.size());
    const auto expect_kept = [&](std::size_t i, const Follows& expected) {
        EXPECT_EQ(borders[i].span(), (Span{2 * i, 1}));
        EXPECT_EQ(borders[i].marker(), i % 4096);
        EXPECT_EQ(borders[i].access(), expected.access);
        EXPECT_EQ(borders[i].follows().details, expected.details);
    };
    ASSERT_EQ(borders.size(), count);
    for (std::size_t i = 0; i < count; ++i) expect_kept(i, follows(i));
    for (std::size_t i = 0; i < count; i += 100) borders.set_follows(i, follows(count - i));
    for (std::size_t i = 0; i < count; ++i) expect_kept(i, follows(i % 100 == 0 ? count - i : i));
}

/// Each of a line's markers goes up to the next, and all of them have its line end.
TEST(Borders, OfOneLine) {
    const std::string text = " @ @@\t\r\n@a@ @\n";
    Borders borders;
    for (std::size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1))
        borders.add(Mark(text, {at, 1}, 0), {});
    borders.finish(text.size());
    const Span vanishing[] = {{0, 3}, {3, 1}, {4, 4}, {8, 1}, {10, 1}, {12, 1}};
    const Span line_ends[] = {{6, 2}, {6, 2}, {6, 2}, {}, {}, {}};
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(borders.vanishing(i), vanishing[i]) << i;
        EXPECT_EQ(borders.line_end(i), line_ends[i]) << i;
    }
}

}  // namespace
}  // namespace paywall
