#include "parser/diagnostic.hpp"

#include <gtest/gtest.h>

#include <string>

namespace paywall {
namespace {

using namespace std::string_literals;

Diagnostic unclosed(Span span) {
    return {Rule::unclosed_section, Severity::error, span, {}, "##paidend##", {}};
}

std::string shown(std::string_view source, const Diagnostic& diagnostic,
                  const FormatOptions& options = {}) {
    return format(diagnostic, "a.md", Source(source), options);
}

/// The quoted line and the caret line of a span alone.
std::string quoted(std::string_view source, Span span, Redact redact = Redact::no) {
    const std::string text = shown(source, unclosed(span), {.redact = redact});
    const auto first = text.find('\n') + 1;
    return text.substr(first, text.find("   = help") - first);
}

std::string repeated(std::string_view text, int times) {
    std::string result;
    for (; times > 0; --times) result += text;
    return result;
}

TEST(Rules, NamesAreKebabCaseAndFindTheRuleAgain) {
    std::string names;
    for (const Rule rule : all_rules()) {
        EXPECT_EQ(rule_named(rule_name(rule)), rule);
        names += std::string(rule_name(rule)) +
                 (default_severity(rule) == Severity::warning ? "? " : " ");
    }
    EXPECT_EQ(names,
              "unclosed-section unopened-section nested-section malformed-marker marker-residue "
              "invalid-encoding unsupported-encoding binary-content unmarked-source "
              "unencodable-placeholder marker-in-markup crossed-containers metadata-leak "
              "unwrappable-section invalid-json-ld foreign-marker gate-contradiction "
              "misplaced-divider inexpressible mixed-spelling? empty-section? nothing-free? "
              "dangling-reference? repeated-divider? unknown-audience? dropped-attribute? "
              "read-as-text? "
              "possible-foreign-marker? ");
    EXPECT_EQ(rule_named("unclosed_section"), std::nullopt);
}

TEST(Format, UnclosedSection) {
    EXPECT_EQ(shown("free\n##paidbegin##四、要坚持\n", unclosed({5, 13})),
              "a.md:2:1: error: paid section is never closed [unclosed-section]\n"
              "    2 | ##paidbegin##四、要坚持\n"
              "      | ^~~~~~~~~~~~~\n"
              "   = help: add ##paidend## where the paid part ends\n");
}

TEST(Format, UnopenedSection) {
    const Diagnostic diagnostic{
        Rule::unopened_section, Severity::error, {5, 11}, {}, "##paidbegin##", {}};
    EXPECT_EQ(shown("paid ##paidend## free", diagnostic),
              "a.md:1:6: error: paid section ends but never began [unopened-section]\n"
              "    1 | paid ##paidend## free\n"
              "      |      ^~~~~~~~~~~\n"
              "   = help: add ##paidbegin## where the paid part begins\n");
}

TEST(Format, NestedSectionShowsBothPlaces) {
    const Diagnostic diagnostic{Rule::nested_section, Severity::error, {19, 6},
                                Span{0, 13},          "##paidend##",   {}};
    EXPECT_EQ(shown("##paidbegin## one\n\n<paid>two", diagnostic),
              "a.md:3:1: error: paid section begins inside another [nested-section]\n"
              "    3 | <paid>two\n"
              "      | ^~~~~~\n"
              "a.md:1:1: note: the section that is still open began here\n"
              "    1 | ##paidbegin## one\n"
              "      | ^~~~~~~~~~~~~\n"
              "   = help: close the first section with ##paidend## before beginning another\n");
}

TEST(Format, MixedSpellingIsAWarning) {
    const Diagnostic diagnostic{Rule::mixed_spelling, Severity::warning, {7, 11},
                                Span{0, 6},           "</paid>",         {}};
    EXPECT_EQ(shown("<paid>x##paidend##", diagnostic),
              "a.md:1:8: warning: paid section ends in another spelling than it began "
              "[mixed-spelling]\n"
              "    1 | <paid>x##paidend##\n"
              "      |        ^~~~~~~~~~~\n"
              "a.md:1:1: note: the section began here\n"
              "    1 | <paid>x##paidend##\n"
              "      | ^~~~~~\n"
              "   = help: write </paid>, as it began\n");
}

TEST(Format, TheWordsOfEveryOtherRule) {
    const auto words = [](Rule rule, std::string subject) {
        const Diagnostic diagnostic{rule, default_severity(rule), {}, {}, std::move(subject), {}};
        EXPECT_EQ(note(diagnostic), "");
        return message(diagnostic) + "; " + help(diagnostic);
    };
    EXPECT_EQ(words(Rule::malformed_marker, "##paidbegin##"),
              "text looks like a marker but is none; write ##paidbegin##, or name the file in "
              "--literal if it is about markers");
    EXPECT_EQ(
        words(Rule::malformed_marker, ""),
        "text is too tangled to tell whether it holds a marker; untangle the text, or name the "
        "file in --literal if it holds no marker");
    EXPECT_EQ(words(Rule::marker_residue, "##paidbegin##"),
              "the pieces of an edition join into a marker; change the text around the section, "
              "so that no marker is left without it");
    EXPECT_EQ(words(Rule::invalid_encoding, "GB18030"),
              "bytes are not valid GB18030; save the source as UTF-8, or name its encoding with "
              "--encoding");
    EXPECT_EQ(words(Rule::invalid_encoding, ""),
              "bytes are not valid text; save the source as UTF-8, or name its encoding with "
              "--encoding");
    EXPECT_EQ(words(Rule::unsupported_encoding, "UTF-7"),
              "encoding UTF-7 cannot be read; save the source as UTF-8");
    EXPECT_EQ(words(Rule::unsupported_encoding, ""),
              "encoding cannot be read; save the source as UTF-8");
    EXPECT_EQ(words(Rule::binary_content, ""),
              "source holds a NUL character, so it is no text; leave it out, or if it is text "
              "name its encoding with --encoding");
    EXPECT_EQ(words(Rule::unmarked_source, ""),
              "no marker in the source; mark the paid part of the source");
    EXPECT_EQ(words(Rule::unmarked_source, "##paidbegin##"),
              "no marker in the source; add ##paidbegin## where the paid part begins");
    EXPECT_EQ(words(Rule::unencodable_placeholder, "é"),
              "placeholder holds é (U+00E9), which the source's encoding does not have; write the "
              "placeholder without it, or save the source as UTF-8");
    EXPECT_EQ(words(Rule::unencodable_placeholder, "\u202E"),
              "placeholder holds \\u202e (U+202E), which the source's encoding does not have; "
              "write the placeholder without it, or save the source as UTF-8");
    EXPECT_EQ(words(Rule::empty_section, ""),
              "paid section is empty; put the paid text between the markers, or remove them");
    EXPECT_EQ(words(Rule::nothing_free, ""),
              "nothing of the source is free; leave text for the preview outside the paid "
              "sections");
}

TEST(Format, SeverityIsTheDiagnosticsOwn) {
    Diagnostic diagnostic{Rule::empty_section, Severity::error, {0, 6}, {}, "", {}};
    EXPECT_EQ(shown("<paid></paid>", diagnostic),
              "a.md:1:1: error: paid section is empty [empty-section]\n"
              "    1 | <paid></paid>\n"
              "      | ^~~~~~\n"
              "   = help: put the paid text between the markers, or remove them\n");
}

TEST(Format, Colours) {
    const Diagnostic diagnostic{Rule::nested_section, Severity::error, {6, 6},
                                Span{0, 6},           "</paid>",       {}};
    EXPECT_EQ(shown("<paid><paid>", diagnostic, {.colour = Colour::yes}),
              "\x1b[1ma.md:1:7:\x1b[0m \x1b[1;31merror:\x1b[0m paid section begins inside another "
              "[nested-section]\n"
              "    1 | <paid><paid>\n"
              "      |       \x1b[1;31m^~~~~~\x1b[0m\n"
              "\x1b[1ma.md:1:1:\x1b[0m \x1b[1;36mnote:\x1b[0m the section that is still open began "
              "here\n"
              "    1 | <paid><paid>\n"
              "      | \x1b[1;36m^~~~~~\x1b[0m\n"
              "   = \x1b[1mhelp:\x1b[0m close the first section with </paid> before beginning "
              "another\n");
    const Diagnostic warning{Rule::nothing_free, Severity::warning, {}, {}, "", {}};
    EXPECT_EQ(shown("x", warning, {.colour = Colour::yes}).substr(0, 45),
              "\x1b[1ma.md:1:1:\x1b[0m \x1b[1;35mwarning:\x1b[0m nothing");
}

TEST(Quote, CaretIsAlignedByDisplayWidth) {
    EXPECT_EQ(quoted("四、＃x", {9, 1}),
              "    1 | 四、＃x\n"
              "      |       ^\n");
    EXPECT_EQ(quoted("四、＃＃x", {6, 6}),
              "    1 | 四、＃＃x\n"
              "      |     ^~~~\n");
    EXPECT_EQ(quoted("e\u0301\u200Dx", {6, 1}),
              "    1 | e\u0301\u200Dx\n"
              "      |  ^\n");
    EXPECT_EQ(quoted("\u1100\u1161\u11A8😀x", {13, 1}),
              "    1 | \u1100\u1161\u11A8😀x\n"
              "      |     ^\n");
}

TEST(Quote, TabsAreOneSpace) {
    EXPECT_EQ(quoted("\ta\t#b", {3, 1}),
              "    1 |  a #b\n"
              "      |    ^\n");
}

TEST(Quote, ControlsAreEscaped) {
    EXPECT_EQ(quoted("\x1b[31m\x7F\u0085#", {8, 1}),
              "    1 | \\x1b[31m\\x7f\\x85#\n"
              "      |                 ^\n");
    EXPECT_EQ(quoted("\u202E\u2066\u2028\u200F\u00AD#", {14, 1}),
              "    1 | …\\u200f\\xad#\n"
              "      |            ^\n");
    EXPECT_EQ(quoted("a\0b"s, {1, 1}),
              "    1 | a\\x00b\n"
              "      |  ^~~~\n");
}

TEST(Quote, WhatNobodySeesIsShownInTheMarkedPart) {
    EXPECT_EQ(quoted("\u200B##pa\u200Bid\uFE0F\U000E0001##", {3, 19}),
              "    1 | \u200B##pa\\u200bid\\ufe0f\\U000e0001##\n"
              "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
}

TEST(Quote, LongLinesAreShownAsAWindow) {
    const std::string long_line = repeated("0123456789", 20);
    EXPECT_EQ(quoted(long_line, {100, 5}),
              "    1 | …56789012345678901234567890123456789012345678901234567890123456…\n"
              "      |                 ^~~~~\n");
    EXPECT_EQ(quoted(long_line, {0, 200}),
              "    1 | 012345678901234567890123456789012345678901234567890123456789012…\n"
              "      | ^" +
                  std::string(62, '~') + "\n");
    EXPECT_EQ(quoted(long_line, {199, 1}),
              "    1 | …4567890123456789\n"
              "      |                 ^\n");
    EXPECT_EQ(quoted(std::string(64, 'x'), {0, 1}),
              "    1 | " + std::string(64, 'x') + "\n      | ^\n");
    EXPECT_EQ(quoted(std::string(65, 'x'), {0, 1}),
              "    1 | " + std::string(63, 'x') + "…\n      | ^\n");
    EXPECT_EQ(quoted(std::string(16, 'x') + "#", {16, 1}),
              "    1 | " + std::string(16, 'x') + "#\n      | " + std::string(16, ' ') + "^\n");
    EXPECT_EQ(quoted(repeated("四", 100), {150, 3}),
              "    1 | …" + repeated("四", 31) + "…\n      | " + std::string(15, ' ') + "^~\n");
}

TEST(Quote, StackedMarksDoNotStretchTheWindow) {
    EXPECT_EQ(quoted("x" + repeated("\u0301", 100'000), {0, 1}),
              "    1 | x" + repeated("\u0301", 191) + "…\n      | ^\n");
}

TEST(Quote, EndOfSourceAndEmptyLines) {
    EXPECT_EQ(quoted("", {0, 0}), "    1 |\n      | ^\n");
    EXPECT_EQ(quoted("x\n", {2, 0}), "    2 |\n      | ^\n");
    EXPECT_EQ(quoted("x", {1, 0}), "    1 | x\n      |  ^\n");
    EXPECT_EQ(quoted("a\n\nb", {2, 1}), "    2 |\n      | ^\n");
    EXPECT_EQ(quoted("##paid\nbegin##", {0, 14}), "    1 | ##paid\n      | ^~~~~~\n");
}

TEST(Quote, GutterGrowsWithTheNumber) {
    EXPECT_EQ(shown(std::string(123'455, '\n') + "<paid>", unclosed({123'455, 6})),
              "a.md:123456:1: error: paid section is never closed [unclosed-section]\n"
              "123456 | <paid>\n"
              "       | ^~~~~~\n"
              "    = help: add ##paidend## where the paid part ends\n");
}

TEST(Redacted, OnlyTheMarkerIsShown) {
    EXPECT_EQ(quoted("free <paid> secret", {5, 6}, Redact::yes),
              "    1 | …<paid>…\n"
              "      |  ^~~~~~\n");
    EXPECT_EQ(quoted("<paid> secret", {0, 6}, Redact::yes),
              "    1 | <paid>…\n"
              "      | ^~~~~~\n");
    EXPECT_EQ(quoted("<paid>", {0, 6}, Redact::yes),
              "    1 | <paid>\n"
              "      | ^~~~~~\n");
    EXPECT_EQ(quoted("##paid" + std::string(100, ' ') + "begin##", {0, 113}, Redact::yes),
              "    1 | ##paid…\n      | ^~~~~~\n");
    EXPECT_EQ(quoted("<paid secret words>x", {0, 19}, Redact::yes),
              "    1 | <paid…\n      | ^~~~~\n");
    EXPECT_EQ(quoted("##paid<!-- secret -->end##", {0, 26}, Redact::yes),
              "    1 | ##paid…\n      | ^~~~~~\n");
}

TEST(Redacted, TheOtherPlaceToo) {
    const Diagnostic diagnostic{Rule::nested_section, Severity::error, {13, 6},
                                Span{1, 6},           "</paid>",       {}};
    EXPECT_EQ(shown("a<paid>secret<paid>more", diagnostic, {.redact = Redact::yes}),
              "a.md:1:14: error: paid section begins inside another [nested-section]\n"
              "    1 | …<paid>…\n"
              "      |  ^~~~~~\n"
              "a.md:1:2: note: the section that is still open began here\n"
              "    1 | …<paid>…\n"
              "      |  ^~~~~~\n"
              "   = help: close the first section with </paid> before beginning another\n");
}

TEST(Redacted, NothingOfALineThatIsNotAboutAMarker) {
    const auto line = [](Rule rule, std::string_view source, Span span) {
        const std::string text =
            shown(source, {rule, Severity::error, span, {}, "", {}}, {.redact = Redact::yes});
        const auto first = text.find('\n') + 1;
        return text.substr(first, text.find("   = help") - first);
    };
    for (const Rule rule :
         {Rule::marker_residue, Rule::invalid_encoding, Rule::binary_content, Rule::unmarked_source,
          Rule::unencodable_placeholder, Rule::nothing_free}) {
        EXPECT_EQ(line(rule, "x\nsecret", {2, 4}), "    2 | …\n      | ^\n");
        EXPECT_EQ(line(rule, "", {}), "    1 |\n      | ^\n");
    }
}

TEST(Names, CannotForgeALine) {
    EXPECT_EQ(format(unclosed({0, 6}), "a\nb\x1b\t\u202Egpj\xFF四.md", Source("<paid>"), {}),
              "a\\x0ab\\x1b\\x09\\u202egpj\\xff四.md:1:1: error: paid section is never closed "
              "[unclosed-section]\n"
              "    1 | <paid>\n"
              "      | ^~~~~~\n"
              "   = help: add ##paidend## where the paid part ends\n");
}

}  // namespace
}  // namespace paywall
