// The HTML cut against an independent parser (gumbo): for generated documents with sections at
// random places the preview's tree is the source's tree without the paid nodes, and the parser
// finds no more errors in it.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <set>
#include <string>
#include <variant>

#include "parser/dialect.hpp"
#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/html/element.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/parse.hpp"
#include "tests/html_generator.hpp"
#include "tests/html_tree.hpp"
#include "tests/seed.hpp"

namespace paywall::tests {
namespace {

using test::Random;

enum class Empty { taken_along, kept };
enum class Withheld { nothing, paid };

TreeNode copy_of(const TreeNode& node) {  // but for what is in it
    return {.kind = node.kind,
            .name = node.name,
            .offset = node.offset,
            .length = 0,
            .end = node.end,
            .is_paywall = false,
            .classes = node.classes};
}

/// The tree that an edition should have, made of the marked source's tree.
class Pruning {
public:
    Pruning(const GeneratedHtml& html, Withheld withheld, Empty empty)
        : html_(html), withheld_(withheld), empty_(empty) {}

    TreeNode prune(const TreeNode& node) { return judge(node).node; }

private:
    struct Judged {
        TreeNode node;
        bool is_kept = false;
        bool is_touched = false;  // does a marker stand in it?
        bool has_content = false;
    };

    [[nodiscard]] bool is_withheld(const TreeNode& node) const {
        if (withheld_ == Withheld::nothing) return false;
        if (node.kind == TreeNode::Kind::word)
            return node.name.starts_with('Q') || node.name.starts_with('Z');
        return is_withheld(node.offset);
    }
    [[nodiscard]] bool is_withheld(std::size_t offset) const {
        return std::any_of(html_.paid.begin(), html_.paid.end(), [&](const auto& span) {
            return offset >= span.first && offset < span.second;
        });
    }

    static bool is_raw(const TreeNode& node) {
        return node.name == "script" || node.name == "style" || node.name == "noframes";
    }

    Judged judge(const TreeNode& node) {
        Judged result;
        result.node = copy_of(node);
        if (withheld_ == Withheld::paid && is_withheld(node.tag))
            result.node.classes.clear();  // its tag is bare, if it is kept
        for (const auto& child : node.children) {
            if (child.kind == TreeNode::Kind::comment) {
                result.is_touched = true;
            } else if (child.kind == TreeNode::Kind::word) {
                if (is_withheld(child)) continue;
                result.has_content = true;
                result.node.children.push_back(child);
            } else {
                if (is_raw(child) && is_withheld(child)) continue;
                auto judged = judge(child);
                result.is_touched = result.is_touched || judged.is_touched;
                if (!judged.is_kept) continue;
                result.has_content = result.has_content || judged.node.name != "br";
                result.node.children.push_back(std::move(judged.node));
            }
        }
        result.is_kept = is_kept(node, result);
        return result;
    }

    [[nodiscard]] bool is_kept(const TreeNode& node, const Judged& judged) const {
        if (!judged.is_touched && node.offset == TreeNode::npos)  // no tag of its own made it
            return !judged.node.children.empty();
        if (!judged.is_touched) return judged.has_content || !is_withheld(node);
        for (const auto* name : {"td", "th", "body", "html", "head"})
            if (node.name == name) return true;
        if (empty_ == Empty::kept)  // but what has no tag in the free part
            return !judged.node.children.empty() ||
                   (node.offset != TreeNode::npos && !is_withheld(node)) ||
                   (node.end != TreeNode::npos && !is_withheld(node.end));
        return judged.has_content;
    }

    const GeneratedHtml& html_;
    Withheld withheld_;
    Empty empty_;
};

/// A tree without the elements that stand for paid text, and the frames around them.
class StandIns {
public:
    StandIns(const std::string& edition, const std::string& text)
        : edition_(edition), frame_("<div>" + text + "</div>") {}

    TreeNode remove(const TreeNode& node) {
        auto result = copy_of(node);
        for (const auto& child : node.children) {
            const bool is_stand_in = child.name == "x-more" || child.is_paywall;
            if (is_stand_in) ++count_;
            auto rest = remove(child);
            if (!is_stand_in && !is_frame(child)) result.children.push_back(std::move(rest));
        }
        return result;
    }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    [[nodiscard]] bool is_frame(const TreeNode& node) const {
        return node.offset != TreeNode::npos &&
               edition_.compare(node.offset, frame_.size(), frame_) == 0;
    }

