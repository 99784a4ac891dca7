#include "parser/grammar.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "tests/seed.hpp"

namespace paywall {
namespace {

const Grammar& grammar() {
    static const Grammar grammar(fastadmin());
    return grammar;
}

std::vector<Token> tokens_of(std::string_view text, ScanMethod method = ScanMethod::vector) {
    std::vector<Token> tokens;
    grammar().tokenize(
        text,
        [&](const Token& token) {
            tokens.push_back(token);
            return Progress::go_on;
        },
        method);
    return tokens;
}

/// One line: text as it is, `[3:</PAID>]` for marker 3, `{…}` for content, `‹…›` for a suspect.
std::string notation(std::string_view text) {
    std::string line;
    for (const auto& token : tokens_of(text)) {
        const std::string piece(text.substr(token.span.offset, token.span.length));
        switch (token.kind) {
            case Token::Kind::text:
                line += piece;
                break;
            case Token::Kind::marker:
                line += "[" + std::to_string(token.marker) + ":" + piece + "]";
                break;
            case Token::Kind::content:
                line += "{" + piece + "}";
                break;
            case Token::Kind::suspect:
                line += "‹" + piece + "›";
                break;
        }
    }
    return line;
}

struct Case {
    const char* text;
    const char* notation;
};

TEST(Grammar, Tokens) {
    const Case cases[] = {
        {"", ""},
        {"free text, 免费", "free text, 免费"},
        {"a ##paidbegin##b##paidend## c", "a [0:##paidbegin##]b[1:##paidend##] c"},
        {"$$paidbegin$$b$$paidend$$", "[2:$$paidbegin$$]b[3:$$paidend$$]"},
        {"<paid>b</paid><PAID>c</Paid>", "[4:<paid>]b[5:</paid>][4:<PAID>]c[5:</Paid>]"},
        {"a ##pagebreak## b", "a {##pagebreak##} b"},
        {"##paidend####paidbegin##", "[1:##paidend##][0:##paidbegin##]"},
        {"a paidbegin b", "a ‹p›aidbegin b"},
    };
    for (const auto& [text, expected] : cases) EXPECT_EQ(notation(text), expected) << text;
}

TEST(Grammar, OnlyExactMarkersAreMarkers) {
    for (const char* text : {"##PaidBegin##", "# #paidbegin##", "$#paidbegin##", "< paid>",
                             "<paid >", "##paidbegin#", "##paidbegin", "##PAGEBREAK##"}) {
        for (const auto& token : tokens_of(text)) {
            EXPECT_NE(token.kind, Token::Kind::marker) << text;
            EXPECT_NE(token.kind, Token::Kind::content) << text;
        }
    }
}

/// A million number signs are not a million suspects; only the last can begin a marker.
TEST(Grammar, ALongRunIsOneSuspect) {
    const std::string run(1'000'000, '#');
    EXPECT_LE(tokens_of(run).size(), 4U);
    const auto tokens = tokens_of(run + "##paidbegin##");
    EXPECT_EQ(tokens.back().kind, Token::Kind::marker);
    EXPECT_EQ(tokens.back().span, (Span{run.size(), 13}));
}

TEST(Grammar, ReadsOnFromWhereItIsTold) {
    const std::string text = "a paidbegin paidend paidbegin b";
    std::vector<std::string> suspects;
    std::string all;
    grammar().tokenize(text, [&](const Token& token) {
        all += text.substr(token.span.offset, token.span.length);
        if (token.kind == Token::Kind::suspect) suspects.push_back(all);
        return Progress{text.find(" paidend") + 2};
    });
    EXPECT_EQ(all, text);
    EXPECT_EQ(suspects, std::vector<std::string>{"a paidbegin paidend p"});
}

TEST(Grammar, StopsWhereItIsTold) {
    const std::string text = "a ##paidbegin## b ##paidend## c <paid> d </paid>";
    const auto all = tokens_of(text).size();
    for (std::size_t wanted = 1; wanted <= all; ++wanted) {
        std::size_t given = 0;
        grammar().tokenize(text, [&](const Token&) {
            return ++given == wanted ? Progress::stop : Progress::go_on;
        });
        EXPECT_EQ(given, wanted);
    }
}

TEST(Grammar, LiteralAtAPlace) {
    const std::string text = "##paidbegin##</PAID> ##pagebreak## $$paidend";
    const auto at = [&](std::size_t offset) { return grammar().literal_at(text, offset); };
    EXPECT_EQ(at(0), 13U);
    EXPECT_EQ(at(1), 0U);
    EXPECT_EQ(at(13), 7U);
    EXPECT_EQ(at(21), 13U);
    EXPECT_EQ(at(text.find("$$")), 0U);
    EXPECT_EQ(at(text.size() - 1), 0U);
    EXPECT_EQ(at(text.size()), 0U);
    EXPECT_EQ(at(text.size() + 5), 0U);
}

TEST(Grammar, OwnWordings) {
    EXPECT_EQ(grammar().own_wording("paidstart"), Role::open);
    EXPECT_EQ(grammar().own_wording("endpaid"), Role::close);
    EXPECT_EQ(grammar().own_wording("/paid"), Role::close);
    EXPECT_EQ(grammar().own_wording("付费结束"), Role::close);
    EXPECT_EQ(grammar().own_wording("pagebreak"), std::nullopt);
    EXPECT_EQ(grammar().own_wording(""), std::nullopt);
}

TEST(Grammar, KnowsItsDialect) {
    EXPECT_EQ(grammar().dialect().name, "fastadmin");
    EXPECT_EQ(grammar().dialect().markers.size(), fastadmin().markers.size());
}

/// Another dialect is another value, and nothing else.
TEST(Grammar, ReadsAnyDialect) {
    const Dialect dialect{
        .name = "other",
        .markers = {{Role::open, "<", "members", ">", Letters::any_case, 0, Form::tag},
                    {Role::close, "</", "members", ">", Letters::any_case, 0, Form::tag}},
        .content = {},
        .own_wordings = {}};
    const Grammar other(dialect);
    const std::string text = "<Members>##paidbegin##</MEMBERS>";
    std::string kinds;
    other.tokenize(text, [&](const Token& token) {
        if (token.kind == Token::Kind::marker) kinds += std::to_string(token.marker);
        return Progress::go_on;
    });
    EXPECT_EQ(kinds, "01");
}

constexpr std::array<std::string_view, 22> bits{"##paidbegin##",
                                                "##paidend##",
                                                "$$paidbegin$$",
                                                "<paid>",
                                                "</PAID>",
                                                "##pagebreak##",
                                                "#",
                                                "$",
                                                "<",
                                                ">",
                                                "/",
                                                "p",
                                                "paid",
                                                "＃",
                                                "￥",
                                                "&#35;",
                                                "\\",
                                                " ",
                                                "\n",
                                                "四",
                                                "plain words ",
                                                "\xE2\x80\x8B"};

TEST(Grammar, TokensTileEveryText) {
    std::mt19937_64 engine(test::run_seed());
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto n = engine() % 40; n > 0; --n) text += bits[engine() % bits.size()];
        std::size_t at = 0;
        for (const auto& token : tokens_of(text)) {
            ASSERT_EQ(token.span.offset, at) << text;
            ASSERT_GT(token.span.length, 0U) << text;
            at = token.span.end();
        }
        ASSERT_EQ(at, text.size()) << text;
    }
}

TEST(Grammar, BothScansGiveTheSameTokens) {
    std::mt19937_64 engine(test::run_seed());
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (auto n = engine() % 1000; n > 0; --n) text += bits[engine() % bits.size()];
        const auto fast = tokens_of(text);
        const auto plain = tokens_of(text, ScanMethod::plain);
        ASSERT_EQ(fast.size(), plain.size());
        for (std::size_t i = 0; i < fast.size(); ++i) {
            ASSERT_EQ(fast[i].kind, plain[i].kind);
            ASSERT_EQ(fast[i].span, plain[i].span);
            ASSERT_EQ(fast[i].marker, plain[i].marker);
        }
    }
}

}  // namespace
}  // namespace paywall
