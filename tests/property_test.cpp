// What holds for every source, on generated ones.

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tests/seed.hpp"

namespace paywall::test {
namespace {

using Engine = std::mt19937_64;

template <typename List>
std::string_view any_of(const List& list, Engine& engine) {
    return *(std::begin(list) + static_cast<std::ptrdiff_t>(engine() % std::size(list)));
}

constexpr std::array<std::string_view, 28> harmless{"free ",
                                                    "words, ",
                                                    "\n",
                                                    "\r\n",
                                                    "\r",
                                                    "  ",
                                                    "\t",
                                                    "。",
                                                    "免费，",
                                                    "￥99 ",
                                                    "# ",
                                                    "## Heading of it\n",
                                                    "$5 ",
                                                    "\n\n",
                                                    "<b>x</b>",
                                                    "<p>",
                                                    "</p>",
                                                    "&amp; ",
                                                    "a < b ",
                                                    "get paid. ",
                                                    "paid ",
                                                    "start ",
                                                    "finish ",
                                                    "é",
                                                    "\xF0\x9F\x98\x80 ",
                                                    "\\",
                                                    "%20",
                                                    " ##pagebreak##. "};

constexpr std::array<std::string_view, 10> openers_and_closers{
    "##paidbegin##", "##paidend##", "$$paidbegin$$", "$$paidend$$", "<paid>",
    "</paid>",       "<PAID>",      "</Paid>",       "##paidend##", "</paid>"};

constexpr std::array<std::string_view, 14> awkward{"#",   "##",     "$",    "＃",          "￥",
                                                   "<",   "</",     "paid", "paidbegin",   "&#35;",
                                                   "\\#", "[paid]", "%23",  "\xE2\x80\x8B"};

constexpr std::array<std::string_view, 3> openers{"##paidbegin##", "$$paidbegin$$", "<paid>"};
constexpr std::array<std::string_view, 3> closers{"##paidend##", "$$paidend$$", "</paid>"};

/// Text whose first and last characters touch no marker's delimiters.
std::string harmless_text(Engine& engine) {
    std::string text = " ";
    for (std::size_t n = engine() % 8; n > 0; --n) text += any_of(harmless, engine);
    return text += engine() % 2 == 0 ? "\n" : ". ";
}

std::string edition_of(const Document& document, EditionKind kind, Cut cut) {
    const auto edition = render(document, kind, {cut, nullptr, {}});
    return std::holds_alternative<Edition>(edition) ? std::get<Edition>(edition).text() : "refused";
}

bool is_marker(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto& markers = fastadmin().markers;
    return std::any_of(markers.begin(), markers.end(), [&](const Marker& marker) {
        return marker.text() == (marker.letters == Letters::exact ? text : lower);
    });
}

/// Segments and the markers between them are the source, from its first byte to its last.
void expect_tiled(std::string_view source, const Document& document) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < document.segments.size(); ++i) {
        const Segment& segment = document.segments[i];
        if (i == 0) {
            EXPECT_EQ(segment.exact.offset, 0U);
        } else {
            EXPECT_TRUE(is_marker(source.substr(at, segment.exact.offset - at)));
            EXPECT_NE(segment.access, document.segments[i - 1].access);
        }
        EXPECT_GE(segment.content.offset, segment.exact.offset);
        EXPECT_LE(segment.content.end(), segment.exact.end());
        at = segment.exact.end();
    }
    EXPECT_EQ(at, source.size());
}

void expect_consistent(std::string_view source, const Document& document) {
    expect_tiled(source, document);
    std::string free_bytes;
    std::string all_bytes;
    for (const Segment& segment : document.segments) {
        const auto bytes = source.substr(segment.exact.offset, segment.exact.length);
        if (segment.access == Access::free) free_bytes += bytes;
        all_bytes += bytes;
    }
    // Pieces that join into a lookalike refuse the source; else editions are the segments.
    const std::string full = edition_of(document, EditionKind::full, Cut::exact);
    const std::string preview = edition_of(document, EditionKind::preview, Cut::exact);
    EXPECT_TRUE(full == all_bytes || full == "refused");
    EXPECT_TRUE(preview == free_bytes || preview == "refused");
}

