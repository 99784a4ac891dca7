// Cuts that are found harmless by their lines alone, against the parser's judgement: on generated
// sources, with markers anywhere, the preview is the same, or refused only where none was sure.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/edition.hpp"
#include "parser/markdown/cut.hpp"
#include "parser/markdown/flat.hpp"
#include "parser/markdown/harmless.hpp"
#include "parser/parse.hpp"
#include "tests/pick.hpp"
#include "tests/seed.hpp"

namespace paywall::tests {
namespace {

using markdown::Proof;
using test::Random;

constexpr std::array starts{"",     "",      "",       "- ",   "- ",   "* ",     "1. ",    "2. ",
                            "> ",   "# ",    "## ",    "#",    "    ", "  ",     "\t",     "| ",
                            "```",  "~~~",   "---",    "===",  "***",  "- - ",   "1.",     "12)",
                            "+",    "<div>", "</div>", "<!--", "-->",  "- [ ] ", "    - ", "> - ",
                            "|--|", "**",    "_",      "\\",   "&",    "   - "};
constexpr std::array words{"\u5728\u8336\u56ed\u91cc",
                           "word",
                           "a",
                           "x y",
                           "\uff0c",
                           "\u3002",
                           " ",
                           "  ",
                           "1",
                           ".",
                           ",",
                           "*",
                           "**",
                           "_",
                           "~~",
                           "`",
                           "``",
                           "\\",
                           "[",
                           "]",
                           "](",
                           "(",
                           ")",
                           "[a](b)",
                           "![a](/b.png)",
                           "<b>",
                           "</b>",
                           "<",
                           ">",
                           "&",
                           "amp;",
                           "&amp;",
                           "http://a.b",
                           "://",
                           "www.",
                           "www.a.b",
                           "@",
                           "a@b.c",
                           ":",
                           "|",
                           "#",
                           "!",
                           "\"",
                           "t(u \"v",
                           "-",
                           "=",
                           "\u201c\u53f6\u5b50\u201d",
                           "[a\u53f6](http://a.b/c)"};

template <typename Choices>
std::string_view choose(Random& random, const Choices& choices) {
    return choices[random(choices.size())];
}

/// A word that no other is like, so that the parser's judge finds at once what is left out.
std::string make_word(Random& random) {
    std::string word;
    if (random(2) == 0) {
        for (int i = 0; i < 5; ++i) word += static_cast<char>('a' + random(22));
        return word + ' ';
    }
    for (int i = 0; i < 3; ++i) {  // of U+5000 to U+8FFF
        word += static_cast<char>(0xE5 + random(4));
        word += static_cast<char>(0x80 + random(64));
        word += static_cast<char>(0x80 + random(64));
    }
    return word;
}

/// Mostly prose; `wild` of 100 words are anything.
std::string make_line(Random& random, std::size_t wild) {
    std::string line;
    if (random(100) < wild * 2) line += choose(random, starts);
    for (auto count = random(5); count > 0; --count)
        line += random(100) < wild ? std::string(choose(random, words)) : make_word(random);
    return line;
}

/// Where a marker may stand: at line ends mostly.
void put_markers(Random& random, std::string& text) {
    for (auto pairs = 1 + random(3), at = std::size_t{0}; pairs > 0; --pairs) {
        for (const std::string_view marker : {"##paidbegin##", "##paidend##"}) {
            at += random(text.size() - at + 1);
            auto place = at;
            if (const auto end = text.find('\n', at); random(3) > 0 && end != text.npos) {
                place = end + random(2);
                if (random(2) == 0) {
                    text.insert(place, "\n");
                    if (random(2) == 0) ++place;
                }
            }
            while (place < text.size() &&
                   (static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U)
                ++place;
            text.insert(place, marker);
            at = place + marker.size();
        }
    }
}

std::string make_source(Random& random) {
    const auto wild = choose(random, std::array<std::string_view, 4>{"", "\x05", "\x14", "\x50"});
    const auto share = wild.empty() ? std::size_t{1} : static_cast<std::size_t>(wild.front());
    std::string text;
    for (auto lines = 1 + random(9); lines > 0; --lines) {
        text += make_line(random, share);
        text += random(2) == 0 ? "\n\n" : "\n";
    }
    if (random(4) == 0) text.pop_back();
    put_markers(random, text);
    return text;
}

struct Cut {
    markdown::Outline outline;
    std::vector<Piece> pieces;
};

/// A document's segments, as the cut is given them.
Cut cut_of(const Document& document) {
    Cut cut;
    std::vector<Span> markers;
    for (const auto& segment : document.segments) {
        if (!cut.pieces.empty()) {
            const auto begin = cut.pieces.back().exact.end();
            markers.push_back({begin, segment.exact.offset - begin});
        }
        const bool is_free =
            document.accesses.admits(segment.access, reader_of(EditionKind::preview));
        cut.pieces.push_back({.fate = is_free ? Piece::Fate::kept : Piece::Fate::withheld,
                              .exact = segment.exact,
                              .content = segment.content,
                              .opener_line_end = segment.opener_line_end});
    }
    std::vector<Diagnostic> diagnostics;
    cut.outline = markdown::read_outline(document.text.utf8(), markers, cut.pieces, diagnostics);
    if (!diagnostics.empty()) cut.pieces.clear();
    return cut;
}

/// What an edition is made of, or that there is none.
std::string told(const Cut& cut, Empty empty, Proof proof) {
    const auto result = markdown::cut(cut.outline, cut.pieces, empty, proof);
    if (std::holds_alternative<Diagnostic>(result)) return "refused";
    std::string text;
    for (const auto& part : std::get<Composition>(result)) {
        const auto span = cut.outline.text.substr(part.span.offset, part.span.length);
        if (part.kind == Part::Kind::source) text += span;
        if (part.kind == Part::Kind::placeholder) text.append("{").append(span).append("}");
        text += part.text;
    }
    return text;
}

/// The same without its cuts, or with all of it: as a reader is given it.
markdown::Units units_of(const Cut& cut, Empty empty, Piece::Fate most) {
    std::string text;
    for (const auto& piece : cut.pieces) {
        const auto span = empty == Empty::kept ? piece.exact : piece.content;
        if (piece.fate <= most) text += cut.outline.text.substr(span.offset, span.length);
    }
    return markdown::flatten(std::string_view(text).substr(cut.outline.front_matter)).units;
}

/// Is one text the other with whole blocks and text left out? The parser's judge goes on at the
/// first place that fits, and so refuses some that are; this tries all.
bool is_left(const markdown::Units& whole, const markdown::Units& cut) {
    std::vector<bool> reached(whole.size() + 1);
    reached[0] = true;
    for (std::size_t taken = 0;; ++taken) {
        for (std::size_t from = 0; from < whole.size(); ++from) {
            int depth = 0;
            int inlines = 0;
            int tags = 0;
            for (auto to = from;
                 reached[from] && to < whole.size() && depth >= 0 && inlines >= 0 && tags >= 0;
                 ++to) {
                depth += whole[to].depth;
                inlines += whole[to].inlines;
                tags += whole[to].tags;
                if (depth == 0 && inlines == 0 && tags == 0) reached[to + 1] = true;
            }
        }
        if (taken == cut.size()) return reached.back();
        std::vector<bool> next(whole.size() + 1);
        for (std::size_t at = 0; at < whole.size(); ++at)
            next[at + 1] = reached[at] && whole[at] == cut[taken];
        reached = std::move(next);
    }
}

/// Is the cut harmless that `{` and `}` stand around?
bool is_harmless(std::string text) {
    std::vector<Span> cuts;
    for (std::size_t begin = 0; (begin = text.find('{')) != text.npos;) {
        text.erase(begin, 1);
        const auto end = text.find('}');
        text.erase(end, 1);
        cuts.push_back({begin, end - begin});
    }
    return markdown::is_surely_harmless(text, cuts);
}

TEST(MarkdownShortcut, KnowsPlainCutsFromOthers) {
    for (const auto* text : {
             "free {paid }free\n",
             "free\n{paid\n}free\n",
             "free\n{paid}free\n",
             "{paid\n}free\n",
             "free\n\n{## Paid\n\n- paid\n- *paid* [paid](x)\n}\nfree\n",
             "# Free\n\nfree\n{\npaid\n\n```\npaid\n```\n}",
             "```\nfree\n```\n\n{paid\n\n}free\n",
             "free [a](http://a.b/c), **free** {paid }free `free`\n\n- free\n",
             "- free {paid}\n- free {paid} free\n- free\n",
             "> free {paid}\n> free\n",
             "1. free {paid}\n2. free\n",
             "free\r\n\r\n{paid\r\n\r\n}free\r\n",
         })
        EXPECT_TRUE(is_harmless(text)) << text;
    for (const auto* text : {
             "free *{paid} free\n",
             "free {*paid} free\n",
             "free &{paid }amp;\n",
             "free [free](a{paid})\n",
             "free <b {paid} free>\n",
             "http://a.b{paid}free\n",
             "www.{paid}\n",
             "{www.}free\n",
             "free\\\n{paid\n}",
             "free\n{---\n}free\n",
             "free\n{paid\n}---\n",
             "free\n\n{paid\n\n}    free\n",
             "- free\n\n{paid\n\n}free\n",
             "free\n\n{- paid\n\n}- free\n",
             "free\n\n{```\n}free\n",
             "```\nfree {paid}\n```\n",
             "free\n\n{<div>\n\n}free\n",
             "free\n\n{[paid]: a\n\n}free\n",
             "free\n{\npaid\n\n}free\n",
             "{paid}1. free\n",
             "free\n{paid}\nfree\n",
             "free\n{paid\n}| free |\n|--|\n",
         })
        EXPECT_FALSE(is_harmless(text)) << text;
}

TEST(MarkdownShortcut, GivesWhatTheParserGives) {
    Random random(test::run_seed());
    const Parser parser(fastadmin());
    const char* asked = std::getenv("PAYWALL_SHORTCUT_COUNT");
    const std::size_t count = asked != nullptr      ? std::strtoul(asked, nullptr, 10)
                              : test::is_slow_build ? 5000
                                                    : 60000;
    for (std::size_t i = 0; i < count && !HasFailure(); ++i) {
        const auto source = make_source(random);
        const auto parsed = parser.parse(source);
        if (!std::holds_alternative<Document>(parsed)) continue;
        const auto cut = cut_of(std::get<Document>(parsed));
        if (cut.pieces.empty()) continue;
        const auto empty = random(2) == 0 ? Empty::kept : Empty::taken_along;
        const auto quick = told(cut, empty, Proof::cheapest);
        const auto sure = told(cut, empty, Proof::parsed);
        if (quick == sure) continue;
        const bool is_harmless = is_left(units_of(cut, empty, Piece::Fate::withheld),
                                         units_of(cut, empty, Piece::Fate::kept));
        EXPECT_TRUE(sure == "refused" && is_harmless) << source << "\n->\n"
                                                      << quick << "\nnot\n"
                                                      << sure;
    }
}

}  // namespace
}  // namespace paywall::tests