    const std::string& edition_;
    std::string frame_;
    std::size_t count_ = 0;
};

bool is_void(const TreeNode& node) {
    constexpr std::array names{"img", "hr", "meta", "link", "base"};
    return std::find(names.begin(), names.end(), node.name) != names.end();
}

/// Without <br> and elements that hold nothing. Sloppy tables have their content moved before them,
/// so what is empty in the tree need not be so in the text.
TreeNode without_empty(const TreeNode& node) {
    auto result = copy_of(node);
    for (const auto& child : node.children) {
        const bool is_leaf = child.kind == TreeNode::Kind::word || is_void(child);
        auto kept = without_empty(child);
        if (is_leaf || !kept.children.empty()) result.children.push_back(std::move(kept));
    }
    return result;
}

/// Is it what structured data puts into a page?
bool is_json_ld(const TreeNode& node) {
    return node.name == "script" && !node.children.empty() &&
           node.children.front().name.find("schema.org") != std::string::npos;
}

/// Without the elements of class `paywall`, but with what is in them; and without JSON-LD.
TreeNode without_wrappers(const TreeNode& node) {
    auto result = copy_of(node);
    for (const auto& child : node.children) {
        if (is_json_ld(child)) continue;
        auto kept = without_wrappers(child);
        if (!child.is_paywall) {
            result.children.push_back(std::move(kept));
            continue;
        }
        for (auto& one : kept.children) result.children.push_back(std::move(one));
    }
    return result;
}

/// Paid words stand in one element of the class, free ones in none.
void expect_wrapped(const TreeNode& node, int wrappers, const std::string& edition) {
    if (node.name == "script" || node.name == "title") return;
    if (node.is_paywall) ++wrappers;
    EXPECT_LE(wrappers, 1) << edition;
    if (node.kind == TreeNode::Kind::word && (node.name[0] == 'Q' || node.name[0] == 'f')) {
        EXPECT_EQ(wrappers, node.name[0] == 'Q' ? 1 : 0) << node.name << " in " << edition;
    }
    for (const auto& child : node.children) expect_wrapped(child, wrappers, edition);
}

struct Tally {
    std::size_t readings = 0;  // of documents that are cut: two of those that hold a <noscript>
    std::size_t wrapped = 0;
    std::size_t refused = 0;
    std::size_t kept_empty = 0;
    std::size_t for_plan = 0;
    std::size_t without_placeholder = 0;  // nothing could stand for what is withheld
};

void check_edition(const GeneratedHtml& html, const Tree& source, const std::string& edition,
                   Withheld withheld, Noscript noscript, Tally& tally) {
    const auto tree = parse_tree(edition, noscript);
    const auto shape = to_string(tree.root);
    const auto expected = [&](Empty empty) {
        return to_string(Pruning(html, withheld, empty).prune(source.root));
    };
    EXPECT_LE(tree.errors, source.errors) << html.source << "\n->\n" << edition;
    if (shape == expected(Empty::taken_along)) return;
    {  // An empty element that stays for the sake of the tree around it, or for its own tags.
        EXPECT_EQ(to_string(without_empty(tree.root)),
                  to_string(without_empty(Pruning(html, withheld, Empty::kept).prune(source.root))))
            << html.source << "\n->\n"
            << edition;
    }
    ++tally.kept_empty;
}

/// With structured data, the tree of a full edition is the same but for the elements around what is
/// paid for.
void check_wrapping(const Document& document, const std::string& full, Manners manners,
                    Noscript noscript, Tally& tally) {
    const auto rendered =
        render(document, EditionKind::full, {.structured_data = StructuredData::added});
    if (const auto* fault = std::get_if<Diagnostic>(&rendered)) {
        EXPECT_EQ(fault->rule, Rule::unwrappable_section) << full;
        return;
    }
    ++tally.wrapped;
    const auto text = std::get<Edition>(rendered).text();
    const auto plain = parse_tree(full, noscript);
    const auto wrapped = parse_tree(text, noscript);
    EXPECT_EQ(to_string(without_wrappers(wrapped.root)), to_string(plain.root)) << text;
    EXPECT_TRUE(wrapped.errors <= plain.errors || manners == Manners::sloppy) << text;
    expect_wrapped(wrapped.root, 0, text);
    EXPECT_TRUE(text.find("ld+json") != text.npos || full.find('Q') == full.npos) << text;
}

/// What stands for paid text changes nothing of the tree around it.
void check_placeholder(const Document& document, const GeneratedHtml& html,
                       const std::string& preview, const std::string& text, Manners manners,
                       Noscript noscript, Tally& tally) {
    const auto placeholder = std::get<Placeholder>(Placeholder::parse(text));
    const auto rendered = render(document, EditionKind::preview, {.placeholder = &placeholder});
    if (!std::holds_alternative<Edition>(rendered)) {
        // Where two readings of a <noscript> call for two places, none is right.
        if (html.source.find("noscript") == html.source.npos) ++tally.without_placeholder;
        return;
    }
    const auto edition = std::get<Edition>(rendered).text();
    const auto plain = parse_tree(preview, noscript);
    const auto tree = parse_tree(edition, noscript);
    StandIns stand_ins(edition, text);
    EXPECT_EQ(to_string(stand_ins.remove(tree.root)), to_string(plain.root))
        << html.source << "\n->\n"
        << edition;
    EXPECT_EQ(stand_ins.count(), html.paid.size()) << html.source << "\n->\n" << edition;
    // What stands where formatting is left open leaves it open once more.
    EXPECT_TRUE(tree.errors <= plain.errors || manners == Manners::sloppy) << edition;
}

/// With --exact elements that are empty without what is withheld stay.
void check_exact(const Document& document, const GeneratedHtml& html, const Tree& source,
                 Manners manners, Noscript noscript) {
    const auto rendered = render(document, EditionKind::preview, {.cut = Cut::exact});
    if (!std::holds_alternative<Edition>(rendered)) return;  // refused: nothing is published
    const auto edition = std::get<Edition>(rendered).text();
    auto tree = parse_tree(edition, noscript).root;
    auto expected = Pruning(html, Withheld::paid, Empty::kept).prune(source.root);
    if (manners == Manners::sloppy) {  // what is empty may hold the tree around it together
        tree = without_empty(tree);
        expected = without_empty(expected);
    }
    EXPECT_EQ(to_string(tree), to_string(expected)) << html.source << "\n->\n" << edition;
}

/// The same sections, every other one for payers of gold, the others for payers of silver; and what
/// is withheld from those of gold.
GeneratedHtml for_gold(const GeneratedHtml& html) {
    GeneratedHtml gold{.source = {}, .marked = html.marked, .paid = {}};
    for (std::size_t i = 0; i < html.paid.size(); ++i) {
        const auto [begin, end] = html.paid[i];
        if (i % 2 == 1) {
            gold.paid.push_back(html.paid[i]);
        } else {
            const auto from = gold.marked.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto to = gold.marked.begin() + static_cast<std::ptrdiff_t>(end);
            std::replace(from, to, 'Q', 'g');
            std::replace(from, to, 'Z', 'g');
        }
    }
    constexpr std::string_view comment = "<!--m-->";
    constexpr std::array<std::string_view, 4> markers{"[membership level=gold]", "[/membership]",
                                                      "[membership level=silver]", "[/membership]"};
    std::size_t marker = 0;
    for (std::size_t at = 0; at < gold.marked.size();) {
        const auto next = std::min(gold.marked.find(comment, at), gold.marked.size());
        gold.source += gold.marked.substr(at, next - at);
        if (next < gold.marked.size()) gold.source += markers[marker++ % markers.size()];
        at = next + comment.size();
    }
    return gold;
}

/// What payers of one plan get has the tree of the source without the sections of another.
void check_plan(const GeneratedHtml& all, Noscript noscript, Tally& tally) {
    static const Parser parser(*find_dialect("pmpro"));
    const auto html = for_gold(all);
    const auto parsed = parser.parse(html.source, {.content = Content::html});
    const auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr) return;
    const auto rendered = render(*document, Reader{Reader::Kind::payer, "gold"});
    if (!std::holds_alternative<Edition>(rendered)) return;
    ++tally.for_plan;
    const auto text = std::get<Edition>(rendered).text();
    EXPECT_EQ(text.find_first_of("QZ"), std::string::npos) << text;
    check_edition(html, parse_tree(html.marked, noscript), text, Withheld::paid, noscript, tally);
}

void check(const GeneratedHtml& html, Manners manners, Tally& tally) {
    static const Parser parser(fastadmin());
    ParseOptions options;
    options.content = Content::html;
    const auto parsed = parser.parse(html.source, options);
    const auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr) {
        ++tally.refused;
        return;
    }
    const auto preview = render(*document, EditionKind::preview);
    const auto full = render(*document, EditionKind::full);
    if (!std::holds_alternative<Edition>(preview) || !std::holds_alternative<Edition>(full)) {
        ++tally.refused;
        return;
    }
    const auto text = std::get<Edition>(preview).text();
    EXPECT_EQ(text.find_first_of("QZ"), std::string::npos) << text;
    const auto whole = std::get<Edition>(full).text();
    const bool has_noscript = html.source.find("noscript") != html.source.npos;
    for (const auto noscript : {Noscript::markup, Noscript::raw_text}) {
        if (noscript == Noscript::raw_text && !has_noscript) continue;
        ++tally.readings;
        const auto source = parse_tree(html.marked, noscript);
        check_edition(html, source, text, Withheld::paid, noscript, tally);
        check_edition(html, source, whole, Withheld::nothing, noscript, tally);
        check_wrapping(*document, whole, manners, noscript, tally);
        for (const auto* stand_in : {"<x-more>more</x-more>", "<div class='paywall'>more</div>"})
            check_placeholder(*document, html, text, stand_in, manners, noscript, tally);
        check_exact(*document, html, source, manners, noscript);
        check_plan(html, noscript, tally);
    }
}