TEST(Property, any_source_is_tiled_or_refused) {
    Engine engine(run_seed());
    const Parser parser(fastadmin());
    std::size_t documents = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string source;
        const bool sound_only = engine() % 2 == 0;
        for (std::size_t n = engine() % 12; n > 0; --n) {
            const std::size_t kind = engine() % (sound_only ? 2 : 3);
            source += kind == 0   ? any_of(harmless, engine)
                      : kind == 1 ? any_of(openers_and_closers, engine)
                                  : any_of(awkward, engine);
        }
        const auto parsed = parser.parse(source);
        if (const auto* faults = std::get_if<Diagnostics>(&parsed)) {
            EXPECT_GT(faults->errors, 0U) << testing::PrintToString(source);
            for (const Diagnostic& fault : faults->kept) {
                EXPECT_LE(fault.span.end(), source.size()) << testing::PrintToString(source);
            }
            continue;
        }
        ++documents;
        expect_consistent(source, std::get<Document>(parsed));
        if (HasFailure()) FAIL() << "seed " << run_seed() << ": " << testing::PrintToString(source);
    }
    std::cout << documents << " of 20000 sources are documents\n";
    EXPECT_GT(documents, 500U);
}

struct Sections {
    std::string source;
    std::size_t count = 0;
};

/// Well-formed, with one secret in each paid section.
Sections sections(Engine& engine, std::size_t count) {
    Sections made{harmless_text(engine), count};
    for (std::size_t i = 0; i < count; ++i) {
        made.source += any_of(openers, engine);
        made.source +=
            harmless_text(engine) + "Quince-" + std::to_string(i) + harmless_text(engine);
        made.source += any_of(closers, engine);
        made.source += harmless_text(engine);
    }
    return made;
}

TEST(Property, no_secret_is_in_a_preview_and_none_is_lost) {
    Engine engine(run_seed() + 1);
    const Parser parser(fastadmin());
    for (int round = 0; round < (is_slow_build ? 1000 : 5000); ++round) {
        const Sections made = sections(engine, 1 + engine() % (round % 100 == 0 ? 300 : 6));
        const auto parsed = parser.parse(made.source);
        ASSERT_TRUE(std::holds_alternative<Document>(parsed))
            << "seed " << run_seed() << ": " << testing::PrintToString(made.source);
        const auto& document = std::get<Document>(parsed);
        expect_consistent(made.source, document);
        const auto paid =
            std::count_if(document.segments.begin(), document.segments.end(),
                          [](const Segment& segment) { return segment.access == Access::paid; });
        EXPECT_EQ(static_cast<std::size_t>(paid), made.count);
        for (const Cut cut : {Cut::marker_lines, Cut::exact}) {
            const std::string preview = edition_of(document, EditionKind::preview, cut);
            const std::string full = edition_of(document, EditionKind::full, cut);
            EXPECT_NE(preview, "refused");
            EXPECT_EQ(preview.find("Quince"), std::string::npos);
            for (std::size_t i = 0; i < made.count; ++i) {
                EXPECT_NE(full.find("Quince-" + std::to_string(i)), std::string::npos);
            }
            const auto again = parser.parse(full);
            ASSERT_TRUE(std::holds_alternative<Document>(again));
            ASSERT_EQ(std::get<Document>(again).segments.size(), 1U);
            EXPECT_EQ(std::get<Document>(again).segments.front().access, Access::free);
        }
        if (HasFailure()) {
            FAIL() << "seed " << run_seed() << ": " << testing::PrintToString(made.source);
        }
    }
}

/// From now on memory that was used once is not given back to the system: what new pages cost there
/// differs from machine to machine, and is not what is measured.
void keep_memory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);
#endif
}

/// Of this thread's own work: other programs of the machine do not count.
double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double seconds_for(const Parser& parser, std::string_view token, std::size_t times,
                   const ParseOptions& options = {}) {
    keep_memory();
    const auto placeholder = std::get<Placeholder>(Placeholder::parse("<div>More.</div>"));
    std::string source;
    source.reserve(token.size() * times);
    for (std::size_t i = 0; i < times; ++i) source += token;
    double best = 1e9;
    // A slow one is measured once more, with the memory of the first time: noise is small beside
    // it.
    for (int round = 0; round < 3 && (round < 2 || best < 0.2); ++round) {
        const double start = cpu_seconds();
        const auto parsed = parser.parse(source, options);
        if (const auto* document = std::get_if<Document>(&parsed)) {
            (void)render(*document, EditionKind::preview, {.placeholder = &placeholder});
        }
        best = std::min(best, cpu_seconds() - start);
    }
    return best;
}

