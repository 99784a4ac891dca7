#include "parser/reading.hpp"

#include <gtest/gtest.h>

#include <string>

namespace paywall {
namespace {

const Grammar& grammar() {
    static const Grammar grammar(fastadmin());
    return grammar;
}

std::string shown(const Glyph& glyph) {
    switch (glyph.kind) {
        case FoldKind::ascii:
            return std::string(glyph.ascii);
        case FoldKind::space:
            return "_";
        case FoldKind::unseen:
            return "";
        case FoldKind::word:
            return "λ";
        case FoldKind::other:
            break;
    }
    return "·";
}

/// Its glyphs: ASCII as it is, `_` white space, `λ` letters of their own, `·` all else.
std::string glyphs(std::string_view text) {
    Effort effort(100'000);
    const Reading reading(grammar(), text, effort);
    std::string line;
    for (std::size_t at = 0; !reading.at_end(at);) {
        const auto glyph = reading.glyph(at);
        EXPECT_EQ(glyph.begin, at) << text;
        EXPECT_GT(glyph.end, at) << text;
        line += shown(glyph);
        at = glyph.end;
    }
    return line;
}

std::string glyphs_backwards(std::string_view text) {
    Effort effort(100'000);
    const Reading reading(grammar(), text, effort);
    std::string line;
    for (auto at = text.size(); at > 0;) {
        const auto glyph = reading.glyph_before(at);
        EXPECT_EQ(glyph.end, at) << text;
        EXPECT_LT(glyph.begin, at) << text;
        line = shown(glyph) + line;
        at = glyph.begin;
    }
    return line;
}

/// What is left to a reader who sees through disguises and over white space.
std::string seen(std::string_view text) {
    Effort effort(100'000);
    const Reading reading(grammar(), text, effort);
    std::string line;
    for (std::size_t at = 0;;) {
        const auto next = reading.skip_unseen(at, Spaces::skip);
        if (next.after_space) line += "_";
        if (reading.at_end(next.at)) return line;
        const auto glyph = reading.glyph(next.at);
        line += shown(glyph);
        at = glyph.end;
    }
}

struct Case {
    const char* text;
    const char* glyphs;
};

const Case folded[] = {
    {"Paid 12", "paid_12"},
    {"ＰＡＩＤ＃＄", "paid#$"},
    {"раіd", "paid"},
    {"￥《》、", "$<>/"},
    {"四、λ", "·/λ"},
    {"a\u00A0b\u3000c\td", "a_b_c_d"},
    {"p\u200Ba\u00ADi\uFE0Fd\u0301", "paid"},
    {"\U0001D429\U0001D41A", "pa"},
    {"㎩", "pa"},
};

const Case escaped[] = {
    {"&#35;&#x23;&#X23;&#00035;", "####"},
    {"&#35", "#"},
    {"&num;&dollar;&lt;&gt;", "#$<>"},
    {"&amp;#35;&amp;amp;num;&#38;#35;&#x26;#35;", "####"},
    {"&ltp&gt", "<p>"},
    {"&LTp", "<p"},
    {"&nosuchname;", "·"},
    {"&shy;a&zwj;b&nbsp;c", "ab_c"},
    {"&#xFF03;&#65283;", "##"},
    {"%23%2523%252523", "###"},
    {"%EF%BC%83%C2%A5%F0%9D%90%A9", "#$p"},
    {"\\u0023\\x23\\u{23}\\u{000023}\\U00000023", "#####"},
    {"\\ud835\\udc29", "p"},
};

const Case no_escapes[] = {
    {"&;&#;&#x;&", "&;&#;&#x;&"},
    {"&a b;", "&a_b;"},
    {"&#1114112;", "·"},
    {"&#99999999999999999999;", "·"},
    {"100% %2", "100%_%2"},
    {"%zz", "%zz"},
    {"%FF%C0%80", "···"},
    {"%EF%BC!", "·!"},
    {"%EF%BC", "·"},
    {"\\u{}", "\\u{}"},
    {"\\u12", "\\u12"},
    {"\\u{23", "\\u{23"},
    {"\\x2", "\\x2"},
    {"\\n", "\\n"},
    {"\\ud835x", "·x"},
    {"\\ud835\\u0023", "·#"},
    {"\\#\\*a\\", "#*a\\"},
};

TEST(Reading, GlyphsAreFolded) {
    for (const auto& [text, expected] : folded) {
        EXPECT_EQ(glyphs(text), expected) << text;
        EXPECT_EQ(glyphs_backwards(text), expected) << text;
    }
}

TEST(Reading, EscapesAreDecoded) {
    for (const auto& [text, expected] : escaped) EXPECT_EQ(glyphs(text), expected) << text;
}

TEST(Reading, EscapesAreDecodedBackwards) {
    for (const char* text : {"a&#35;", "&#x23;b", "&num;", "%23", "%EF%BC%83", "\\u0023", "\\x23",
                             "\\u{23}", "&amp;#35;", "&amp;amp;num;"}) {
        EXPECT_EQ(glyphs_backwards(text), glyphs(text)) << text;
    }
}

TEST(Reading, WhatIsNoEscapeIsText) {
    for (const auto& [text, expected] : no_escapes) EXPECT_EQ(glyphs(text), expected) << text;
}

TEST(Reading, LooksThroughWhatIsNotSeen) {
    const Case cases[] = {
        {"p<b>a</b>i<!-- x > y -->d", "paid"},
        {"**p**_a_~~i~~`d`", "paid"},
        {"p<span title=\"a > b\">aid", "paid"},
        {"p<span title='a > b'>aid", "paid"},
        {"p<span title=\"a>aid", "paid"},
        {"a <br> b</p><div>c", "a_b_c"},
        {"a<customelement>b", "a_b"},
        {"a < b", "a_<_b"},
        {"a<3b", "a<3b"},
        {"a<b", "a<b"},
        {"<paid>a", "<paid>a"},
        {"p\u200B\n\t a", "p_a"},
    };
    for (const auto& [text, expected] : cases) EXPECT_EQ(seen(text), expected) << text;
}

TEST(Reading, StopsAtWhiteSpaceWhereAsked) {
    Effort effort(1000);
    const std::string text = "<b>\u200B <i>x";
    const Reading reading(grammar(), text, effort);
    EXPECT_EQ(reading.skip_unseen(0, Spaces::stop).at, text.find(' '));
    EXPECT_FALSE(reading.skip_unseen(0, Spaces::stop).after_space);
    EXPECT_EQ(reading.skip_unseen(0, Spaces::skip).at, text.find('x'));
    EXPECT_TRUE(reading.skip_unseen(0, Spaces::skip).after_space);
    const std::string block = "<i></p>x";
    EXPECT_EQ(Reading(grammar(), block, effort).skip_unseen(0, Spaces::stop).at, block.find("</"));
}

TEST(Reading, TagsAreInlinedOrBlocks) {
    Effort effort(10'000);
    const auto kind = [&](std::string_view text) -> std::string {
        const auto tag = Reading(grammar(), text, effort).tag(0);
        if (!tag) return "none";
        EXPECT_EQ(tag->end, text.size()) << text;
        return tag->kind == Tag::Kind::inlined ? "inlined" : "block";
    };
    for (const char* text : {"<b>", "</B>", "<strong class=x>", "<font color='>'>", "<!-- > -->"}) {
        EXPECT_EQ(kind(text), "inlined") << text;
    }
    for (const char* text :
         {"<p>", "</div>", "<br/>", "<!DOCTYPE html>", "<?php ?>", "<h1>", "<abbreviation>"}) {
        EXPECT_EQ(kind(text), "block") << text;
    }
    for (const char* text : {"", "<", "b>", "<3>", "< b>", "<b", "<paid>", "</PAID>"}) {
        EXPECT_EQ(kind(text), "none") << text;
    }
}

TEST(Reading, KnowsMarkersFromWhatOnlyLooksLikeThem) {
    Effort effort(1000);
    const std::string text = "##paidbegin##";
    const Reading reading(grammar(), text, effort);
    EXPECT_TRUE(reading.at_literal(0));
    EXPECT_FALSE(reading.at_literal(1));
}

TEST(Reading, NothingIsSeenAtTheEdges) {
    Effort effort(1000);
    const Reading reading(grammar(), "a", effort);
    EXPECT_EQ(reading.glyph_before(0).kind, FoldKind::other);
    EXPECT_EQ(reading.glyph(1).kind, FoldKind::other);
    EXPECT_EQ(reading.glyph(1).end, 1U);
    EXPECT_EQ(reading.skip_unseen(1, Spaces::skip).at, 1U);
}

TEST(Effort, IsNotGrantedOnceItIsSpent) {
    Effort effort(2);
    effort.spend(1);
    effort.grant(1);
    effort.spend(1);
    EXPECT_FALSE(effort.is_spent());
    effort.spend(3);
    effort.grant(5);
    EXPECT_TRUE(effort.is_spent());
}

TEST(Reading, ASpentEffortEndsTheText) {
    Effort effort(3);
    const std::string text = "p\u200B\u200B\u200B\u200B\u200Baid";
    const Reading reading(grammar(), text, effort);
    EXPECT_FALSE(effort.is_spent());
    EXPECT_LT(reading.skip_unseen(1, Spaces::skip).at, text.size());
    EXPECT_TRUE(effort.is_spent());
    EXPECT_EQ(reading.glyph(0).kind, FoldKind::other);
    EXPECT_EQ(reading.glyph(0).end, text.size());
}

TEST(Reading, GlyphsThatLengthenAWord) {
    Effort effort(1000);
    const auto lengthens = [&](std::string_view text) {
        return Reading(grammar(), text, effort).glyph(0).lengthens_word();
    };
    for (const char* text : {"a", "7", "Ａ", "λ", "я", "&#97;"})
        EXPECT_TRUE(lengthens(text)) << text;
    for (const char* text : {"#", " ", "四", "-", "_", "\u200B"}) {
        EXPECT_FALSE(lengthens(text)) << text;
    }
}

}  // namespace
}  // namespace paywall
