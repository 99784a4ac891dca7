// What is made to make the search slow, deep or endless ends, and is told.

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>

#include "audit/explorer.hpp"
#include "audit/paid_text.hpp"
#include "tests/audit/packing.hpp"
#include "tests/audit/plant.hpp"

namespace paywall::audit::tests {
namespace {

using namespace std::string_literals;

const std::string paid =
    "Captain Lin's timetable, as he gave it to us on the quay that morning, is the only one";

class Hostile : public testing::Test {
protected:
    void SetUp() override {
        NormalForm form;
        index_.add_segment({0, {}, paid.size()});
        for (const auto& reading : readings_of(paid, Content::text, 40, form))
            index_.add_text(reading);
        index_.build();
    }

    Explored explore(const std::string& bytes, const std::string& name) {
        const auto begin = std::chrono::steady_clock::now();
        auto explored = explorer_.explore(bytes, name);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        EXPECT_LT(took.count(), 60) << "a bound on work is missing";  // with sanitizers, under load
        return explored;
    }

    static bool has(const Explored& explored, Gap::Kind kind) {
        return std::ranges::any_of(explored.gaps,
                                   [kind](const Gap& gap) { return gap.kind == kind; });
    }

    static std::string repeat(const std::string& text, std::size_t count) {
        std::string result;
        for (std::size_t i = 0; i < count; ++i) result += text;
        return result;
    }