/// Four times as many units may take a good four times as long, not sixteen times. A slow build
/// reads a few of them, for what its sanitizers see: its times say nothing.
/// `seconds` takes a number of units and gives the time that they take.
template <typename Seconds>
void expect_linear(std::size_t few, Seconds seconds) {
    if (test::is_slow_build) {
        (void)seconds(few / 16);
        return;
    }
    const double small = seconds(few);
    ASSERT_LT(small, 5.0);
    const double large = seconds(4 * few);
    EXPECT_LT(large, 10 * small + 0.02) << small << " s for " << few << ", " << large << " s";
}

TEST(Property, repetition_stays_linear) {
    const std::vector<std::string_view> tokens{">paid",
                                               "paid&gt;",
                                               "(paid ",
                                               "[paid ",
                                               "a/paid>",
                                               "#",
                                               "##",
                                               "###",
                                               "$",
                                               "$$",
                                               "＃",
                                               "￥",
                                               "<",
                                               "</",
                                               "<<",
                                               ">",
                                               "<p",
                                               "<paid",
                                               "<paid ",
                                               "</paid",
                                               "<paid>",
                                               "</paid>",
                                               "<paid></paid>",
                                               "##paidbegin##",
                                               "##paidend##",
                                               "##paidbegin##x##paidend##",
                                               "$$paidbegin##",
                                               "##paidbegin",
                                               "paidbegin",
                                               "paidbegin##",
                                               "paid",
                                               "paid ",
                                               "p",
                                               "paidbegi",
                                               "## ",
                                               "##\n",
                                               "## paid",
                                               "##x",
                                               "#x",
                                               "$x$",
                                               "&",
                                               "&#",
                                               "&#35;",
                                               "&amp;",
                                               "&amp;#35;",
                                               "amp;",
                                               "&#0000000000",
                                               "%",
                                               "%25",
                                               "%23",
                                               "\\",
                                               "\\u",
                                               "\\u0023",
                                               "\\#",
                                               "*",
                                               "_",
                                               "**##",
                                               "`",
                                               "<!--",
                                               "<!-- -->",
                                               "<b>",
                                               "<b",
                                               "[paid]",
                                               "[/paid]",
                                               "[",
                                               "《",
                                               "《paid》",
                                               "【",
                                               "\xE2\x80\x8B",
                                               "\xC2\xAD",
                                               "\xEF\xBB\xBF",
                                               "\xCD\x8F",
                                               "\xE3\x80\x80",
                                               " ",
                                               "\n",
                                               "\r",
                                               "\r\n",
                                               "\t\n",
                                               "p\xE2\x80\x8B",
                                               "р",
                                               "ⓟ",
                                               "\xF0\x9D\x90\xA9",
                                               "-",
                                               "p-",
                                               "<piad>",
                                               "</piad>",
                                               "##pidbegin",
                                               "##paid<b>",
                                               "p<b>",
                                               "#<b>",
                                               "&lt;",
                                               "&lt;paid",
                                               "%3Cpaid",
                                               "<p a=\"",
                                               "<p a='",
                                               "##pagebreak##",
                                               "##paid",
                                               "/##",
                                               "#$",
                                               "#￥"};
    const Parser parser(fastadmin());
    for (const std::string_view token : tokens) {
        SCOPED_TRACE(testing::PrintToString(token));
        expect_linear(16 << 10,
                      [&](std::size_t count) { return seconds_for(parser, token, count); });
    }
}

