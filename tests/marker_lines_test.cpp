#include "parser/marker_lines.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paywall {
namespace {

/// Every `@` is a marker.
Marks marks_of(std::string_view text) {
    Marks marks;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '@') marks.emplace_back(text, Span{i, 1}, 0);
    }
    return marks;
}

std::vector<Vanishing> vanishing(std::string_view text) {
    const auto marks = marks_of(text);
    MarkerLines lines(marks);
    std::vector<Vanishing> all;
    while (all.size() < marks.size()) all.push_back(lines.next());
    return all;
}

/// The text with what goes with each marker between brackets.
std::string vanished(std::string_view text) {
    std::string shown;
    std::size_t at = 0;
    for (const auto& [span, line_end] : vanishing(text)) {
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
    const auto line_end = [](std::string_view text) { return vanishing(text).front().line_end; };
    EXPECT_EQ(line_end("a\n@ \nb"), (Span{4, 1}));
    EXPECT_EQ(line_end("@\r\nb"), (Span{1, 2}));
    EXPECT_EQ(line_end("@\rb"), (Span{1, 1}));
    EXPECT_EQ(line_end("@").length, 0U);
    EXPECT_EQ(line_end("x @\n").length, 0U);
}

/// Every marker of the line can have a placeholder behind it, so every one tells.
TEST(MarkerLines, AllMarkersOfALineTellItsEnd) {
    for (const auto& entry : vanishing("@ @\n")) {
        EXPECT_EQ(entry.line_end, (Span{3, 1}));
    }
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

}  // namespace
}  // namespace paywall
