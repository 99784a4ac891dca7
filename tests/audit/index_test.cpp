// The guarantee of the fingerprints, and what counts as the same text.

#include <gtest/gtest.h>
#include <random>
#include <string>

#include "audit/index.hpp"
#include "audit/normal_text.hpp"

namespace paywall::audit {
namespace {

std::string normal(std::string_view text) {
    NormalForm form;
    NormalText result(form);
    result.append(text, 0);
    return std::string(result.bytes());
}

TEST(NormalForm, DropsWhatReadersDoNotCompare) {
    EXPECT_EQ(normal("The  Quick,\n\"brown\" fox\u00AD!"), "thequickbrownfox");
    EXPECT_EQ(normal("a\u200Bb\uFEFFc\u2060d"), "abcd");
    EXPECT_EQ(normal("**bold** `code` ~~gone~~ | a+b"), "boldcodegoneab");
}

TEST(NormalForm, FoldsCompatibilityAndCase) {
    EXPECT_EQ(normal("ＡＢＣ１２３"), "abc123");
    EXPECT_EQ(normal("STRASSE"), normal("straße"));
    EXPECT_EQ(normal("ﬁne"), "fine");
    EXPECT_EQ(normal("ｶﾞｷﾞ"), normal("ガギ"));
    EXPECT_EQ(normal("㎞"), "km");
}

TEST(NormalForm, IsTheSameComposedAndDecomposed) {
    EXPECT_EQ(normal("é"), normal("e\u0301"));
    EXPECT_EQ(normal("한글"), normal("\u1112\u1161\u11AB\u1100\u1173\u11AF"));
    EXPECT_EQ(normal("q\u0307\u0323"), normal("q\u0323\u0307"));
    EXPECT_EQ(normal("\u1E0B\u0323"), normal("\u1E0D\u0307"));
}

TEST(NormalForm, BytesThatAreNoTextSeparate) {
    EXPECT_EQ(normal("ab\xFF\xFE\x63"),
              "ab\xFF"
              "c");
}

TEST(NormalText, KnowsTheWayBack) {
    NormalForm form;
    NormalText text(form);
    text.append("a é 中", 100);
    text.append_decoded("x", 200);
    text.append("-y", 300);
    const std::string_view bytes = text.bytes();
    EXPECT_EQ(text.origin(0), 100U);
    EXPECT_EQ(text.origin(bytes.find("e")), 102U);
    EXPECT_EQ(text.origin(bytes.find("中")), 105U);
    EXPECT_EQ(text.origin(bytes.find("x")), 200U);
    EXPECT_EQ(text.origin(bytes.find("y")), 301U);
}

TEST(Amount, CountsCharactersAsComposed) {
    EXPECT_EQ(measure(normal("한글")).characters, 2U);
    EXPECT_EQ(measure(normal("한글")).units, 4U);
    EXPECT_EQ(measure(normal("ไทย")).units, 6U);
    EXPECT_EQ(measure(normal("café")).units, 4U);
    EXPECT_EQ(measure(normal("中a")).units, 3U);
}

std::string random_text(std::mt19937& random, std::size_t length, int letters) {
    std::string text(length, ' ');
    std::uniform_int_distribution<int> letter(0, letters - 1);
    for (char& c : text) c = static_cast<char>('a' + letter(random));
    return text;
}

/// Every run of the threshold is found, wherever it lies and whatever stands around it.
TEST(Index, FindsEveryRunOfTheThreshold) {
    std::mt19937 random(1);
    for (const std::size_t units : {8U, 12U, 20U, 40U, 41U, 97U, 200U}) {
        for (int round = 0; round < 300; ++round) {
            const int letters = round % 3 == 0 ? 26 : round % 3 == 1 ? 3 : 1;
            const std::string paid = random_text(random, units * 3, letters);
            Index index(units);
            index.add_segment({0, {}, paid.size()});
            index.add_text(paid);
            index.build();
            const std::size_t at = random() % (paid.size() - units);
            const std::string before = random_text(random, random() % 90, letters);
            const std::string text = before + "0" + paid.substr(at, units) + "1" +
                                     random_text(random, random() % 90, letters);
            const auto found = index.find(text);
            ASSERT_FALSE(found.empty()) << units << " " << round;
            const bool holds = std::any_of(found.begin(), found.end(), [&](const Match& match) {
                return match.found.offset <= before.size() + 1 &&
                       match.found.end() >= before.size() + 1 + units;
            });
            EXPECT_TRUE(holds) << units << " " << round;
        }
    }
}

TEST(Index, IsSilentBelowTheThreshold) {
    std::mt19937 random(2);
    const std::string paid = random_text(random, 400, 26);
    Index index(40);
    index.add_segment({0, {}, paid.size()});
    index.add_text(paid);
    index.build();
    for (std::size_t at = 0; at + 39 < paid.size(); ++at)
        EXPECT_TRUE(index.find("0" + paid.substr(at, 39) + "1").empty());
}

TEST(Index, WeighsScripts) {
    const std::string chinese = "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少白日依山尽黄河入海流";
    Index index(40);
    index.add_segment({0, {}, 30});
    index.add_text(chinese);
    index.build();
    EXPECT_EQ(index.find(chinese.substr(3, 60)).size(), 1U);
    EXPECT_TRUE(index.find(chinese.substr(3, 57)).empty());
}

TEST(Index, WhatIsLeftOutIsNotFound) {
    std::mt19937 random(3);
    const std::string paid = random_text(random, 200, 26);
    Index index(40);
    index.add_segment({0, {}, paid.size()});
    index.add_text(paid);
    index.leave_out({50, 60});
    index.build();
    EXPECT_TRUE(index.find(paid.substr(40, 75)).empty());
    EXPECT_EQ(index.find(paid.substr(0, 50)).size(), 1U);
    EXPECT_EQ(index.find(paid.substr(110)).size(), 1U);
}

/// Text that repeats itself takes no more than in proportion.
TEST(Index, RepetitionIsNoTrap) {
    const std::string paid(200000, 'a');
    Index index(40);
    index.add_segment({0, {}, paid.size()});
    index.add_text(paid);
    index.build();
    EXPECT_FALSE(index.find(std::string(2000000, 'a')).empty());
}

}  // namespace
}  // namespace paywall::audit
