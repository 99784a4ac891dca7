// Conversions between dialects: what comes out says the same, and back again as well.

#include "parser/convert.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/runs.hpp"
#include "tests/dialect_pages.hpp"

namespace paywall::tests {
namespace {

const Parser& parser_of(const std::string& dialect) {
    static std::map<std::string, Parser> parsers;
    const auto known = parsers.find(dialect);
    if (known != parsers.end()) return known->second;
    return parsers.try_emplace(dialect, *find_dialect(dialect)).first->second;
}

const Converter& converter_to(const std::string& dialect) {
    static std::map<std::string, Converter> converters;
    const auto known = converters.find(dialect);
    if (known != converters.end()) return known->second;
    return converters.try_emplace(dialect, *find_dialect(dialect)).first->second;
}

/// The converted bytes, or what is wrong.
std::string converted(std::string_view source, const std::string& from, const std::string& to,
                      const ParseOptions& options = {}) {
    const auto result = converter_to(to).convert(parser_of(from), source, options);
    if (const auto* done = std::get_if<Conversion>(&result)) return done->bytes;
    const auto& first = std::get<Diagnostics>(result).kept.front();
    return std::string(rule_name(first.rule)) + ": " + message(first);
}

TEST(Convert, WritesRegionsDividersAndInverseRegions) {
    const std::string source = "Free.\n##paidbegin##\nPaid.\n##paidend##\n";
    EXPECT_EQ(converted(source, "fastadmin", "pmpro"),
              "Free.\n[membership]\nPaid.\n[/membership]\n");
    EXPECT_EQ(converted(source, "fastadmin", "ghost"), "Free.\n<!--members-only-->\nPaid.\n");
    EXPECT_EQ(converted(source, "fastadmin", "leanpub"),
              "%% begin sample\nFree.\n%% end sample\nPaid.\n");
    EXPECT_EQ(converted(source, "fastadmin", "pelican"),
              "Free.\n<!-- PELICAN_END_SUMMARY -->\nPaid.\n");
    EXPECT_EQ(converted("Free.\n<!--more-->\nPaid.\n", "hugo", "fastadmin"),
              "Free.\n##paidbegin##\nPaid.\n##paidend##");
    EXPECT_EQ(converted("Free.\n<!--more-->\nPaid.", "hugo", "polar"),
              "Free.\n<Paywall>\nPaid.</Paywall>");
    EXPECT_EQ(converted("%% begin sample\nFree.\n%% end sample\nPaid.\n", "leanpub", "steady"),
              "Free.\n___STEADY_PAYWALL___\nPaid.\n");
}

TEST(Convert, KeepsPlansMessagesPricesAndLabels) {
    EXPECT_EQ(converted("a [membership level=\"gold,silver\"]b[/membership] c", "pmpro",
                        "woocommerce-memberships"),
              "a [wcm_restrict plans=\"gold,silver\"]b[/wcm_restrict] c");
    EXPECT_EQ(converted("a [wcm_nonmember plans=gold]b[/wcm_nonmember] c",
                        "woocommerce-memberships", "memberpress"),
              "a [mepr-hide rules=\"gold\"]b[/mepr-hide] c");
    EXPECT_EQ(converted("a [membership level=12]b[/membership] c", "pmpro", "jetpack"),
              "a <!-- wp:premium-content/container {\"selectedPlanIds\":[12]} -->"
              "<!-- wp:premium-content/subscriber-view -->b"
              "<!-- /wp:premium-content/subscriber-view -->"
              "<!-- /wp:premium-content/container --> c");
    EXPECT_EQ(converted("a [restrict paid=true message=\"Join!\"]b[/restrict] c",
                        "restrict-content", "memberpress"),
              "a [mepr-show unauth_message=\"Join!\"]b[/mepr-show] c");
    EXPECT_EQ(converted("a [pay amount=5]b[/pay] c", "flarum-pay", "erphpdown"),
              "a [erphpdown price=\"5\"]b[/erphpdown] c");
    EXPECT_EQ(converted("a\n<!--more Read on-->\nb\n", "wordpress", "nikola"),
              "a\n<!-- TEASER_END: Read on -->\nb\n");
}

/// What an origin would take for more readers than are meant is said outright.
TEST(Convert, SaysAudiencesOutright) {
    const std::string source = "a ##paidbegin##b##paidend## c";
    EXPECT_EQ(converted(source, "fastadmin", "restrict-content"),
              "a [restrict paid=\"true\"]b[/restrict] c");
    EXPECT_EQ(converted(source, "fastadmin", "zibll"),
              "a [hidecontent type=\"payshow\"]b[/hidecontent] c");
    EXPECT_EQ(converted(source, "fastadmin", "btcpaywall"),
              "a [btcpw_start_content pay_block=\"true\"]b[btcpw_end_content] c");
    EXPECT_EQ(converted(source, "fastadmin", "ghost"),
              "a <!--kg-gated-block:begin nonMember:false memberSegment:\"status:-free\" -->b"
              "<!--kg-gated-block:end--> c");
    EXPECT_EQ(converted("a [is_free]b[/is_free] c", "restrict-content", "ghost"),
              "a <!--kg-gated-block:begin nonMember:false memberSegment:\"status:free\" -->b"
              "<!--kg-gated-block:end--> c");
}

TEST(Convert, RefusesWhatTheTargetCannotSay) {
    EXPECT_EQ(
        converted("a ##paidbegin##b##paidend## c", "fastadmin", "hugo"),
        "inexpressible: the dialect hugo divides a source in two, and this one has more parts");
    EXPECT_EQ(converted("a [membership level=1]b[/membership]", "pmpro", "fastadmin"),
              "inexpressible: no marker of the dialect fastadmin is for payers of 1");
    EXPECT_EQ(converted("a\n<!--more Read on-->\nb\n", "wordpress", "hugo"),
              "inexpressible: no marker of the dialect hugo is for payers with a label");
    EXPECT_EQ(converted("a\n<!--more-->\nb\n", "wordpress", "newsletter"),
              "inexpressible: no marker of the dialect newsletter is for payers");
    EXPECT_EQ(converted("a <!--more--> b\n", "wordpress", "hugo-org"),
              "inexpressible: the dialect hugo-org has markers on lines of their own, and this one "
              "stands within a line");
    EXPECT_EQ(converted("a [is_free]b[/is_free]", "restrict-content", "leanpub"),
              "inexpressible: no marker of the dialect leanpub is for members");
    EXPECT_EQ(
        converted("a [restrict message='say \"x\"']b[/restrict]", "restrict-content", "pmpro"),
        "inexpressible: no marker of the dialect pmpro is for payers with a message");
}

TEST(Convert, RefusesWhatWouldBeCutInAnotherWay) {
    // The text holds a marker of the target.
    EXPECT_EQ(converted("a [pay] ##paidbegin##b##paidend## c", "fastadmin", "flarum-pay"),
              "inexpressible: with markers of the dialect flarum-pay it would be refused, for "
              "unclosed-section");
    EXPECT_EQ(converted("a <!--more--> b ___STEADY_PAYWALL___", "hugo", "wordpress"),
              "foreign-marker: text is a marker of the dialect steady");
    EXPECT_EQ(converted("<!--more--> b ", "zola", "fastadmin"), "##paidbegin## b ##paidend##");
    EXPECT_EQ(converted("a <!--more--> #", "hugo", "fastadmin"),
              "inexpressible: with markers of the dialect fastadmin it would be refused, for "
              "malformed-marker");
    EXPECT_EQ(
        converted("---\ntitle: x\n---\na\n##paidbegin##\nb\n##paidend##\n", "fastadmin", "leanpub"),
        "inexpressible: the front matter would stand behind a marker");
    // No marker is left that says it is paid: the source is not sound as it is.
    EXPECT_EQ(converted("a ##paidbegin##b", "fastadmin", "hugo"),
              "unclosed-section: paid section is never closed");
}

TEST(Convert, LeavesUnmarkedSourcesAsTheyAre) {
    EXPECT_EQ(converted("just text\n", "fastadmin", "ghost"), "just text\n");
    EXPECT_EQ(converted("just text, [hide]\n", "fastadmin", "discuz"),
              "inexpressible: with markers of the dialect discuz it would be refused, for "
              "unclosed-section");
}

TEST(Convert, KeepsEncodingMarkAndLineEnds) {
    EXPECT_EQ(converted("\xEF\xBB\xBF"
                        "a\r\n%% begin sample\r\nb\r\n%% end sample\r\n",
                        "leanpub", "fastadmin"),
              "\xEF\xBB\xBF##paidbegin##\r\na\r\n##paidend##\r\nb\r\n");
    const auto utf16 = [](std::string_view ascii) {
        std::string bytes = "\xFF\xFE";
        for (const char c : ascii) bytes += std::string{c, '\0'};
        return bytes;
    };
    EXPECT_EQ(converted(utf16("a\n<!--more-->\nb\n"), "hugo", "polar"),
              utf16("a\n<Paywall>\nb\n</Paywall>"));
}

TEST(Convert, TellsWhatIsDropped) {
    const auto result =
        converter_to("fastadmin")
            .convert(parser_of("zibll"), "a [hidecontent type=password password=x]b[/hidecontent]");
    const auto& told = std::get<Conversion>(result).warnings;
    ASSERT_EQ(told.warnings, 1U);
    EXPECT_EQ(told.kept.front().rule, Rule::dropped_attribute);
    EXPECT_EQ(told.kept.front().subject, "password");
    ParseOptions options;
    options.deny = {Rule::dropped_attribute};
    EXPECT_EQ(converted("a [erphpdown index=1]b[/erphpdown]", "erphpdown", "fastadmin", options),
              "dropped-attribute: attribute is not kept: index");
}

/// What a source says, told of independently of Converter.
std::vector<Run> said_by(const Parser& parser, const std::string& bytes,
                         const ParseOptions& options) {
    const auto parsed = parser.parse(bytes, options);
    const auto* document = std::get_if<Document>(&parsed);
    return document == nullptr ? std::vector<Run>{{.audience = {}, .content = "refused"}}
                               : runs_of(*document);
}

/// From each dialect to each over all sound examples of the pages, and back.
TEST(Convert, GoesThereAndBack) {
    std::map<std::pair<std::string, std::string>, std::size_t> pairs;
    std::size_t converted_sources = 0;
    for (const auto& source : page_sources()) {
        const auto& from = source.dialect.name;
        ParseOptions options;
        options.encoding = source.encoding;
        const auto parsed = parser_of(from).parse(source.bytes, options);
        if (parsed.index() != 0 || std::get<Document>(parsed).segments.size() < 2) continue;
        const auto runs = runs_of(std::get<Document>(parsed));
        const bool has_literals =
            std::ranges::any_of(std::get<Document>(parsed).segments, &Segment::is_literal);
        for (const auto& target : built_in_dialects()) {
            SCOPED_TRACE(source.name + " to " + target.name);
            const auto there =
                converter_to(target.name).convert(parser_of(from), source.bytes, options);
            if (const auto* faults = std::get_if<Diagnostics>(&there)) {
                EXPECT_EQ(faults->errors, 1U);
                EXPECT_EQ(faults->kept.front().rule, Rule::inexpressible);
                continue;
            }
            const auto& bytes = std::get<Conversion>(there).bytes;
            EXPECT_TRUE(say_the_same(runs, said_by(parser_of(target.name), bytes, options)))
                << bytes;
            const auto back = converter_to(from).convert(parser_of(target.name), bytes, options);
            // What was escaped there would have to be escaped again.
            if (has_literals && std::holds_alternative<Diagnostics>(back)) continue;
            ASSERT_TRUE(std::holds_alternative<Conversion>(back))
                << bytes << message(std::get<Diagnostics>(back).kept.front());
            EXPECT_TRUE(say_the_same(
                runs, said_by(parser_of(from), std::get<Conversion>(back).bytes, options)));
            ++pairs[{from, target.name}];
            ++converted_sources;
        }
    }
    std::cout << converted_sources << " conversions there and back, of " << pairs.size()
              << " pairs of dialects\n";
    std::set<std::string> origins;
    std::set<std::string> targets;
    for (const auto& [pair, count] : pairs) {
        if (pair.first == pair.second) continue;
        origins.insert(pair.first);
        targets.insert(pair.second);
    }
    EXPECT_EQ(origins.size(), built_in_dialects().size());
    EXPECT_EQ(targets.size(), built_in_dialects().size());
    EXPECT_GE(pairs.size(), 400U);
}

}  // namespace
}  // namespace paywall::tests
