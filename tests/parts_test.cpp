// A text read in parts comes to what it comes to as a whole, or to nothing: whatever stands where
// the parts meet, and however far its two halves are from each other.

#include "parser/parts.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/edition.hpp"
#include "tests/pick.hpp"
#include "tests/seed.hpp"

namespace paywall {
namespace {

using test::Random;

struct Editions {
    std::string preview;
    std::string full;

    friend bool operator==(const Editions&, const Editions&) = default;
};

std::string text_of(const Document& document, EditionKind kind) {
    const auto edition = render(document, kind);
    return std::holds_alternative<Edition>(edition) ? std::get<Edition>(edition).text()
                                                    : "(refused)";
}

Editions editions_of(const Document& document) {
    return {text_of(document, EditionKind::preview), text_of(document, EditionKind::full)};
}

const Parser& fastadmin_parser() {
    static const Parser parser(fastadmin());
    return parser;
}

std::optional<Editions> whole(std::string_view text) {
    const auto parsed = fastadmin_parser().parse(text);
    const auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr) return std::nullopt;
    auto editions = editions_of(*document);
    const bool is_refused = editions.preview == "(refused)" || editions.full == "(refused)";
    return is_refused ? std::nullopt : std::optional(std::move(editions));
}

struct InParts {
    Editions editions;
    std::size_t parts = 0;
};

/// As the program does, with less text at once.
std::optional<InParts> in_parts(std::string_view text, std::size_t at_once = 8 * part_context) {
    InParts result;
    while (true) {
        const bool is_last = text.size() < at_once;
        const auto part = text.substr(0, at_once);
        const auto end = is_last ? part.size() : find_part_end(fastadmin_parser(), part);
        if (end == 0 && !is_last) return std::nullopt;
        const auto document = parse_part(fastadmin_parser(), part, end, {});
        if (!document || document->warnings.warnings > 0) return std::nullopt;
        const auto editions = editions_of(*document);
        if (editions.preview == "(refused)" || editions.full == "(refused)") return std::nullopt;
        result.editions.preview += editions.preview;
        result.editions.full += editions.full;
        ++result.parts;
        if (is_last) return result;
        text.remove_prefix(end);
    }
}

// --- texts --------------------------------------------------------------------------------------

std::string paragraph(Random& random) {
    static const std::vector<std::string> clauses{
        "清晨的渡口总是先听见桨声",     "价钱从每斤80元涨到了120元（去年）",
        "the ferry leaves early",       "people who get paid, come back",
        "木匠说，好船要等三个冬天",     "a pump that runs dry",
        "孩子们在堤上追一只断线的风筝", "those who are (paid) late"};
    static const std::vector<std::string> stops{"，", "。", ", ", ". ", "；", "! "};
    std::string text;
    for (auto n = 8 + random(40); n > 0; --n)
        text += clauses[random(clauses.size())] + stops[random(stops.size())];
    return text + (random(8) == 0 ? "\r\n" : "\n");
}

std::string section(Random& random) {
    static const std::vector<std::pair<std::string, std::string>> markers{
        {"##paidbegin##", "##paidend##"}, {"$$paidbegin$$", "$$paidend$$"}, {"<paid>", "</paid>"}};
    const auto& [begin, end] = markers[random(markers.size())];
    const std::string line_end = random(2) == 0 ? "\n" : "";
    return begin + line_end + paragraph(random) + end + "\n";
}

/// Paragraphs, some of them paid.
std::vector<std::string> blocks(Random& random, std::size_t size) {
    std::vector<std::string> blocks;
    for (std::size_t made = 0; made < size; made += blocks.back().size())
        blocks.push_back(random(4) == 0 ? section(random) : paragraph(random));
    return blocks;
}

std::string joined(const std::vector<std::string>& blocks) {
    std::string text;
    for (const auto& block : blocks) text += block;
    return text;
}

/// Free text with line ends, which parts could end at.
std::string prose(Random& random, std::size_t size) {
    std::string text;
    while (text.size() < size) text += paragraph(random);
    return text;
}

constexpr std::size_t text_size = 40 * part_context;

// --- tests --------------------------------------------------------------------------------------

TEST(Parts, GiveTheEditionsOfTheWhole) {
    Random random(test::run_seed());
    for (int round = 0; round < (test::is_slow_build ? 5 : 40); ++round) {
        const auto text = joined(blocks(random, text_size));
        const auto expected = whole(text);
        ASSERT_TRUE(expected.has_value());
        const auto found = in_parts(text);
        ASSERT_TRUE(found.has_value()) << "round " << round;
        EXPECT_GT(found->parts, 4U);
        EXPECT_TRUE(found->editions == *expected) << "round " << round;
    }
}

TEST(Parts, EndNowhereInOnePaidPart) {
    Random random(test::run_seed());
    EXPECT_EQ(in_parts("##paidbegin##" + prose(random, text_size) + "##paidend##\n"), std::nullopt);
    const auto text = prose(random, text_size);
    EXPECT_EQ(in_parts(text)->editions, *whole(text));
}

/// What refuses the whole, or makes another thing of it, whose halves lie far apart: prose stands
/// between, as much as several parts hold, or little.
TEST(Parts, NeverPassWhatTheWholeRefuses) {
    static const std::vector<std::pair<std::string, std::string>> halves{
        {"##paidbegin##", ""},
        {"", "##paidend##"},
        {"##paidbegin##", "##paidbegin##"},
        {"## paidbegin ##", ""},
        {"＃＃paidend＃＃", "x"},
        {"##paid<!-- ", " -->begin##"},
        {"##paid<b title='", "'>begin##"},
        {"##paid<b title=\"> ", "\">begin##"},
        {"##paid&lt;b title='", "'&gt;begin##"},
        {"##paid＜b ", "＞begin##"},
        {"##paid&lt;b title='> ", "'&gt;begin##"},
        {"##paid[color=", "]begin##"},
        {"##paid<!--> ", " -->begin##"},
        {"paid&amp;lt;b ", "&amp;gt;end"},
        {"[paid]", "[/paid]"},
        {"《paid》", "《/paid》"},
        {"&lt;pid&gt;", "&lt;/pid&gt;"},
        {"<pid>", "</pid>"},
        {"<paid ", ">"},
        {"[paid ", "] x [/paid]"},
        {"[&lt;b ", "&gt;paid] x [/paid]"},
        {"paid>", "/paid>"},
        {"<paid class=\"", "\">"},
        {"[membership level=\"", "\"]"},
        {"<!--members-only ", " -->"},
        {"<!-- wp:premium-content/container {\"a\":\"", "\"} -->"},
        {"\xEF\xBB\xBF", "\xEF\xBB\xBF"},
        {"P＜0.05", ""},
        {"\xFF", ""},
        {"", std::string(1, '\0')},
    };
    const std::vector<std::size_t> distances{
        0, 300, 3'000, part_context / 2, 3 * part_context, 20 * part_context};
    Random random(test::run_seed());
    std::size_t refused = 0;
    std::size_t passed = 0;
    for (const auto& [first, second] : halves) {
        for (const auto distance : distances) {
            for (int round = 0; round < (test::is_slow_build ? 1 : 6); ++round) {
                const auto between = distance == 0 ? std::string() : prose(random, distance);
                auto around = blocks(random, text_size);
                around[random(around.size())].insert(0, first + between + second);
                const auto text = joined(around);
                const auto found = in_parts(text);
                const auto expected = whole(text);
                if (!expected) ++refused;
                if (!found) continue;
                ++passed;
                ASSERT_TRUE(expected.has_value()) << first << " … " << second << " at " << distance;
                ASSERT_TRUE(found->editions == *expected) << first << " … " << second;
            }
        }
    }
    EXPECT_GT(refused, halves.size());
    EXPECT_GT(passed, 0U);
}

TEST(Parts, OnlyOfDialectsWhoseMarkersSpeakOfWhatTheyEnclose) {
    std::vector<std::string> divisible;
    for (const auto& dialect : built_in_dialects())
        if (is_divisible(dialect, {})) divisible.push_back(dialect.name);
    EXPECT_EQ(divisible, (std::vector<std::string>{"fastadmin", "fastadmin-ask", "polar"}));
    EXPECT_FALSE(is_divisible(fastadmin(), {.unmarked = Unmarked::paid}));
    EXPECT_FALSE(is_divisible(fastadmin(), {.markers = Markers::literal}));
    EXPECT_FALSE(is_divisible(fastadmin(), {.encoding = "GB18030"}));
    EXPECT_FALSE(is_divisible(fastadmin(), {.deny = {Rule::possible_foreign_marker}}));
}

}  // namespace
}  // namespace paywall
