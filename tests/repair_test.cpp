// Repairs: a source comes out of one well-formed and otherwise untouched, or stays as it is.

#include "parser/repair.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <variant>

#include "parser/dialects.hpp"
#include "tests/dialect_pages.hpp"

namespace paywall::tests {
namespace {

using Reason = NoRepair::Reason;

/// The repaired bytes, or why there are none.
std::string repaired(std::string_view source, const std::string& dialect = "fastadmin",
                     const ParseOptions& options = {}) {
    const auto result = repair(Parser(*find_dialect(dialect)), source, options);
    if (const auto* done = std::get_if<Repair>(&result)) return done->bytes;
    const auto& none = std::get<NoRepair>(result);
    switch (none.reason) {
        case Reason::sound:
            return "sound";
        case Reason::no_fix:
            return "no fix";
        case Reason::still_faulty:
            return "still " + std::string(rule_name(none.rule));
        case Reason::empty_section:
            return "empty section";
        case Reason::half_element:
            return "half an element";
        case Reason::ambiguous:
            break;
    }
    return "ambiguous";
}

TEST(Repair, WritesTheMarkersThatAreMeant) {
    EXPECT_EQ(repaired("a ## paidbegin ##b##paidend# c"), "a ##paidbegin##b##paidend## c");
    EXPECT_EQ(repaired("a ＃＃paidbegin＃＃b＃＃paidend＃＃ c ＃＃paidbegin＃＃d＃＃paidend＃＃"),
              "a ##paidbegin##b##paidend## c ##paidbegin##d##paidend##");
    EXPECT_EQ(repaired("a\n&lt;paid&gt;\nb\n</paid >\n"), "a\n<paid>\nb\n</paid>\n");
    EXPECT_EQ(repaired("<p>a</p><!-- members-only --><p>b</p>", "ghost"),
              "<p>a</p><!--members-only--><p>b</p>");
}

TEST(Repair, LeavesSoundSourcesAndThoseWithoutAFix) {
    EXPECT_EQ(repaired("a"), "sound");
    EXPECT_EQ(repaired("a ##paidbegin##b##paidend##"), "sound");
    EXPECT_EQ(repaired("a ##paidbegin##b"), "no fix");
    EXPECT_EQ(repaired("a##paidend##b"), "no fix");
    EXPECT_EQ(repaired("a\xFF"), "no fix");
    EXPECT_EQ(repaired("a [ membership level=1]b[/membership]", "pmpro"), "no fix");
}

TEST(Repair, NeverGuessesWhereASectionEnds) {
    EXPECT_EQ(repaired("a ## paidbegin ##b"), "still unclosed-section");
    EXPECT_EQ(repaired("a ##paidbegin##b##paidend##c ## paidend ##"), "still unopened-section");
    EXPECT_EQ(repaired("##paidbegin##a ## paidbegin ##b##paidend##"), "still nested-section");
}

TEST(Repair, MendsAllOrNothing) {
    EXPECT_EQ(repaired("a ## paidbegin ##b##paidend## c ##paidbegin##d"), "still unclosed-section");
}

/// The words may be what the paid text is about: then `b` was never meant to be free.
TEST(Repair, DoesNotPublishWhatAnotherSoundReadingKeeps) {
    EXPECT_EQ(repaired("##paidbegin##a ## paidend ## b ## paidbegin ## c##paidend##"), "ambiguous");
    // Where the other reading publishes more, or is none, there is one way.
    EXPECT_EQ(repaired("##paidbegin##a##paidend## b ## paidbegin ## c ## paidend ## d"),
              "##paidbegin##a##paidend## b ##paidbegin## c ##paidend## d");
    EXPECT_EQ(repaired("a <!-- members-only --> b <!--members-only--> c", "ghost"),
              "a <!--members-only--> b <!--members-only--> c");
}

TEST(Repair, DoesNotEmptyASection) {
    EXPECT_EQ(repaired("a ##paidbegin## ## paidend ## secret"), "empty section");
    EXPECT_EQ(repaired("a ## paidbegin ##\n##paidend## secret"), "empty section");
    // One that was empty before is not the fix's.
    EXPECT_EQ(repaired("a ##paidbegin####paidend## b ## paidbegin ##c##paidend##"),
              "a ##paidbegin####paidend## b ##paidbegin##c##paidend##");
}

TEST(Repair, LeavesNothingOfTheDamagedMarker) {
    EXPECT_EQ(repaired("a<!-- wp:jetpack/paywall -->b", "jetpack"),
              "a<!-- wp:jetpack/paywall /-->b");
    EXPECT_EQ(repaired("a <!-- more --\nb", "zola"), "a <!-- more -->\nb");
    EXPECT_EQ(repaired("a <!--more--&#62; b", "hugo"), "a <!--more--> b");
}

TEST(Repair, TakesNoHalfOfAnElement) {
    EXPECT_EQ(repaired("a <b>##paid</b>begin##b##paidend##"), "half an element");
    EXPECT_EQ(repaired("a <b>##paid<i>be</i>gin##b##paidend##</b>"),
              "a <b>##paidbegin##b##paidend##</b>");
    EXPECT_EQ(repaired("<p>a ##paid</p><p>begin##b##paidend##</p>"),
              "<p>a ##paidbegin##b##paidend##</p>");
    EXPECT_EQ(repaired("a [wcm<em>restrict]b[/wcm</em>restrict]", "woocommerce-memberships"),
              "a [wcm_restrict]b[/wcm_restrict]");
}

TEST(Repair, KeepsEncodingMarkAndLineEnds) {
    EXPECT_EQ(repaired("\xEF\xBB\xBF"
                       "a\r\n## paidbegin ##\r\nb\r\n##paidend##\r\n"),
              "\xEF\xBB\xBF"
              "a\r\n##paidbegin##\r\nb\r\n##paidend##\r\n");
    const auto utf16 = [](std::string_view ascii) {
        std::string bytes = "\xFF\xFE";
        for (const char c : ascii) bytes += std::string{c, '\0'};
        return bytes;
    };
    EXPECT_EQ(repaired(utf16("a ## paidbegin ##b##paidend##")),
              utf16("a ##paidbegin##b##paidend##"));
    EXPECT_EQ(repaired("\xB8\xB6 \xA3\xA3\xA3\xA3paidbegin##\xB7\xD1##paidend##"),  // ＃＃ in GBK
              "\xB8\xB6 ##paidbegin##\xB7\xD1##paidend##");
}

TEST(Repair, HonoursDeniedWarnings) {
    EXPECT_EQ(repaired("a $$paidbegin$$b## paidend ##"), "a $$paidbegin$$b##paidend##");
    ParseOptions options;
    options.deny = {Rule::mixed_spelling};
    EXPECT_EQ(repaired("a $$paidbegin$$b## paidend ##", "fastadmin", options),
              "still mixed-spelling");
}

TEST(Repair, SaysWhatItFixed) {
    const auto result = repair(Parser(fastadmin()), "a ## paidbegin ##b##paidend# c");
    const auto& fixed = std::get<Repair>(result).fixed;
    ASSERT_EQ(fixed.size(), 2U);
    EXPECT_EQ(fixed[0].span, (Span{2, 15}));
    EXPECT_EQ(fixed[0].fix, (Fix{{2, 15}, "##paidbegin##"}));
    EXPECT_EQ(fixed[1].fix, (Fix{{18, 10}, "##paidend##"}));
}

/// The bytes without those of the spans.
std::string without(std::string bytes, const std::vector<Span>& spans) {
    for (auto span = spans.rbegin(); span != spans.rend(); ++span)
        bytes.erase(span->offset, span->length);
    return bytes;
}

/// Of all faulty sources in the pages: a second repair finds nothing, and nothing but the
/// lookalikes has changed.
TEST(Repair, MendsThePagesExamplesOnce) {
    std::size_t mended = 0;
    for (const auto& source : page_sources()) {
        SCOPED_TRACE(source.name);
        const Parser parser(source.dialect);
        ParseOptions options;
        options.encoding = source.encoding;
        const auto result = repair(parser, source.bytes, options);
        const auto* done = std::get_if<Repair>(&result);
        if (done == nullptr) continue;
        ++mended;
        EXPECT_EQ(parser.parse(done->bytes, options).index(), 0U);
        const auto again = repair(parser, done->bytes, options);
        ASSERT_TRUE(std::holds_alternative<NoRepair>(again));
        EXPECT_EQ(std::get<NoRepair>(again).reason, Reason::sound);
        std::vector<Span> before;
        std::vector<Span> after;
        std::size_t moved = 0;
        for (const auto& diagnostic : done->fixed) {
            ASSERT_TRUE(diagnostic.fix);
            before.push_back(diagnostic.fix->span);
            if (source.bytes.find('\0') != std::string::npos || !source.encoding.empty()) continue;
            after.push_back({before.back().offset + moved, diagnostic.fix->text.size()});
            moved += after.back().length - before.back().length;
        }
        if (after.size() == before.size()) {
            EXPECT_EQ(without(done->bytes, after), without(source.bytes, before));
        }
    }
    std::cout << mended << " sources mended\n";
    EXPECT_GE(mended, 20U);
}

}  // namespace
}  // namespace paywall::tests
