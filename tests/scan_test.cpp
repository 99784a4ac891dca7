#include "parser/scan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/triggers.hpp"
#include "parser/utf.hpp"
#include "tests/seed.hpp"

namespace paywall {
namespace {

using Offsets = std::vector<std::size_t>;

ByteSet bytes(std::string_view characters) {
    ByteSet set;
    for (const char c : characters) set.set(static_cast<unsigned char>(c));
    return set;
}

/// Where the pattern matches, asked at every place, with nothing of Scanner.
Offsets matches_of(const ScanPattern& pattern, std::string_view text) {
    const auto padded = std::string(text) + std::string(ScanPattern::longest, '\0');
    Offsets offsets;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (pattern.matches(padded.data() + i)) offsets.push_back(i);
    }
    return offsets;
}

Offsets scanned(const ScanPattern& pattern, std::string_view text, ScanMethod method) {
    Scanner scanner(pattern, text, method);
    Offsets offsets;
    for (auto at = scanner.next(0); at < text.size(); at = scanner.next(at + 1)) {
        offsets.push_back(at);
    }
    return offsets;
}

void expect_all_agree(const ScanPattern& pattern, std::string_view text) {
    const auto expected = matches_of(pattern, text);
    ASSERT_EQ(scanned(pattern, text, ScanMethod::plain), expected);
    ASSERT_EQ(scanned(pattern, text, ScanMethod::vector), expected);
}

const ScanPattern& triggers() {
    static const ScanPattern pattern = triggers_of(fastadmin());
    return pattern;
}

std::string format_md() {
    std::ifstream file(PAYWALL_FORMAT_MD, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string random_text(std::mt19937_64& engine, std::u32string_view alphabet, std::size_t size) {
    std::string text;
    while (text.size() < size) {
        char buffer[4];
        text.append(buffer, write_utf8(alphabet[engine() % alphabet.size()], buffer));
    }
    return text;
}

std::u32string all_code_points() {
    std::u32string all;
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (c < 0xD800 || c >= 0xE000) all.push_back(c);
    }
    return all;
}

TEST(Scan, MatchesAShape) {
    ScanPattern pattern;
    pattern.add(0, {bytes("#"), bytes("pP")});
    pattern.add(1, {bytes("a"), bytes("b"), bytes("c"), bytes("d"), bytes("e"), bytes("fF")});
    EXPECT_EQ(scanned(pattern, "#p ## #P #", ScanMethod::vector), (Offsets{0, 6}));
    EXPECT_EQ(scanned(pattern, "abcdef abcdeF abcdex abcde", ScanMethod::vector), (Offsets{0, 7}));
}

TEST(Scan, MatchesCodePointsOfEveryLength) {
    ScanPattern pattern;
    for (const char32_t c : {U'\x01', U'\u00A5', U'\uFF03', U'\U0001D429'}) pattern.add(2, c);
    const std::string text = "\x01 \u00A5\u00A6 \uFF03\uFF04 \U0001D429\U0001D428 a";
    const Offsets expected{0, 2, 7, 14};
    EXPECT_EQ(matches_of(pattern, text), expected);
    expect_all_agree(pattern, text);
}

TEST(Scan, EveryCodePointIsFoundAndNoOther) {
    ScanPattern pattern;
    for (char32_t c = 0x80; c < 0x110000; c += 97) pattern.add(c % ScanPattern::groups, c);
    std::string text;
    Offsets expected;
    for (char32_t c = 0x80; c < 0x110000; c += c % 3 == 0 ? 1 : 13) {
        if (c >= 0xD800 && c < 0xE000) continue;
        if ((c - 0x80) % 97 == 0) expected.push_back(text.size());
        char buffer[4];
        text.append(buffer, write_utf8(c, buffer));
    }
    EXPECT_GT(expected.size(), 500U);
    EXPECT_EQ(scanned(pattern, text, ScanMethod::vector), expected);
    expect_all_agree(pattern, text);
}

TEST(Scan, NothingToFind) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, Scanner::block_size * 2}) {
        const std::string text(size, 'x');
        EXPECT_EQ(Scanner(triggers(), text).next(0), size);
        EXPECT_EQ(Scanner(triggers(), text, ScanMethod::plain).next(0), size);
    }
}

