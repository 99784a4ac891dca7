// Sections anywhere in awkward Markdown: either they are refused, or every free word stands in the
// page of the preview where it stands in the page of the source: in the same elements, and beside
// the same others. Two renderers make the pages, and a browser's parser reads them.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tests/markdown_places.hpp"
#include "tests/pick.hpp"
#include "tests/seed.hpp"

namespace paywall::tests {
namespace {

using test::Random;

/// `W` stands for a word of its own, `N` for one of a note.
constexpr std::array constructs{
    "W W\nW W\n",
    "# W W\n",
    "W W\n---\n",
    "- W\n- W W\n  W\n",
    "- W\n\n  W\n\n- W\n",
    "- W\n  - W\n  - W\n",
    "1. W\n2. W\n",
    "> W\n> W\n",
    "> W\n>\n> - W\n",
    "```sh\nW\n\nW\n```\n",
    "~~~ W\nW\n~~~\n",
    "    W\n    W\n",
    "| W | W |\n|---|:-:|\n| W | W |\n| W | W |\n| W | W |\n",
    "W | W | W\n--|--|--\nW | W | W\nW | W | W\n",
    "| W |\n|---|\n| W |\n| W | W |\n|---|\n| W |\n",
    "---\n",
    "<div>\nW\n</div>\n",
    "<div>\n\nW\n\n</div>\n",
    "<div title=\"W\">W\n<b>W</b>\n</div>\n",
    "<div><!-- W\n\nW\n\nW -->\n",
    "<div title=W\n\nid=W>W</div>\n",
    "<!-- W\nW\n\nW -->\nW\n",
    "<!-- W --> W\n",
    "<![CDATA[ W\n\nW ]]>\nW\n",
    "<?W\n\nW?>\nW\n",
    "<!X W\n\nW>\nW\n",
    "<script>\nW\n\nW\n</script>\nW\n",
    "<style>\nW\n\nW\n</style>\n",
    "<pre>\nW\n\nW\n</pre>\n",
    "<textarea>\nW\n\nW\n</textarea>\n",
    "<table><tr><td>W</td><td>W</td></tr>\n<tr><td>W</td><td>W</td></tr></table>\n",
    "W <!-- W W --> W <!-- W --> W\n",
    "W <?W W?> W <!X W> W <![CDATA[W W]]> W\n",
    "W <b>W W</b> W <i>W</i> W\n",
    "W <span title=\"W W\">W</span> W <span title='W'>W</span> W\n",
    "W `W W` W `W` W ``W ` W`` W\n",
    "W *W W* W **W W** W ~~W W~~ W *W **W** W* W\n",
    "W *W W* W *W W* W *W* W _W W_ W _W W_ W\n",
    "W **W W** W **W W** W __W W__ W __W W__ W ***W** W* W ***W** W*\n",
    "W ~~W W~~ W ~~W W~~ W ~W W~ W ~W W~ W\n",
    "W `W W` W `W W` W ``W W`` W ``W W`` W\n",
    "W [W W](/a) W [W W](/a) W ![W W](/b) W ![W W](/b) W\n",
    "W <i>W W</i> W <i>W W</i> W <b>W W</b> W <b>W W</b> W\n",
    "W &amp; &am W &amp; W p; W \\* W * W \\\\ W \\* *W\\* W* W\n",
    "# W *W W* W *W W*\n",
    "| W *W W* W *W W* | `W W` W `W W` |\n|---|---|\n| W ~~W W~~ W ~~W W~~ | W |\n",
    "W [W W](/W \"W W\") W [W](/W) W ![W](/W) W\n",
    "W [W] W [W][b] W [W](/a\n\"W\") W\n",
    "[b]: /b 'b'\n",
    "W <http://W.com> W https://W.com/W W www.W.com W\n",
    "W &amp; W &copy;W \\* W \\\nW\n",
    "W[^1] W[^2]\n",
    "[^1]: N\n\n    N\n",
    "[^2]: N N\n"};

/// A word, a run of letters, of spaces, of line ends, or a sign.
std::vector<std::string> tokens_of(const std::string& text) {
    const auto kind = [](char c) {
        if (c == '\n' || c == ' ') return static_cast<int>(c);
        const bool is_letter =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return is_letter ? 1 : 0;
    };
    std::vector<std::string> tokens;
    for (std::size_t at = 0; at < text.size();) {
        auto end = at + 1;
        while (kind(text[at]) != 0 && text[at] != '\n' && end < text.size() &&
               kind(text[end]) == kind(text[at]))
            ++end;
        tokens.push_back(text.substr(at, end - at));
        at = end;
    }
    return tokens;
}

/// No other is like it, so that the cut's judge finds at once what is left out.
std::string make_word(Random& random, std::size_t number) {
    std::string word = "w";
    for (; number > 0; number /= 16) word += static_cast<char>('a' + number % 16);
    for (int i = 0; i < 5; ++i) word += static_cast<char>('a' + random(16));
    return word + "q";
}

std::string make_text(Random& random) {
    std::string text;
    std::size_t words = 0;
    for (auto count = 1 + random(5); count > 0; --count) {
        for (const char* c = constructs[random(constructs.size())]; *c != '\0'; ++c) {
            if (*c == 'W')
                text += make_word(random, ++words);
            else
                text += *c == 'N' ? 'v' : *c;  // a note goes that only the paid part refers to
        }
        if (random(8) > 0) text += "\n";
    }
    return text;
}

struct Marked {
    std::string source;
    std::set<std::string> free;  ///< words
};

/// One or two sections at any places, those between lines and blocks first.
Marked mark(Random& random, const std::vector<std::string>& tokens) {
    std::set<std::size_t> places;
    const auto wanted = 2 + 2 * random(2);
    for (int tries = 0; tries < 100 && places.size() < wanted; ++tries) {
        const auto place = random(tokens.size() + 1);
        const bool is_between = place == 0 || tokens[place - 1] == "\n";
        if (is_between || random(3) == 0) places.insert(place);
    }
    if (places.size() % 2 != 0) places.erase(places.begin());
    Marked marked;
    bool is_paid = false;
    const bool own_lines = random(2) == 0;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        if (places.contains(i)) {
            marked.source += is_paid ? "##paidend##" : "##paidbegin##";
            const bool is_between = i == 0 || tokens[i - 1] == "\n";
            if (is_between && own_lines) marked.source += "\n";
            is_paid = !is_paid;
        }
        if (i == tokens.size()) break;
        marked.source += tokens[i];
        if (!is_paid) marked.free.insert(tokens[i]);
    }
    return marked;
}

/// A note goes that only the paid part refers to.
bool may_go(const Place& place) {
    return place.path.find("footnotes") != std::string::npos ||
           place.path.find("#comment") != std::string::npos;
}

Places free_places(const std::string& markdown, Renderer renderer, Links links,
                   const std::set<std::string>& free) {
    Places places;
    for (auto& place : find_places(markdown, renderer, links))
        if (place.first == "wq" || free.contains(place.first)) places.push_back(std::move(place));
    return places;
}

/// What is wrong with a preview; nothing if nothing is.
std::string find_flaw(Places source, const Places& preview, bool has_notes) {
    std::set<std::string> left;
    for (const auto& place : preview) left.insert(place.first);
    std::erase_if(source, [&](const auto& place) {
        return has_notes && may_go(place.second) && !left.contains(place.first);
    });
    for (std::size_t i = 0; i < std::max(source.size(), preview.size()); ++i) {
        if (i >= source.size()) return "shows " + preview[i].first;
        if (i >= preview.size()) return "loses " + source[i].first;
        if (source[i] != preview[i])
            return source[i].first + " in " + source[i].second.path + ", not " + preview[i].first +
                   " in " + preview[i].second.path;
        if (i > 0 && shared_elements(source[i - 1].second, source[i].second) !=
                         shared_elements(preview[i - 1].second, preview[i].second))
            return source[i].first + " beside others";
    }
    return {};
}

/// Whether a line holds the mark of a list item and nothing behind it.
bool is_empty_item(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" >"), line.size()));
    const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const auto mark = line.substr(digits);
    if (mark.empty() || mark.find_first_not_of(' ', 1) != mark.npos) return false;
    return (digits == 0 ? std::string_view("-+*") : ".").find(mark.front()) != mark.npos;
}