    Index index_{40};
    /// Smaller than those of the program, so that bombs need not be large.
    Explorer explorer_{
        index_,
        {Parser(fastadmin())},
        {.member_bytes = std::size_t{2} << 20, .unpacked_bytes = std::size_t{16} << 20}};
};

TEST_F(Hostile, CompressionBomb) {
    const std::string zeros(std::size_t{32} << 20, '\0');
    const std::string bomb = pack({{"", zeros}}, "raw", "gzip");
    EXPECT_TRUE(has(explore(bomb, "bomb.gz"), Gap::Kind::limit));
    EXPECT_TRUE(
        has(explore(pack({{"a", bomb}, {"b", bomb}}, "zip", "none"), "a.zip"), Gap::Kind::limit));
}

TEST_F(Hostile, BombsOfOtherMakes) {
    const std::string words = repeat("all work and no play ", std::size_t{1} << 20);
    EXPECT_TRUE(has(explore(pack_brotli(words), "a.br"), Gap::Kind::limit));
    EXPECT_TRUE(has(explore(pack_png("zTXt", words), "a.png"), Gap::Kind::limit));
    EXPECT_TRUE(has(explore(pack({{"", words}}, "raw", "zstd"), "a.zst"), Gap::Kind::limit));
}

TEST_F(Hostile, NestedDeeply) {
    std::string bytes = paid;
    for (int i = 0; i < 40; ++i) bytes = pack({{"a.zip", bytes}}, "zip", "none");
    EXPECT_TRUE(has(explore(bytes, "a.zip"), Gap::Kind::limit));
    std::string shallow = paid;
    for (int i = 0; i < 8; ++i) shallow = pack({{"", shallow}}, "raw", "gzip");
    EXPECT_EQ(explore(shallow, "a.gz").leaks.size(), 1U);
}

TEST_F(Hostile, ZerosAreNoEmptyArchive) {
    const std::string zeros(2048, '\0');
    EXPECT_EQ(explore(pack({{"", zeros + paid}}, "raw", "gzip"), "a.gz").leaks.size(), 1U);
}

/// A member that is packed itself is needed whole; one that is not may be of any length.
TEST_F(Hostile, LongMembers) {
    const std::string words = repeat("all work and no play ", std::size_t{1} << 18);
    const std::string end = words + paid;
    EXPECT_EQ(explore(pack({{"a.txt", end}}, "zip", "none"), "a.zip").leaks.size(), 1U);
    const std::string stored = pack({{"a.txt", end}}, "ustar", "none");
    EXPECT_TRUE(has(explore(pack({{"a.tar", stored}}, "zip", "none"), "a.zip"), Gap::Kind::limit));
}

TEST_F(Hostile, ManyMembers) {
    Members members;
    for (int i = 0; i < 20000; ++i) members.emplace_back("m" + std::to_string(i), "x");
    members.emplace_back("last", paid);
    std::string bytes = pack(members, "ustar", "none");
    EXPECT_EQ(explore(bytes, "a.tar").leaks.size(), 1U);
}

TEST_F(Hostile, Damaged) {
    const std::string zip = pack({{"a.txt", paid + repeat("x", 5000)}}, "zip", "none");
    EXPECT_TRUE(has(explore(zip.substr(0, zip.size() / 2), "a.zip"), Gap::Kind::damaged));
    const std::string gzip = pack({{"", paid + repeat("qwertz", 5000)}}, "raw", "gzip");
    EXPECT_TRUE(has(explore(gzip.substr(0, gzip.size() - 20), "a.gz"), Gap::Kind::damaged));
    const std::string database = pack_sqlite(paid);
    EXPECT_TRUE(has(explore(database.substr(0, 600), "a.db"), Gap::Kind::damaged));
    EXPECT_TRUE(has(explore("%PDF-1.5\nnothing", "a.pdf"), Gap::Kind::damaged));
    // What is readable of it is searched all the same.
    EXPECT_EQ(explore("%PDF-1.5\n" + paid, "a.pdf").leaks.size(), 1U);
}

/// Of everything that is packed, every beginning: `BZh` once was one too short.
TEST_F(Hostile, CutAnywhere) {
    const std::string text = paid;
    for (const auto& bytes :
         {pack({{"", text}}, "raw", "bzip2"), pack({{"", text}}, "raw", "gzip"),
          pack({{"", text}}, "raw", "xz"), pack({{"", text}}, "raw", "zstd"),
          pack({{"a", text}}, "zip", "none"), pack({{"a", text}}, "7zip", "none"),
          pack_png("zTXt", text), pack_jpeg({{0xFE, text}}), pack_gif(text),
          pack_webp("XMP ", text), pack_sqlite(text).substr(0, 200)})
        for (std::size_t size = 0; size <= std::min<std::size_t>(bytes.size(), 400); ++size)
            EXPECT_NO_THROW(explore(bytes.substr(0, size), "a")) << size;
}

/// Each unpacker by itself, which the search gives nothing that does not begin like its format.
TEST_F(Hostile, NothingToUnpack) {
    for (const auto packing : {Packing::archive, Packing::brotli, Packing::pdf, Packing::sqlite,
                               Packing::png, Packing::jpeg, Packing::gif, Packing::webp}) {
        std::size_t left = 1000;
        EXPECT_NO_THROW(static_cast<void>(
            unpack(packing, in_memory(""), {}, left, [](std::string_view, const Stream&) {})));
    }
}

TEST_F(Hostile, MarkupWithoutEnd) {
    constexpr std::size_t many = 50000;
    for (const std::string& piece :
         {"<a "s, "<a b=\""s, "<a b='"s, "<!--"s, "<script>"s, "<style>"s, "<![CDATA["s, "<?"s,
          "<!-- <script> "s, "<p title=\"<p title='"s, "</"s, "<iframe srcdoc=\"&lt;"s})
        explore(repeat(piece, many) + paid, "a.html");
}

TEST_F(Hostile, PaidTextBehindMarkupWithoutEnd) {
    for (const std::string& piece :
         {"<a b=\""s, "<a b='x <b>"s, "<!-- "s, "<script>"s, "<p title=\""s, "<![CDATA["s,
          "<style>"s, "<a href='x\"> <i>"s})
        EXPECT_GE(explore("<html>" + piece + "<p>" + paid + "</p>", "a.html").leaks.size(), 1U)
            << piece;
}

TEST_F(Hostile, EscapesOfEscapes) {
    constexpr std::size_t many = 200000;
    for (const std::string& piece :
         {"\\"s, "\\\\\\u005c"s, "%25"s, "%"s, "&amp;"s, "&amp;amp;lt;"s, "&#38;"s, "\\u0026lt;"s,
          "%26amp;"s, "=3D"s, "=?utf-8?B?"s, "&"s, "%5Cu003c"s})
        explore("Subject: x\nFrom: y\n" + repeat(piece, many) + paid, "a.eml");
}

TEST_F(Hostile, Base64OfBase64) {
    std::string text = paid;
    for (int i = 0; i < 6; ++i) text = base64_lines(text);
    EXPECT_EQ(explore(text, "a.txt").leaks.size(), 1U);
    for (int i = 0; i < 12; ++i) text = base64_lines(text);
    EXPECT_TRUE(has(explore(text, "a.txt"), Gap::Kind::limit));
}

TEST_F(Hostile, EveryBytePairAndNoise) {
    std::string pairs;
    for (int i = 0; i < 65536; ++i) {
        pairs += static_cast<char>(i >> 8);
        pairs += static_cast<char>(i);
    }
    explore(pairs, "a.bin");
    Random random(11);
    for (int round = 0; round < 300; ++round) {
        std::string noise(random() % 3000, '\0');
        for (char& c : noise) c = static_cast<char>(random());
        for (const char* name : {"a.br", "a.png", "a.html", "a.eml", "a"}) explore(noise, name);
        explore("PK\x03\x04" + noise, "a.zip");
        explore("\x1F\x8B\x08" + noise, "a.gz");
        explore("SQLite format 3\0"s + noise, "a.db");
        explore("\x89PNG\r\n\x1A\n" + noise, "a.png");
    }
}

}  // namespace
}  // namespace paywall::audit::tests