/// The same of what is cut as markup: sections by the thousand, and all that refers or nests.
TEST(Property, repetition_of_markup_stays_linear) {
    const Parser parser(fastadmin());
    for (const auto content : {Content::html, Content::markdown}) {
        for (const std::string_view unit :
             {"<p>a ##paidbegin##b##paidend## c</p>\n",
              "<p>a ##paidbegin##b</p><p>c##paidend## d</p>\n",
              "<div>##paidbegin##<i>b</i>##paidend##",
              "<b>a ##paidbegin##b##paidend##",
              "<table><tr><td>##paidbegin##b</td><td>c##paidend##</td></tr></table>\n",
              "<p><b>##paidbegin##a</b>##paidend##",
              "<!-- -->##paidbegin##a##paidend##",
              "a ##paidbegin##b##paidend## c\n\n",
              "- a ##paidbegin##b##paidend## c\n\nd\n\n",
              "##paidbegin##\n\nb\n\n##paidend##\n\n***\n\n",
              "[a]: x\n\n[b][a] ##paidbegin##[a]##paidend##\n\n",
              "[^1] ##paidbegin##[^1]: x##paidend##\n\n",
              "> ##paidbegin##\n> b\n> ##paidend##\n",
              "```\n##paidbegin##\n##paidend##\n```\n",
              "| a | b |\n|-|-|\n| ##paidbegin##c##paidend## |\n\n",
              "![##paidbegin##a##paidend##](b \"c\")\n",
              "*a ##paidbegin##b##paidend## c* ",
              "`a`##paidbegin## `b`##paidend##",
              "&a##paidbegin##b##paidend##c;",
              "|-##paidbegin##a##paidend##",
              "<!A ##paidbegin##\n\n##paidend## >\n"}) {
            SCOPED_TRACE(testing::PrintToString(unit));
            expect_linear(2 << 10, [&](std::size_t count) {
                return seconds_for(parser, unit, count, {.content = content});
            });
        }
    }
}

/// The same of sections that are told to search engines, each of its own. Eight times as many may
/// take a good eight times as long.
TEST(Property, structured_data_of_many_sections_stays_linear) {
    keep_memory();
    const Parser parser(fastadmin());
    const auto seconds = [&](std::size_t times) {
        std::string source;
        for (std::size_t i = 0; i < times; ++i) source += "##paidbegin##a##paidend##";
        const auto parsed = parser.parse(source, {.content = Content::html});
        const auto& document = std::get<Document>(parsed);
        double best = 1e9;
        for (int round = 0; round < 2; ++round) {
            const double start = cpu_seconds();
            const auto rendered =
                render(document, EditionKind::full, {.structured_data = StructuredData::added});
            EXPECT_TRUE(std::holds_alternative<Edition>(rendered));
            best = std::min(best, cpu_seconds() - start);
        }
        return best;
    };
    const std::size_t few = test::is_slow_build ? 2 << 10 : 16 << 10;
    const double small = seconds(few);
    const double large = seconds(8 * few);
    EXPECT_LT(large, 16 * small + 0.02) << small << " s, " << large << " s";
}

/// The same of what looks like the half of a reference, beside a section.
TEST(Property, repetition_of_half_references_stays_linear) {
    const Parser parser(fastadmin());
    const auto source = [](std::string_view half, std::size_t times) {
        std::string text = "a\n\n##paidbegin##\nb\n##paidend##\n\n";
        for (std::size_t i = 0; i < times; ++i) text += half;
        return text + "]";
    };
    const ParseOptions markdown{.content = Content::markdown};
    for (const std::string_view half : {"](", "![", "](\""}) {
        SCOPED_TRACE(half);
        expect_linear(64 << 10, [&](std::size_t count) {
            return seconds_for(parser, source(half, count), 1, markdown);
        });
    }
}

/// The same of awkward Markdown before one section and behind it.
TEST(Property, repetition_beside_a_section_stays_linear) {
    keep_memory();
    const Parser parser(fastadmin());
    const std::string section = "\n\n##paidbegin##\nb\n##paidend##\n\n";
    const ParseOptions markdown{.content = Content::markdown};
    for (const std::string_view unit :
         {"[a]: ",    "<!",    "<svg>",       "![",   "[",        "*a ",
          "> ",       "- a\n", "[^a]: x\n\n", "[^a]", "a\n---\n", "<a ",
          "&amp;",    "\\",    "<!--",        "<b>",  "</b>",     "<div title=\"\n\n",
          "<script>", "<?",    "| a | b |\n", "|a"}) {
        SCOPED_TRACE(testing::PrintToString(unit));
        expect_linear(32 << 10, [&](std::size_t bytes) {
            std::string text;
            while (text.size() < bytes) text += unit;
            return seconds_for(parser, text + section, 1, markdown) +
                   seconds_for(parser, "a" + section + text, 1, markdown);
        });
    }
}

