#include "parser/residue.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace paywall {
namespace {

using Place = std::optional<std::size_t>;

Place residue(const std::vector<std::string>& pieces) {
    static const Grammar grammar(fastadmin());
    return find_residue(grammar, {pieces.begin(), pieces.end()}, {0, pieces.size()});
}

TEST(Residue, NoneInSoundEditions) {
    EXPECT_EQ(residue({}), std::nullopt);
    EXPECT_EQ(residue({"free text"}), std::nullopt);
    EXPECT_EQ(residue({"before ", " after"}), std::nullopt);
    EXPECT_EQ(residue({"## a heading\n", "## another\n", "$5"}), std::nullopt);
    EXPECT_EQ(residue({"x ##pagebreak##", " y"}), std::nullopt);
}

TEST(Residue, WherePiecesJoinIntoAMarker) {
    EXPECT_EQ(residue({"a ##paid", "begin## b"}), Place{1});
    EXPECT_EQ(residue({"a <", "paid> b"}), Place{1});
    EXPECT_EQ(residue({"one ", "two ", "a #", "#paidend## b"}), Place{3});
}

TEST(Residue, WherePiecesJoinIntoALookalike) {
    EXPECT_EQ(residue({"a paid", "begin b"}), Place{1});
    EXPECT_EQ(residue({"a ##pa<b>id", "</b>end ## b"}), Place{1});
    EXPECT_EQ(residue({"a &#3", "5;#paidbegin## b"}), Place{1});
}

TEST(Residue, OverMoreThanTwoPieces) {
    EXPECT_TRUE(residue({"a ##p", "ai", "d", "be", "gin## b"}).has_value());
    EXPECT_TRUE(residue({"#", "#", "p", "a", "i", "d", "e", "n", "d", "#", "#"}).has_value());
}

/// What was cut out before the first piece or behind the last may have kept a word from being
/// one: `x` of `##paidendxpaidbegin##`.
TEST(Residue, AtTheStartAndTheEnd) {
    EXPECT_EQ(residue({"##paidbegin## b"}), Place{0});
    EXPECT_EQ(residue({"paidbegin b"}), Place{0});
    EXPECT_TRUE(residue({"b ##paidend##"}).has_value());
}

TEST(Residue, AcrossACutIsToldBeforeNearOne) {
    EXPECT_EQ(residue({"a paidbegin b ", " c ##paid", "end## d"}), Place{2});
}

std::string prose(std::size_t size) {
    std::string text;
    while (text.size() < size) text += "Plain words about boats, 四、要坚持. ";
    return text;
}

/// The middle of a piece was read within its source and is not read again.
TEST(Residue, OnlyNearTheCuts) {
    const auto filler = prose(20'000);
    const auto piece = filler + "##paidbegin##" + filler;
    EXPECT_EQ(residue({piece, piece}), std::nullopt);
    EXPECT_EQ(residue({piece + "##paid", "begin##" + piece}), Place{1});
}

/// What nobody sees does not count as distance.
TEST(Residue, ThroughAnyNumberOfTagsAndInvisibleCharacters) {
    std::string tags;
    std::string unseen;
    for (int i = 0; i < 2000; ++i) tags += "<b class=\"one\">", unseen += "\u200B";
    EXPECT_EQ(residue({"a ##paid" + tags, tags + "begin## b"}), Place{1});
    EXPECT_EQ(residue({"a ##paid" + unseen, unseen + "begin## b"}), Place{1});
}

/// Context does not end within a character, wherever its size falls.
TEST(Residue, OfTextWithLongCharacters) {
    for (std::size_t shift = 0; shift < 4; ++shift) {
        std::string text(shift, 'x');
        for (int i = 0; i < 1000; ++i) text += "\U0001F600";
        const auto before = text + "##paid";
        const auto after = "end##" + text;
        EXPECT_EQ(residue({before, after}), Place{1});
        EXPECT_EQ(residue({text, text}), std::nullopt);
    }
}

}  // namespace
}  // namespace paywall