Tally run(Manners manners, std::size_t count, std::uint64_t seed) {
    Tally tally;
    Random random(seed);
    for (std::size_t i = 0; i < count && !testing::Test::HasFailure(); ++i)
        check(generate_html(random, manners), manners, tally);
    std::printf(
        "%zu readings of editions, %zu refused, %zu kept an empty element, %zu with structured "
        "data, %zu for a "
        "plan, "
        "%zu refused for a placeholder\n",
        tally.readings, tally.refused, tally.kept_empty, tally.wrapped, tally.for_plan,
        tally.without_placeholder);
    return tally;
}

/// Enough for shares of one in 500 to be more than chance; in a slow build no share is judged.
constexpr std::size_t documents = test::is_slow_build ? 1500 : 20000;

TEST(HtmlTree, OfTidyPreviewsIsTheSourcesWithoutThePaidNodes) {
    const auto tally = run(Manners::tidy, documents, test::run_seed());
    EXPECT_EQ(tally.refused, 0U);
    EXPECT_EQ(tally.wrapped, tally.readings);
    EXPECT_EQ(tally.for_plan, tally.readings);
    EXPECT_EQ(tally.without_placeholder, 0U);
    if (test::is_slow_build) return;
    EXPECT_LT(tally.kept_empty * 500, tally.readings);
}

