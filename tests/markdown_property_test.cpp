// The Markdown cut against an independent renderer (md4c): for sections at block boundaries the
// preview is rendered as the source's free blocks are, one by one.

#include <gtest/gtest.h>
#include <md4c-html.h>

#include <array>
#include <cstdio>
#include <string>
#include <variant>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "parser/teaser.hpp"
#include "tests/pick.hpp"
#include "tests/seed.hpp"

namespace paywall::tests {
namespace {

using test::Random;

std::string rendered(const std::string& markdown) {
    std::string html;
    const auto add = [](const MD_CHAR* text, MD_SIZE size, void* to) {
        static_cast<std::string*>(to)->append(text, size);
    };
    md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), add, &html, MD_DIALECT_GITHUB,
            0);
    for (const std::string divider = "<!-- -->\n"; html.find(divider) != std::string::npos;)
        html.erase(html.find(divider), divider.size());
    return html;
}

enum class Kind {
    paragraph,
    heading,
    setext,
    list,
    numbered,
    quote,
    fence,
    code,
    table,
    rule,
    html
};

struct Block {
    Kind kind;
    std::string text;  ///< whole lines
};

Block make_block(Random& random, const std::string& word) {
    switch (random(11)) {
        case 0:
            return {Kind::heading, "## A " + word + "\n"};
        case 1:
            return {Kind::setext, word + " on a line\n---\n"};
        case 2:
            return {Kind::list, "- " + word + "\n- " + word + " **too**\n  goes on\n"};
        case 3:
            return {Kind::numbered, "1. " + word + "\n2. " + word + "\n"};
        case 4:
            return {Kind::quote, "> " + word + "\n> and\n"};
        case 5:
            return {Kind::fence, "```sh\n" + word + "\n\n# " + word + "\n```\n"};
        case 6:
            return {Kind::code, "    " + word + "\n    more\n"};
        case 7:
            return {Kind::table, "| a | b |\n|---|---|\n| " + word + " | x |\n"};
        case 8:
            return {Kind::rule, "---\n"};
        case 9:
            return {Kind::html, "<div>\n" + word + "\n</div>\n"};
        default:
            return {Kind::paragraph, "A *paragraph* of " + word + "\nin two lines.\n"};
    }
}

/// Would the second become part of the first, whatever stands between them?
bool joins(const Block& first, const Block& second) {
    const bool is_list = first.kind == Kind::list || first.kind == Kind::numbered;
    return (first.kind == second.kind && (is_list || first.kind == Kind::code)) ||
           (is_list && second.kind == Kind::code);
}

struct Generated {
    std::string source;
    std::string expected;  ///< HTML
};

/// A blank line between two blocks, on one side of the marker between them or on both.
Generated generate(Random& random) {
    Generated result;
    std::vector<Block> blocks;
    const auto count = 2 + random(8);
    bool is_paid = false;
    for (std::size_t i = 0; i < count; ++i) {
        const bool turns = random(3) == 0;
        std::string gap = i == 0 ? "" : "\n";
        if (turns) {
            const std::string marker = is_paid ? "##paidend##\n" : "##paidbegin##\n";
            gap = random(2) == 0 ? gap + marker : marker + gap;
            if (i > 0 && random(3) == 0) gap = "\n" + marker + "\n";
            is_paid = !is_paid;
        }
        auto block = make_block(random, (is_paid ? "secret" : "word") + std::to_string(i));
        // At its begin `---` would open front matter.
        while (i == 0 ? block.kind == Kind::rule : joins(blocks.back(), block))
            block = make_block(random, (is_paid ? "secret" : "word") + std::to_string(i));
        result.source += gap + block.text;
        if (!is_paid) result.expected += rendered(block.text);
        blocks.push_back(std::move(block));
    }
    if (is_paid) result.source += "##paidend##\n";
    return result;
}

TEST(MarkdownPreview, IsRenderedAsTheFreeBlocksAre) {
    Random random(test::run_seed());
    const Parser parser(fastadmin());
    ParseOptions options;
    options.content = Content::markdown;
    const std::size_t count = test::is_slow_build ? 2000 : 20000;
    for (std::size_t i = 0; i < count && !HasFailure(); ++i) {
        const auto generated = generate(random);
        const auto parsed = parser.parse(generated.source, options);
        ASSERT_TRUE(std::holds_alternative<Document>(parsed)) << generated.source;
        const auto& document = std::get<Document>(parsed);
        const auto preview = render(document, EditionKind::preview);
        ASSERT_TRUE(std::holds_alternative<Edition>(preview)) << generated.source;
        const auto text = std::get<Edition>(preview).text();
        EXPECT_EQ(rendered(text), generated.expected) << generated.source << "\n->\n" << text;
        EXPECT_EQ(text.find("secret"), std::string::npos);
    }
}

/// A teaser ends between two blocks, so that what it shows is rendered as in the source.
TEST(MarkdownTeaser, IsRenderedAsTheBeginningOfTheSourceIs) {
    Random random(test::run_seed());
    const Parser parser(fastadmin());
    const std::size_t count = test::is_slow_build ? 1000 : 10000;
    std::size_t cut = 0;
    for (std::size_t i = 0; i < count && !HasFailure(); ++i) {
        std::string source = generate(random).source;
        for (const std::string marker : {"##paidbegin##\n", "##paidend##\n"})
            for (auto at = source.find(marker); at != source.npos; at = source.find(marker))
                source.replace(at, marker.size(), "\n");
        const Teaser teaser{.unit = Teaser::Unit::paragraphs, .amount = 1 + random(4)};
        const auto parsed = parser.parse(
            source, {.unmarked = Unmarked::paid, .teaser = teaser, .content = Content::markdown});
        ASSERT_TRUE(std::holds_alternative<Document>(parsed)) << source;
        const auto preview = render(std::get<Document>(parsed), EditionKind::preview);
        ASSERT_TRUE(std::holds_alternative<Edition>(preview)) << source;
        const auto text = std::get<Edition>(preview).text();
        EXPECT_TRUE(rendered(source).starts_with(rendered(text))) << source << "\n->\n" << text;
        EXPECT_LT(text.size(), source.size());
        if (!text.empty()) ++cut;
    }
    std::printf("%zu of %zu cut\n", cut, count);
    EXPECT_GT(cut, count / 4);
}

}  // namespace
}  // namespace paywall::tests