TEST(Scan, AskedAgainGivesTheSame) {
    const std::string text = "one ##paidbegin## two";
    Scanner scanner(triggers(), text);
    const auto first = scanner.next(0);
    EXPECT_EQ(scanner.next(0), first);
    EXPECT_EQ(scanner.next(first), first);
    EXPECT_EQ(scanner.next(text.size()), text.size());
}

/// The end of a text matches only what fits into it: what lies behind is not read as text.
TEST(Scan, EndsWithTheText) {
    const std::string text = "##paidbegin##";
    ScanPattern pattern;
    pattern.add(0, {bytes("#"), bytes("#"), bytes("p"), bytes("a")});
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const auto expected = size < 4 ? Offsets{} : Offsets{0};
        EXPECT_EQ(scanned(pattern, std::string_view(text).substr(0, size), ScanMethod::vector),
                  expected);
    }
}

/// A marker at every place around the borders of blocks, in texts that end around them too.
TEST(Scan, BlockBorders) {
    const std::string marker = "\uFF03##paidbegin##";
    const std::size_t block = Scanner::block_size;
    for (std::size_t blocks = 1; blocks <= 2; ++blocks) {
        for (std::size_t at = block * blocks - 20; at <= block * blocks + 4; ++at) {
            std::string text(at, 'x');
            text += marker;
            expect_all_agree(triggers(), text);
            text.resize(std::max(text.size(), block * blocks) + at % 7, 'y');
            expect_all_agree(triggers(), text);
            text.append(block, 'z');
            expect_all_agree(triggers(), text);
        }
    }
}

TEST(Scan, RealTextFromEveryOffset) {
    const auto text = format_md();
    ASSERT_GT(text.size(), Scanner::block_size * 4);
    const auto all = std::string_view(text);
    const auto expected = matches_of(triggers(), all);
    for (std::size_t from = 0; from < Scanner::block_size + 64; from += from < 130 ? 1 : 61) {
        const auto rest = all.substr(from);
        Offsets shifted;
        for (const auto offset : expected) {
            if (offset >= from) shifted.push_back(offset - from);
        }
        ASSERT_EQ(scanned(triggers(), rest, ScanMethod::vector), shifted) << from;
    }
    expect_all_agree(triggers(), all);
}

TEST(Scan, RandomTexts) {
    std::mt19937_64 engine(test::run_seed());
    const std::u32string alphabets[] = {all_code_points(), U"#$<paid &;35%\\",
                                        U"pa\u200B\uFF03\uFF04\uFFE5#\u0430\u3002"};
    for (int round = 0; round < 60; ++round) {
        for (const auto& alphabet : alphabets) {
            const auto size = engine() % (3 * Scanner::block_size);
            expect_all_agree(triggers(), random_text(engine, alphabet, size));
        }
    }
}

/// Leaps of any length, as a grammar makes them behind a marker.
TEST(Scan, LeapsGiveTheNextMatch) {
    std::mt19937_64 engine(test::run_seed());
    for (int round = 0; round < 60; ++round) {
        const auto text = random_text(engine, U"#$<paid xyz", 4 * Scanner::block_size);
        const auto all = matches_of(triggers(), text);
        Scanner scanner(triggers(), text);
        for (std::size_t from = 0; from <= text.size(); from += engine() % 5000) {
            const auto next = std::ranges::lower_bound(all, from);
            ASSERT_EQ(scanner.next(from), next == all.end() ? text.size() : *next) << from;
        }
    }
}

bool is_sound(std::string_view text, ScanMethod method) {
    return Scanner(triggers(), text, method).finish();
}

/// Both methods and what is known of UTF-8 elsewhere agree on whether it is UTF-8 without NUL.
void expect_soundness(std::string_view text) {
    const bool expected = text.find('\0') == text.npos && !first_invalid_utf8(text);
    ASSERT_EQ(is_sound(text, ScanMethod::plain), expected);
    ASSERT_EQ(is_sound(text, ScanMethod::vector), expected);
}