TEST(HtmlTree, OfSloppyPreviewsIsTheSourcesWithoutThePaidNodes) {
    const auto tally = run(Manners::sloppy, documents, test::run_seed());
    EXPECT_GT(documents - tally.refused, 5 * tally.refused);
    if (test::is_slow_build) return;
    EXPECT_GT(tally.wrapped * 10, tally.readings * 9);
    EXPECT_GT(tally.for_plan * 10, tally.readings * 9);
    EXPECT_LT(tally.kept_empty * 30, tally.readings);
    EXPECT_LT(tally.without_placeholder * 1000, tally.readings);
}

// --- The tag reader against the same parser: of elements that are nowhere ignored, the same tags.
// ---

using Spans = std::set<std::pair<std::size_t, std::size_t>>;  // from, length

bool is_never_ignored(std::string_view name) {
    constexpr std::array names{"p",    "div",    "b",   "i",  "em", "a",          "span",
                               "code", "x-y",    "img", "h2", "hr", "blockquote", "section",
                               "pre",  "strong", "ul",  "ol", "li", "article"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

void collect(const TreeNode& node, Spans& spans) {
    if (node.length > 0 && is_never_ignored(node.name)) spans.emplace(node.offset, node.length);
    for (const auto& child : node.children) collect(child, spans);
}

Spans tags_of(const std::string& text) {
    Spans spans;
    html::read_tags(text, [&](const html::Token& token, html::ReadingContext& context) {
        auto name = text.substr(token.name.offset, token.name.length);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
            return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
        });
        context.model = html::text_model_of(html::element_named(name));
        if (token.kind == html::Token::Kind::start_tag && is_never_ignored(name))
            spans.emplace(token.span.offset, token.span.length);
    });
    return spans;
}

/// A text with bytes that mean something to a tokenizer put in and taken out.
std::string disturbed(std::string text, Random& random) {
    constexpr std::string_view marks = "<>/\"'=!-? \nABp";
    for (auto count = 1 + random(6); count > 0 && !text.empty(); --count) {
        const auto at = random(text.size());
        if (random(2) == 0) {
            text.erase(at, 1 + random(3));
        } else {
            text.insert(at, 1, marks[random(marks.size())]);
        }
    }
    return text;
}

TEST(HtmlTags, AreThoseThatAnIndependentParserReads) {
    Random random(test::run_seed());
    std::size_t tags = 0;
    for (std::size_t i = 0; i < documents && !testing::Test::HasFailure(); ++i) {
        const auto text = disturbed(generate_html(random, Manners::sloppy).source, random);
        Spans expected;
        collect(parse_tree(text, Noscript::raw_text).root, expected);
        const auto given = tags_of(text);
        Spans apart;
        std::set_symmetric_difference(given.begin(), given.end(), expected.begin(), expected.end(),
                                      std::inserter(apart, apart.end()));
        for (const auto& [at, length] : apart)
            ADD_FAILURE() << text.substr(at, length) << " at " << at << " of " << text;
        tags += expected.size();
    }
    std::printf("%zu tags\n", tags);
}

}  // namespace
}  // namespace paywall::tests