/// The same of documents that are cut where a teaser ends: the places that are tried are few,
/// however many there are, and wherever nothing can be cut.
TEST(Property, repetition_with_a_teaser_stays_linear) {
    const Parser parser(fastadmin());
    ParseOptions options;
    options.unmarked = Unmarked::paid;
    for (const auto content : {Content::text, Content::html, Content::markdown}) {
        options.content = content;
        for (const std::string_view teaser : {"50%", "paragraphs=1000000,max=90000000"}) {
            options.teaser = std::get<Teaser>(Teaser::parse(teaser));
            for (const std::string_view unit : {"a b.\n\n",
                                                "<p>a</p>\n",
                                                "<div><p>a</p>\n",
                                                "<p><b>a</p>\n",
                                                "<p>a</b></p>\n",
                                                "<b><p>a</p></b>\n",
                                                "<table><tr><td>a</table>\n",
                                                "<ul><li>a</ul><h2>b</h2>\n",
                                                "<svg><p>a</p>\n",
                                                "<select><p>a</p>\n",
                                                "<!-- -->\n\na\n\n",
                                                "- a\n\n1. b\n\n",
                                                "[a]: x\n\n[a] b\n\n",
                                                "[^1] a\n\n[^1]: b\n\n",
                                                "<div>\n\na\n\n",
                                                "<!--\n\na\n\n",
                                                "# a\n\nb\n",
                                                "> a\n\nb\n\n",
                                                "    a\n\nb\n\n",
                                                "```\n\na\n\n"}) {
                SCOPED_TRACE(testing::PrintToString(unit) + " with " + std::string(teaser));
                expect_linear(2 << 10, [&](std::size_t count) {
                    return seconds_for(parser, unit, count, options);
                });
            }
        }
    }
}

/// Is a source refused because it could not be judged to its end?
bool is_tangle(const Parser& parser, const std::string& source) {
    const auto parsed = parser.parse(source);
    const auto* faults = std::get_if<Diagnostics>(&parsed);
    return faults != nullptr && std::ranges::any_of(faults->kept, [](const Diagnostic& one) {
               return one.rule == Rule::malformed_marker && one.subject.empty();
           });
}

std::string times(std::size_t count, const std::string& unit) {
    std::string source;
    for (; count > 0; --count) source += unit;
    return source;
}

const std::string disguised =
    "p\xCC\x81"
    "aidbegin";

/// Enough of any of these reaches the bound on a source's work: it is refused, not passed.
TEST(Properties, NothingPassesBehindTheBound) {
    constexpr std::size_t size = std::size_t{16} << 20;
    const Parser parser(fastadmin());
    std::vector<std::string> units{"p&#8203;", "</p></pai>"};
    if (!test::is_slow_build)
        units.insert(units.end(), {"a\xCC\x81", "\xEF\xBD\x90\xEF\xBD\x81", "\xD1\x80\xD0\xB0",
                                   "%61", "## paid\n# paid\n#paid\n", "$$x$$ $y$ "});
    for (const std::string& unit : units) {
        EXPECT_TRUE(is_tangle(parser, times(size / unit.size() + 1, unit) + " " + disguised))
            << unit;
    }
}

/// What is read when the work is spent is not read to its end, and must not pass for innocent.
TEST(Properties, NothingPassesWhereTheBoundIsReached) {
    if (test::is_slow_build) GTEST_SKIP() << "a search for a place, of what the test above reads";
    const Parser parser(fastadmin());
    const std::string unit = "</p></pai>";
    std::size_t judged = 1;  // so many are judged to their end, and so many are not
    std::size_t tangled = (std::size_t{16} << 20) / unit.size();
    ASSERT_FALSE(is_tangle(parser, times(judged, unit)));
    ASSERT_TRUE(is_tangle(parser, times(tangled, unit)));
    while (judged + 1 < tangled) {
        const auto middle = judged + (tangled - judged) / 2;
        (is_tangle(parser, times(middle, unit)) ? tangled : judged) = middle;
    }
    for (auto count = judged - 3; count < tangled + 3; ++count) {
        const auto source = times(count, unit) + std::string(count % 3, ' ') + disguised;
        EXPECT_TRUE(std::holds_alternative<Diagnostics>(parser.parse(source))) << count;
    }
}

}  // namespace
}  // namespace paywall::test
