#include "parser/source.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace paywall {

void PrintTo(const Location& location, std::ostream* out) {
    *out << location.line << ":" << location.column;
}

namespace {

using namespace std::string_view_literals;

/// `line|marked` as the source shows a span.
std::string marked(const Source& source, Span span) {
    const auto [text, mark] = source.line_of(span);
    std::string shown(text);
    shown.insert(mark.end(), "]");
    shown.insert(mark.offset, "[");
    return shown;
}

TEST(Source, EmptyHasOneLine) {
    const Source source("");
    EXPECT_EQ(source.locate(0), (Location{1, 1}));
    EXPECT_EQ(source.locate(99), (Location{1, 1}));
    EXPECT_EQ(marked(source, {0, 0}), "[]");
}

TEST(Source, EveryLineEndCounts) {
    const Source source("a\nb\r\nc\rd\n\ne\n");
    EXPECT_EQ(source.locate(0), (Location{1, 1}));
    EXPECT_EQ(source.locate(1), (Location{1, 2}));
    EXPECT_EQ(source.locate(2), (Location{2, 1}));
    EXPECT_EQ(source.locate(4), (Location{2, 3}));
    EXPECT_EQ(source.locate(5), (Location{3, 1}));
    EXPECT_EQ(source.locate(7), (Location{4, 1}));
    EXPECT_EQ(source.locate(9), (Location{5, 1}));
    EXPECT_EQ(source.locate(10), (Location{6, 1}));
    EXPECT_EQ(source.locate(12), (Location{7, 1}));
}

TEST(Source, ColumnsAreCodePoints) {
    const Source source("四、x😀y");
    EXPECT_EQ(source.locate(3), (Location{1, 2}));
    EXPECT_EQ(source.locate(6), (Location{1, 3}));
    EXPECT_EQ(source.locate(11), (Location{1, 5}));
    EXPECT_EQ(source.locate(12), (Location{1, 6}));
}

TEST(Source, LinesComeWithoutTheirEnds) {
    const Source source("one\r\ntwo\rthree\nfour");
    EXPECT_EQ(marked(source, {1, 1}), "o[n]e");
    EXPECT_EQ(marked(source, {5, 3}), "[two]");
    EXPECT_EQ(marked(source, {10, 99}), "t[hree]");
    EXPECT_EQ(marked(source, {19, 0}), "four[]");
    EXPECT_EQ(marked(source, {15, 2}), "[fo]ur");
}

TEST(Source, SpansAreClippedToTheirFirstLine) {
    const Source source("one\r\ntwo\n\n");
    EXPECT_EQ(marked(source, {1, 6}), "o[ne]");
    EXPECT_EQ(marked(source, {3, 2}), "one[]");
    EXPECT_EQ(marked(source, {9, 1}), "[]");
    EXPECT_EQ(marked(source, {10, 0}), "[]");
}

TEST(Source, ByteOrderMarkIsPartOfNoLine) {
    const Source source("\xEF\xBB\xBF##x");
    EXPECT_EQ(source.locate(0), (Location{1, 1}));
    EXPECT_EQ(source.locate(3), (Location{1, 1}));
    EXPECT_EQ(source.locate(5), (Location{1, 3}));
    EXPECT_EQ(marked(source, {3, 2}), "[##]x");
}

TEST(Source, OtherEncodingsAreShownDecoded) {
    const Source utf16("\xFF\xFE\xDB\x56\n\0x\0"sv);
    EXPECT_EQ(utf16.locate(6), (Location{2, 1}));
    EXPECT_EQ(marked(utf16, {2, 2}), "[四]");
    EXPECT_EQ(marked(utf16, {6, 2}), "[x]");
    const Source gb18030("\xCB\xC4\xA1\xA2x", "GB18030");
    EXPECT_EQ(gb18030.locate(4), (Location{1, 3}));
    EXPECT_EQ(marked(gb18030, {2, 2}), "四[、]x");
}

TEST(Source, WhatDoesNotDecodeIsShownByteByByte) {
    const Source source("ok\n四\xFFx\0y\n"sv);
    EXPECT_EQ(source.locate(6), (Location{2, 4}));
    EXPECT_EQ(marked(source, {6, 1}), "\uFFFD\uFFFD\uFFFD[\uFFFD]x\0y"sv);
    EXPECT_EQ(source.locate(9), (Location{2, 7}));
    const Source with_bom("\xEF\xBB\xBFx\xFF");
    EXPECT_EQ(with_bom.locate(4), (Location{1, 2}));
    EXPECT_EQ(marked(with_bom, {4, 1}), "x[\uFFFD]");
    const Source unknown("x\xC3\xA9", "no-such-encoding");
    EXPECT_EQ(unknown.locate(3), (Location{1, 4}));
}

}  // namespace
}  // namespace paywall