/// Bytes at either end of every range that UTF-8 tells apart.
constexpr std::string_view telling_bytes(
    "\x00\x01\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF3\xF4"
    "\xF5\xF7\xF8\xFF",
    27);

TEST(ScanSoundness, EveryFourBytesAlone) {
    for (std::size_t i = 0; i < 27 * 27 * 27 * 27; ++i) {
        const char text[] = {telling_bytes[i % 27], telling_bytes[i / 27 % 27],
                             telling_bytes[i / 27 / 27 % 27], telling_bytes[i / 27 / 27 / 27]};
        const std::size_t size = i % 5 == 0 ? 1 + i / 5 % 4 : 4;
        ASSERT_NO_FATAL_FAILURE(expect_soundness({text, size})) << i;
    }
}

TEST(ScanSoundness, AtBlockBorders) {
    const auto block = Scanner::block_size;
    const std::string_view pieces[] = {"é",
                                       "渡",
                                       "𐍈",
                                       "\xE6",
                                       "\xE6\xB8",
                                       "\xF0\x90\x8D",
                                       "\x80",
                                       "\xC0\x80",
                                       "\xED\xA0\x80",
                                       "\xF4\x90\x80\x80",
                                       std::string_view("\0", 1)};
    for (const auto piece : pieces) {
        for (std::size_t at = block - 70; at <= block + 10; ++at) {
            std::string text(at, 'x');
            text += piece;
            for (const std::size_t more :
                 {std::size_t{0}, std::size_t{1}, std::size_t{70}, block}) {
                ASSERT_NO_FATAL_FAILURE(expect_soundness(text + std::string(more, 'y'))) << at;
            }
        }
    }
}

TEST(ScanSoundness, OfRandomTextsWithOneByteChanged) {
    std::mt19937_64 engine(test::run_seed());
    const auto all = all_code_points();
    for (int round = 0; round < 300; ++round) {
        auto text = random_text(engine, all, 1 + engine() % (3 * Scanner::block_size));
        std::erase(text, '\0');
        expect_soundness(text);
        ASSERT_TRUE(is_sound(text, ScanMethod::vector));
        text[engine() % text.size()] = telling_bytes[engine() % telling_bytes.size()];
        ASSERT_NO_FATAL_FAILURE(expect_soundness(text)) << round;
    }
}

/// What is leapt over is checked as well.
TEST(ScanSoundness, BehindALeap) {
    const auto block = Scanner::block_size;
    std::string text(8 * block, 'x');
    for (const auto method : {ScanMethod::vector, ScanMethod::plain}) {
        for (std::size_t at = 0; at < text.size(); at += 509) {
            text[at] = '\xE6';
            Scanner scanner(triggers(), text, method);
            EXPECT_EQ(scanner.next(7 * block), text.size());
            EXPECT_FALSE(scanner.is_sound()) << at;
            EXPECT_FALSE(scanner.finish());
            text[at] = 'x';
        }
        Scanner scanner(triggers(), text, method);
        EXPECT_EQ(scanner.next(7 * block), text.size());
        EXPECT_TRUE(scanner.finish());
    }
}

TEST(LengthOfRun, IsOfWholeUnits) {
    EXPECT_EQ(length_of_run("a", 1), 1U);
    EXPECT_EQ(length_of_run("aab", 1), 2U);
    EXPECT_EQ(length_of_run("abab", 2), 4U);
    EXPECT_EQ(length_of_run("ababa", 2), 4U);
    EXPECT_EQ(length_of_run("abaa", 2), 2U);
    for (const std::size_t length : {1000U, 1026U, 5000U}) {
        const std::string run(length, 'x');
        EXPECT_EQ(length_of_run(run, 1), length);
        EXPECT_EQ(length_of_run(run + "y", 2), length);
        EXPECT_EQ(length_of_run(run, 3), length - length % 3);
    }
}

}  // namespace
}  // namespace paywall
