#include "parser/encoding.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "parser/offset_map.hpp"
#include "parser/transcode.hpp"
#include "parser/utf.hpp"

namespace paywall {
namespace {

using namespace std::string_literals;
using Kind = EncodingFault::Kind;

std::string encoded(std::string_view utf8, const std::string& name) {
    const auto result = encode(utf8, name);
    EXPECT_TRUE(std::holds_alternative<std::string>(result)) << name;
    return std::get<std::string>(result);
}

/// One line for what decode() says: `UTF-8 "text"`, or `invalid 3+1 UTF-8`.
std::string judged(std::string_view bytes, std::string_view name = {}) {
    const auto result = decode(bytes, name);
    if (const auto* text = std::get_if<Text>(&result)) {
        return std::string(text->encoding()) + " \"" + std::string(text->utf8()) + "\"";
    }
    const auto& fault = std::get<EncodingFault>(result);
    const std::string kind = fault.kind == Kind::binary    ? "binary"
                             : fault.kind == Kind::invalid ? "invalid"
                                                           : "unsupported";
    return kind + " " + std::to_string(fault.span.offset) + "+" +
           std::to_string(fault.span.length) + " " + fault.encoding;
}

TEST(Decode, Utf8IsViewedAsItIs) {
    const std::string bytes = "a ##paidbegin## 四、要\n";
    const auto result = decode(bytes);
    const Text& text = std::get<Text>(result);
    EXPECT_EQ(text.encoding(), "UTF-8");
    EXPECT_EQ(text.utf8().data(), bytes.data());
    EXPECT_EQ(text.utf8().size(), bytes.size());
    EXPECT_EQ(text.to_source(std::size_t{7}), 7u);
}

TEST(Decode, EmptySource) {
    EXPECT_EQ(judged(""), "UTF-8 \"\"");
    EXPECT_EQ(judged("", "GB18030"), "GB18030 \"\"");
    EXPECT_EQ(judged("", "UTF-16"), "UTF-16BE \"\"");
}

TEST(Decode, ByteOrderMarks) {
    EXPECT_EQ(judged("\xEF\xBB\xBFx"), "UTF-8 \"x\"");
    EXPECT_EQ(judged("\xFF\xFEx\0"s), "UTF-16LE \"x\"");
    EXPECT_EQ(judged("\xFE\xFF\0x"s), "UTF-16BE \"x\"");
    EXPECT_EQ(judged("\xFF\xFE\0\0x\0\0\0"s), "UTF-32LE \"x\"");
    EXPECT_EQ(judged("\0\0\xFE\xFF\0\0\0x"s), "UTF-32BE \"x\"");
    EXPECT_EQ(judged("\x84\x31\x95\x33x", "GB18030"), "GB18030 \"x\"");
    EXPECT_EQ(judged("\xEF\xBB\xBF"), "UTF-8 \"\"");
    EXPECT_EQ(judged("\xFF\xFE"), "UTF-16LE \"\"");
}

TEST(Decode, OffsetsGoAroundTheByteOrderMark) {
    const std::string bytes = "\xEF\xBB\xBFxy";
    const Text text = std::get<Text>(decode(bytes));
    EXPECT_EQ(text.to_source(std::size_t{0}), 3u);
    EXPECT_EQ(text.to_source(std::size_t{2}), 5u);
    EXPECT_EQ(text.to_utf8(std::size_t{1}), 0u);
    EXPECT_EQ(text.to_utf8(std::size_t{4}), 1u);
    EXPECT_EQ(text.to_source(Span{1, 1}), (Span{4, 1}));
    EXPECT_EQ(text.to_utf8(Span{0, 5}), (Span{0, 2}));
}

TEST(Decode, AMarkThatContradictsTheNameIsRefused) {
    EXPECT_EQ(judged("\xEF\xBB\xBFx", "GB18030"), "invalid 0+3 GB18030");
    EXPECT_EQ(judged("\xFF\xFEx\0"s, "UTF-16BE"), "invalid 0+2 UTF-16BE");
    EXPECT_EQ(judged("\xFF\xFEx\0"s, "UTF-8"), "invalid 0+2 UTF-8");
}

TEST(Decode, NamesLeaveTheByteOrderOpen) {
    EXPECT_EQ(judged("\0x"s, "UTF-16"), "UTF-16BE \"x\"");
    EXPECT_EQ(judged("\xFF\xFEx\0"s, "utf16"), "UTF-16LE \"x\"");
    EXPECT_EQ(judged("\xFF\xFE\0\0x\0\0\0"s, "UTF-32"), "UTF-32LE \"x\"");
}

TEST(Decode, InvalidUtf8AtTheMaximalSubpart) {
    EXPECT_EQ(judged("四五六\xE4\xBD 七八"), "invalid 9+2 UTF-8");
    EXPECT_EQ(judged("四五\xC0\xAF"), "invalid 6+1 UTF-8");          // overlong
    EXPECT_EQ(judged("四五六\xED\xA0\x80"), "invalid 9+1 UTF-8");    // a surrogate
    EXPECT_EQ(judged("四\xF4\x90\x80\x80"), "invalid 3+1 UTF-8");    // above U+10FFFF
    EXPECT_EQ(judged("\xEF\xBB\xBF四五\xFF"), "invalid 9+1 UTF-8");  // counted with the mark
    EXPECT_EQ(judged("caf\xE9 au lait"), "invalid 3+1 UTF-8");       // Latin 1
    EXPECT_EQ(judged("caf\xE9"), "invalid 3+1 UTF-8");
    EXPECT_EQ(judged("\xFFx", "UTF-8"), "invalid 0+1 UTF-8");
}

TEST(Decode, InvalidAcrossBlocks) {
    for (std::size_t at = 65530; at < 65540; ++at) {
        std::string bytes(at, 'x');
        bytes += "四";
        EXPECT_EQ(judged(bytes), "UTF-8 \"" + bytes + "\"");
        bytes += "\x80\x80\x80\x80\x80";
        EXPECT_EQ(judged(bytes, "UTF-8"), "invalid " + std::to_string(at + 3) + "+1 UTF-8");
    }
}

TEST(Decode, Gb18030WithoutName) {
    EXPECT_EQ(judged(encoded("四、要坚持＃＃paidbegin＃＃𠀀", "GB18030")),
              "GB18030 \"四、要坚持＃＃paidbegin＃＃𠀀\"");
    EXPECT_EQ(judged(encoded("你好", "GBK")), "GB18030 \"你好\"");
}

/// Every character, with where each begins: its tables are as ICU's converter encodes.
TEST(Decode, Gb18030Characters) {
    std::string utf8;
    std::string bytes;
    std::vector<Span> places;  // of each character, in UTF-8 and in GB18030
    for (char32_t c = 1; c < 0x110000; c += c < 0x3000 || (c >= 0x4E00 && c < 0x5000) ? 1 : 7) {
        if (c >= 0xD800 && c < 0xE000) continue;
        std::array<char, 4> written;
        const auto* const end = write_utf8(c, written.data());
        const std::string character(written.data(), static_cast<std::size_t>(end - written.data()));
        places.push_back({utf8.size(), bytes.size()});
        utf8 += character;
        bytes += encoded(character, "GB18030");
    }
    const auto result = decode(bytes, "GB18030");
    ASSERT_TRUE(std::holds_alternative<Text>(result));
    const auto& text = std::get<Text>(result);
    EXPECT_EQ(text.utf8(), utf8);
    for (const auto& [in_utf8, in_bytes] : places) {
        ASSERT_EQ(text.to_source(in_utf8), in_bytes);
        ASSERT_EQ(text.to_utf8(in_bytes), in_utf8);
    }
}

TEST(Decode, DamagedUtf8IsNotGb18030) {
    // Valid GB18030, too; but four of the six sequences are valid UTF-8.
    EXPECT_EQ(judged("四五六七 \xE5\xE5"), "invalid 13+1 UTF-8");
    EXPECT_EQ(judged("四五六七 \xE5\xE5", "GB18030").substr(0, 8), "GB18030 ");
}

TEST(Decode, NulIsBinary) {
    EXPECT_EQ(judged("ab\0c"s), "binary 2+1 UTF-8");
    EXPECT_EQ(judged("\xEF\xBB\xBFx\0"s), "binary 4+1 UTF-8");
    EXPECT_EQ(judged("\xFF\xFEx\0\0\0y\0"s), "binary 4+2 UTF-16LE");
    EXPECT_EQ(judged("ab\0c"s, "GB18030"), "binary 2+1 GB18030");
    EXPECT_EQ(judged("\0"s), "binary 0+1 UTF-8");
    EXPECT_EQ(judged("\x7F"
                     "ELF\2\1\1\0\0\0\0\0\0\0\0\0"s),
              "binary 7+1 UTF-8");
}

TEST(Decode, Utf16And32WithoutMark) {
    for (const auto* name : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
        for (const auto* text : {"Plain words, café.\n", "四、要坚持抓一个项目\n不上下\n",
                                 "free ##paidbegin##一二三##paidend## 𠀀😀", "<paid>一</paid>",
                                 "a “quoted” line — and more…\r\nnext"}) {
            EXPECT_EQ(judged(encoded(text, name)), std::string(name) + " \"" + text + "\"");
        }
    }
}

TEST(Decode, WhatIsNotSurelyUtf16IsBinary) {
    // 8-bit text with stray NULs, which read as UTF-16 is Chinese with a space.
    EXPECT_EQ(judged("some \0##paidbegin##secret##paidend##"s), "binary 5+1 UTF-8");
    EXPECT_EQ(judged("abcd \0##paidbegin##secret##paidend##"s), "binary 5+1 UTF-8");
    EXPECT_EQ(judged(encoded("Words\n", "UTF-16LE") + "##paidbegin##secret"), "binary 1+1 UTF-8");
    EXPECT_EQ(judged(encoded("文字\n", "UTF-16LE") + "plain words in the end of a text"),
              "binary 5+1 UTF-8");
    // Either order is text with a space.
    EXPECT_EQ(judged("\x20\0\0\x20"s), "binary 1+1 UTF-8");
    // Neither order has evidence.
    EXPECT_EQ(judged("\0N"s), "binary 0+1 UTF-8");
    // Odd sizes, lone surrogates, private characters.
    EXPECT_EQ(judged("a\0 \0b"s), "binary 1+1 UTF-8");
    EXPECT_EQ(judged("a\0 \0\0\xD8"s), "binary 1+1 UTF-8");
    EXPECT_EQ(judged("a\0 \0\0\xE1"s), "binary 1+1 UTF-8");
}

/// Two characters in a row that may be four ASCII bytes, of a marker: the text is UTF-16 only if
/// its bytes cannot be GB18030 as well.
TEST(Decode, AsciiInUtf16IsNoUtf16Unless8BitTextIsOutOfTheQuestion) {
    const auto is_read = [](std::string_view text, const char* name) {
        return judged(encoded(text, name)) == std::string(name) + " \"" + std::string(text) + "\"";
    };
    EXPECT_TRUE(is_read("慢捤，#\n", "UTF-16LE"));   // FF begins nothing
    EXPECT_TRUE(is_read("慢捤めa#\n", "UTF-16LE"));  // 81 30 goes on with 81 to FE
    EXPECT_TRUE(is_read("#慢捤的", "UTF-16BE"));     // ends within a sequence
    EXPECT_EQ(judged(encoded("慢捤#\n", "UTF-16LE")), "binary 5+1 UTF-8");
    EXPECT_EQ(judged(encoded("慢捤的#\n", "UTF-16LE")), "binary 7+1 UTF-8");    // 84 76
    EXPECT_EQ(judged(encoded("慢捤めめ#\n", "UTF-16LE")), "binary 9+1 UTF-8");  // 81 30 81 30
}

TEST(Decode, InvalidUtf16And32) {
    EXPECT_EQ(judged("\xFF\xFEx\0\0\xD8y\0"s), "invalid 4+2 UTF-16LE");
    EXPECT_EQ(judged("\xFF\xFEx\0\0\xDCy\0"s), "invalid 4+2 UTF-16LE");
    EXPECT_EQ(judged("\xFF\xFEx\0\0\xD8"s), "invalid 4+2 UTF-16LE");
    EXPECT_EQ(judged("\xFF\xFEx\0y"s), "invalid 4+1 UTF-16LE");
    EXPECT_EQ(judged("\0\0\xFE\xFF\0\x11\0\0"s), "invalid 4+4 UTF-32BE");
    EXPECT_EQ(judged("\0\0\xFE\xFF\0\0\xD8\0"s), "invalid 4+4 UTF-32BE");
}

TEST(Decode, InvalidInATable) {
    EXPECT_EQ(judged("ab\xFFz", "GB18030"), "invalid 2+1 GB18030");
    EXPECT_EQ(judged("ab\xC4", "GB18030"), "invalid 2+1 GB18030");
    EXPECT_EQ(judged("a\x81", "Shift_JIS"), "invalid 1+1 Shift_JIS");
    const std::string far = encoded(std::string(9999, 'x') + "四四", "GB18030");
    EXPECT_EQ(judged(far + "\xFF", "GB18030"), "invalid 10003+1 GB18030");
}

TEST(Decode, SignaturesOfWhatIsNotRead) {
    EXPECT_EQ(judged("+/v8-+ACMAIw-paidbegin"), "unsupported 0+4 UTF-7");
    EXPECT_EQ(judged("\x0E\xFE\xFFtext"), "unsupported 0+3 SCSU");
}

TEST(Decode, UnknownAndStatefulNames) {
    for (const auto* name : {"no-such", "ISO-2022-JP", "ISO-2022-CN", "HZ-GB-2312", "UTF-7", "SCSU",
                             "BOCU-1", "IMAP-mailbox-name", "LMBCS-1", "ibm-930_P120-1999",
                             "x-iscii-de", "x11-compound-text", "../UTF-8", " "}) {
        EXPECT_FALSE(is_known_encoding(name)) << name;
        EXPECT_EQ(judged("x", name), "unsupported 0+0 " + std::string(name));
    }
    EXPECT_FALSE(is_known_encoding(""));
    for (const auto* name :
         {"utf8", "UTF-8", "latin1", "GBK", "gb2312", "Big5", "Big5-HKSCS", "Shift_JIS", "EUC-JP",
          "EUC-KR", "windows-1252", "KOI8-R", "UTF-16", "UTF-32LE", "CESU-8"}) {
        EXPECT_TRUE(is_known_encoding(name)) << name;
    }
}

TEST(Encode, NoMarkAndTheRightOrder) {
    EXPECT_EQ(encoded("x", "UTF-16LE"), "x\0"s);
    EXPECT_EQ(encoded("x", "UTF-16"), "\0x"s);
    EXPECT_EQ(encoded("😀", "UTF-16BE"), "\xD8\x3D\xDE\x00"s);
    EXPECT_EQ(encoded("😀", "UTF-32LE"), "\x00\xF6\x01\x00"s);
    EXPECT_EQ(encoded("四", "UTF-8"), "四");
    const std::string bytes = "\xFF\xFEx\0"s;
    const Text text = std::get<Text>(decode(bytes));
    EXPECT_EQ(std::get<std::string>(text.encode("y四")), "y\0\xDB\x56"s);
}

TEST(Encode, NamesWhatItCannotWrite) {
    EXPECT_EQ(std::get<char32_t>(encode("é四", "latin1")), U'四');
    EXPECT_EQ(std::get<char32_t>(encode("x😀", "Big5")), U'😀');
    // ICU by itself would drop it in silence.
    EXPECT_EQ(std::get<char32_t>(encode("x\u200By", "windows-1252")), U'\u200B');
}

/// Every boundary between code points goes to the source and back, and what lies between two
/// of them decodes to the same characters.
void expect_exact_map(const std::string& utf8, const std::string& name) {
    const std::string bytes = encoded(utf8, name);
    const auto result = decode(bytes, name);
    ASSERT_TRUE(std::holds_alternative<Text>(result)) << name << ": " << judged(bytes, name);
    const Text& text = std::get<Text>(result);
    ASSERT_EQ(text.utf8(), utf8) << name;
    std::string joined;
    for (std::size_t i = 0; i < utf8.size();) {
        const std::size_t next = i + read_utf8(utf8, i).length;
        const Span span = text.to_source(Span{i, next - i});
        ASSERT_EQ(span.offset, joined.size()) << name;
        ASSERT_EQ(text.to_utf8(span), (Span{i, next - i})) << name;
        joined += bytes.substr(span.offset, span.length);
        ASSERT_EQ(encoded(utf8.substr(i, next - i), name), bytes.substr(span.offset, span.length));
        i = next;
    }
    ASSERT_EQ(joined, bytes) << name;
    ASSERT_EQ(text.to_source(utf8.size()), bytes.size());
    ASSERT_EQ(text.to_utf8(bytes.size()), utf8.size());
}

TEST(OffsetMap, ExactForRandomTextInEveryEncoding) {
    std::mt19937 random(20240501);
    const std::vector<std::vector<char32_t>> alphabets{
        {U'a', U'#', U'\n', U'四', U'、', U'＃'},
        {U'x', U'я', U'é', U'四', U'𠀀', U'😀', U'\u200B'},
        {U'四'},
        {U'a', U'𠀀'},
    };
    for (const auto* name : {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030",
                             "CESU-8", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "GBK"}) {
        for (const auto& alphabet : alphabets) {
            for (const std::size_t length : {1u, 100u, 5000u, 20000u}) {
                std::string utf8;
                for (std::size_t i = 0; i < length; ++i) {
                    std::array<char, 4> buffer;
                    const char32_t c = alphabet[random() % alphabet.size()];
                    const std::string one(buffer.data(), write_utf8(c, buffer.data()));
                    if (std::holds_alternative<std::string>(encode(one, name))) utf8 += one;
                    if (length > 5000 && name != "GB18030"s && name != "UTF-16LE"s) break;
                }
                expect_exact_map(utf8, name);
            }
        }
    }
}

TEST(OffsetMap, APairOfCharactersIsOneUnit) {
    const std::string bytes = "\xEC\xCD\xEC\xCD";
    const std::string name = "ibm-16684_P110-2003";
    if (!is_known_encoding(name)) GTEST_SKIP() << "this ICU has no encoding with pairs";
    const auto result = decode(bytes, name);
    const Text& text = std::get<Text>(result);
    const std::size_t half = text.utf8().size() / 2;
    const std::size_t inner = half + read_utf8(text.utf8(), half).length;
    ASSERT_LT(inner, text.utf8().size());
    EXPECT_EQ(text.to_source(half), 2u);
    EXPECT_EQ(text.to_source(inner), 2u);
    EXPECT_EQ(text.to_source(text.utf8().size()), bytes.size());
    EXPECT_EQ(text.to_utf8(bytes.size()), text.utf8().size());
}

TEST(OffsetMap, LongRuns) {
    OffsetMap map;
    map.append({3, 2}, 1'000'000);
    map.append({1, 2}, 1);
    map.append({3, 2}, 70'000);
    EXPECT_EQ(map.to_source(0), 0u);
    EXPECT_EQ(map.to_source(3 * 999'999), 2u * 999'999);
    EXPECT_EQ(map.to_source(3'000'001), 2'000'002u);
    EXPECT_EQ(map.to_source(3'000'001 + 3 * 69'999), 2'000'002u + 2 * 69'999);
    EXPECT_EQ(map.to_utf8(2'000'002), 3'000'001u);
    EXPECT_EQ(map.to_utf8(9'999'999), 3'000'001u + 3 * 70'000);
}

/// Compared with a list of them.
TEST(OffsetMap, UnitsOfAllLengths) {
    std::mt19937 random(20261130);
    for (const std::size_t longest : {1U, 2U, 4U, 63U, 64U, 65U, 255U}) {
        OffsetMap map;
        std::vector<OffsetMap::Unit> starts{{0, 0}};  // and the end
        for (int i = 0; i < 2000; ++i) {
            const OffsetMap::Unit unit{1 + random() % longest, 1 + random() % longest};
            const auto count = random() % 4 == 0 ? random() % 300 : 1;
            map.append(unit, count);
            for (std::size_t n = 0; n < count; ++n)
                starts.push_back(
                    {starts.back().utf8 + unit.utf8, starts.back().source + unit.source});
        }
        for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
            const auto [utf8, source] = starts[i];
            for (auto at = utf8; at < starts[i + 1].utf8; ++at)
                ASSERT_EQ(map.to_source(at), source) << longest << ": " << at;
            for (auto at = source; at < starts[i + 1].source; ++at)
                ASSERT_EQ(map.to_utf8(at), utf8) << longest << ": " << at;
        }
        EXPECT_EQ(map.to_source(starts.back().utf8), starts.back().source);
        EXPECT_EQ(map.to_utf8(starts.back().source + 9), starts.back().utf8);
    }
}

TEST(Decode, AnyBytesGiveATextOrAFault) {
    std::mt19937 random(7);
    const std::vector<std::string> names{
        "",       "UTF-8",  "UTF-16LE", "UTF-32BE", "GB18030", "Shift_JIS", "Big5-HKSCS",
        "latin1", "EUC-TW", "CESU-8",   "ibm-37",   "UTF-16",  "UTF-32LE",  "EUC-JP"};
    const std::string awkward =
        "\0\0\0#a \n\r\xFF\xFE\xEF\xBB\xBF\xE5\x9B\x9B\x81\x30\x84\x31\x95\x33\xD8\xDC\x8F\x8E"s;
    for (int round = 0; round < 6000; ++round) {
        std::string bytes;
        for (std::size_t size = random() % 24; size > 0; --size) {
            bytes += random() % 3 ? awkward[random() % awkward.size()]
                                  : static_cast<char>(random() % 256);
        }
        const auto result = decode(bytes, names[random() % names.size()]);
        if (const auto* fault = std::get_if<EncodingFault>(&result)) {
            ASSERT_LE(fault->span.end(), bytes.size());
            continue;
        }
        const Text& text = std::get<Text>(result);
        ASSERT_FALSE(first_invalid_utf8(text.utf8()));
        ASSERT_EQ(text.utf8().find('\0'), std::string_view::npos);
        ASSERT_EQ(text.to_source(text.utf8().size()), bytes.size());
        std::size_t last = 0;
        for (std::size_t i = 0; i <= text.utf8().size(); ++i) {
            ASSERT_GE(text.to_source(i), last);
            last = text.to_source(i);
        }
    }
}

}  // namespace
}  // namespace paywall
