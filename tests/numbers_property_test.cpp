// Visible text and teasers against an independent HTML parser (gumbo), on generated documents:
// what is seen is the text of the tree; a teaser's preview has the source's tree up to a place, and
// never more characters than asked for.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <variant>

#include "parser/edition.hpp"
#include "parser/excerpt.hpp"
#include "parser/parse.hpp"
#include "parser/placeholder.hpp"
#include "parser/visible_text.hpp"
#include "tests/html_generator.hpp"
#include "tests/html_tree.hpp"
#include "tests/seed.hpp"

namespace paywall::tests {
namespace {

using test::Random;

constexpr std::size_t documents = test::is_slow_build ? 1000 : 10000;

void add_words(const TreeNode& node, std::string& words) {
    if (node.kind == TreeNode::Kind::word) words += node.name;
    for (const auto& child : node.children)
        if (child.name != "head" && child.name != "noframes") add_words(child, words);
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

std::size_t count_seen(const std::string& html) {
    const auto visible = read_visible(html, Content::html);
    return count_characters(visible.text()) -
           static_cast<std::size_t>(std::ranges::count(visible.text(), '\n'));
}

TEST(VisibleTextOfHtml, IsTheTextOfTheTree) {
    Random random(test::run_seed());
    for (std::size_t i = 0; i < documents && !HasFailure(); ++i) {
        const auto html = generate_html(random, Manners::tidy).marked;
        std::string words;
        add_words(parse_tree(html, Noscript::raw_text).root, words);
        EXPECT_EQ(without_spaces(read_visible(html, Content::html).text()), words) << html;
    }
}

/// What begins before a place, without elements that hold nothing of it.
TreeNode before(const TreeNode& node, std::size_t place) {
    TreeNode result{node.kind, node.name, node.offset, {}};
    for (const auto& child : node.children) {
        const bool is_element = child.kind == TreeNode::Kind::element;
        if (child.kind == TreeNode::Kind::comment) continue;
        if (!is_element && child.offset >= place) continue;
        auto kept = before(child, place);
        const bool is_picture = child.name == "img" || child.name == "hr";
        if (!is_element || (is_picture && child.offset < place) || !kept.children.empty())
            result.children.push_back(std::move(kept));
    }
    return result;
}

Teaser random_teaser(Random& random) {
    Teaser teaser;
    if (random(3) == 0) {
        teaser.unit = Teaser::Unit::paragraphs;
        teaser.amount = 1 + random(4);
    } else {
        teaser.amount = 1 + random(99);
        teaser.min = random(2) * random(30);
    }
    if (random(2) == 0) teaser.max = std::max<std::size_t>(teaser.min, 1 + random(60));
    return teaser;
}

/// Does the teaser make anything free?
bool check(const std::string& html, const Teaser& teaser) {
    static const Parser parser(fastadmin());
    const ParseOptions options{
        .unmarked = Unmarked::paid, .teaser = teaser, .content = Content::html};
    const auto parsed = parser.parse(html, options);
    const auto* document = std::get_if<Document>(&parsed);
    EXPECT_NE(document, nullptr) << html;
    if (document == nullptr) return false;
    const auto rendered = render(*document, EditionKind::preview);
    const auto* edition = std::get_if<Edition>(&rendered);
    EXPECT_NE(edition, nullptr) << html;
    if (edition == nullptr) return false;
    const std::string preview = edition->text();
    if (document->segments.size() == 1) {
        EXPECT_EQ(preview, "");
        return false;
    }
    const auto place = document->segments.front().exact.end();
    EXPECT_TRUE(preview.starts_with(html.substr(0, place))) << html << "\n->\n" << preview;
    EXPECT_EQ(to_string(before(parse_tree(preview).root, TreeNode::npos)),
              to_string(before(parse_tree(html).root, place)))
        << html << "\n->\n"
        << preview;
    const auto seen = count_seen(preview);
    EXPECT_GT(seen, 0U) << preview;
    EXPECT_LT(seen, count_seen(html)) << html;
    EXPECT_LE(seen, teaser.max) << preview;
    if (teaser.unit == Teaser::Unit::percent && teaser.min == 0) {
        EXPECT_LE(seen * 100, count_seen(html) * teaser.amount) << preview;
    }
    return true;
}

TEST(Teasers, OfHtmlHaveTheSourcesTreeUpToAPlace) {
    for (const auto manners : {Manners::tidy, Manners::sloppy}) {
        Random random(test::run_seed());
        std::size_t cut = 0;
        for (std::size_t i = 0; i < documents && !HasFailure(); ++i)
            cut += check(generate_html(random, manners).marked, random_teaser(random));
        std::printf("%zu of %zu cut\n", cut, documents);
        EXPECT_GT(cut, documents / 20);
    }
}

TEST(Excerpts, AreBeginningsNoLongerThanAskedFor) {
    Random random(test::run_seed());
    for (std::size_t i = 0; i < documents && !HasFailure(); ++i) {
        const auto html = generate_html(random, Manners::sloppy).marked;
        const auto visible = read_visible(html, Content::html).text();
        const std::size_t most = 1 + random(80);
        const auto excerpt = make_excerpt(visible, most);
        EXPECT_TRUE(visible.starts_with(excerpt));
        EXPECT_LE(count_characters(excerpt), most);
        EXPECT_EQ(excerpt.empty(), visible.empty());
    }
}

}  // namespace
}  // namespace paywall::tests