bool has_empty_item(std::string_view text) {
    for (std::size_t end = 0; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1))
        if (is_empty_item(text.substr(0, end))) return true;
    return false;
}

/// Not of what the renderers read in their own ways: the other knows no footnotes, links no address
/// next to something, takes `||` for one pipe, `<??>` for text, and reads on in an item that is
/// empty.
bool may_agree(std::string_view preview) {
    for (const std::string_view differs : {"[^", "://", "www.", "||", "<?\?>"})
        if (preview.find(differs) != preview.npos) return false;
    return !has_empty_item(preview);
}

std::string text_of(const Document& document, EditionKind kind) {
    const auto edition = render(document, kind);
    return std::holds_alternative<Edition>(edition) ? std::get<Edition>(edition).text()
                                                    : std::string("refused");
}

TEST(MarkdownAnywhere, FreeWordsStandWhereTheyStoodOrItIsRefused) {
    Random random(test::run_seed());
    const Parser parser(fastadmin());
    const char* asked = std::getenv("PAYWALL_ANYWHERE_COUNT");
    const std::size_t count = asked != nullptr      ? std::strtoul(asked, nullptr, 10)
                              : test::is_slow_build ? 2000
                                                    : 20000;
    std::size_t cut = 0;
    std::size_t agreed = 0;
    for (std::size_t i = 0; i < count && !HasFailure(); ++i) {
        const auto marked = mark(random, tokens_of(make_text(random)));
        const auto parsed = parser.parse(marked.source, {.content = Content::markdown});
        if (!std::holds_alternative<Document>(parsed)) continue;
        const auto& document = std::get<Document>(parsed);
        const auto preview = text_of(document, EditionKind::preview);
        if (preview == "refused") continue;
        ++cut;
        const auto whole = text_of(document, EditionKind::full);
        const auto links = document.warnings.kept.empty() ? Links::yes : Links::no;
        const auto source = free_places(whole, Renderer::cmark, links, marked.free);
        const bool has_notes = whole.find("[^") != std::string::npos;
        auto flaw =
            find_flaw(source, free_places(preview, Renderer::cmark, links, marked.free), has_notes);
        const auto other = free_places(whole, Renderer::md4c, links, marked.free);
        if (flaw.empty() && may_agree(whole) && may_agree(preview) &&
            find_flaw(source, other, false).empty()) {
            ++agreed;
            flaw =
                find_flaw(other, free_places(preview, Renderer::md4c, links, marked.free), false);
            if (!flaw.empty()) flaw += " (md4c)";
        }
        EXPECT_EQ(flaw, "") << marked.source << "\n->\n" << preview << "\n";
    }
    std::printf("%zu of %zu cut, %zu of them judged by both renderers\n", cut, count, agreed);
    EXPECT_GT(cut, count / 10);
}

}  // namespace
}  // namespace paywall::tests
