// The parts of the program that are easier asked directly than through the command line.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "tools/cutting.hpp"
#include "tools/exit_status.hpp"
#include "tools/file/fresh_directory.hpp"
#include "tools/file/path.hpp"
#include "tools/file/writing.hpp"
#include "tools/glob.hpp"
#include "tools/leaf_directories.hpp"
#include "tools/options.hpp"
#include "tools/partwise.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

// --- parts --------------------------------------------------------------------------------------

/// Prose with sections, of more bytes than a part has.
std::string large_text(std::size_t size) {
    std::string text;
    for (int n = 0; text.size() < size; ++n) {
        for (int i = 0; i < 60; ++i)
            text += "清晨的渡口" + std::to_string(n) + "总是先听见桨声，老人把账本摊在石桌上。";
        text += n % 3 == 0 ? "\n" : n % 3 == 1 ? "\n##paidbegin##\n" : "##paidend##\n";
    }
    return text.substr(0, text.rfind("##paidend##")) + "##paidend##\n";
}

/// The previews that a text gives in parts; none where it is to be cut as a whole.
std::optional<std::string> preview_in_parts(const std::string& text, const Options& options,
                                            std::string_view name) {
    std::string path = "/tmp/paywall-parts-XXXXXX";
    const Descriptor file(::mkstemp(path.data()));
    ::unlink(path.c_str());
    if (!write_pieces(file.number(), {text}) || ::lseek(file.number(), 0, SEEK_SET) != 0) return {};
    std::string preview;
    const auto cut =
        cut_in_parts(options, make_settings(options), file, name, "shown",
                     [&](const Edition& part, const Edition&) { preview += part.text(); });
    return cut ? std::optional(preview) : std::nullopt;
}

TEST(Partwise, GivesTheEditionsOfTheWholeOrNone) {
    Options options;
    options.jobs = 3;
    options.preview_directory = "out";
    const auto settings = make_settings(options);
    auto text = large_text(least_for_parts);
    const auto whole = cut(settings, text, "a.txt");
    ASSERT_TRUE(whole.preview.has_value());
    EXPECT_TRUE(preview_in_parts(text, options, "a.txt") == whole.preview->text());
    // As Markdown it is read as text, too: that is told of.
    EXPECT_TRUE(preview_in_parts(text, options, "a.md") == whole.preview->text());
    EXPECT_EQ(preview_in_parts(text + "##paidbegin##secret", options, "a.txt"), std::nullopt);
    EXPECT_EQ(preview_in_parts(text + "##paidbegin####paidend##\n", options, "a.txt"),
              std::nullopt);
    text.insert(text.size() / 2, "##paidend##");
    EXPECT_EQ(preview_in_parts(text, options, "a.txt"), std::nullopt);
}

TEST(Partwise, IsForWhatEveryPartCanTellAlone) {
    Options options;
    options.preview_directory = "out";
    const auto goes = [&](std::string_view name, std::size_t size) {
        return goes_in_parts(options, make_settings(options), name, size);
    };
    EXPECT_TRUE(goes("a.txt", least_for_parts));
    EXPECT_FALSE(goes("a.txt", least_for_parts - 1));
    EXPECT_FALSE(goes("a.md", least_for_parts));  // which is read as Markdown
    EXPECT_TRUE(goes("a.md", std::size_t{1} << 30));
    options.dry_run = DryRun::yes;
    EXPECT_FALSE(goes("a.txt", least_for_parts));
    options.dry_run = DryRun::no;
    options.dialect = "ghost";
    EXPECT_FALSE(goes("a.txt", least_for_parts));
}

struct GlobCase {
    const char* pattern;
    const char* path;
    bool matches;
};

TEST(Glob, Matches) {
    const GlobCase cases[] = {
        {"*.md", "a.md", true},
        {"*.md", "deep/down/a.md", true},
        {"*.md", "a.mdx", false},
        {"*", "a/b", true},
        {"a/*", "a/b", true},
        {"a/*", "a/b/c", false},
        {"a/**", "a/b/c", true},
        {"a/**", "a", false},
        {"/a.md", "a.md", true},
        {"/a.md", "b/a.md", false},
        {"**/a.md", "a.md", true},
        {"**/a.md", "x/y/a.md", true},
        {"**/a.md", "x/ya.md", false},
        {"x/**/y/*.md", "x/y/a.md", true},
        {"x/**/y/*.md", "x/1/2/y/a.md", true},
        {"x/**/y/*.md", "x/1/2y/a.md", false},
        {"a**z", "abcz", true},
        {"b/a**z", "b/a/c/z", true},
        {"?.md", "四.md", true},
        {"??.md", "四.md", false},
        {"a/?", "a/", false},
        {"[a-c]x", "bx", true},
        {"[a-c]x", "dx", false},
        {"[!a-c]x", "dx", true},
        {"[^a-c]x", "ax", false},
        {"[]x]", "]", true},
        {"[一-龥]", "四", true},
        {"d/[!a]b", "d//b", false},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"draft-*-*-*-*-*-*-*-*-*z", "draft------------------------------", false},
        {"\xFF*",
         "\xFF"
         "a",
         true},
    };
    for (const auto& [pattern, path, matches] : cases)
        EXPECT_EQ(Glob(pattern).matches(path), matches) << pattern << " " << path;
}

TEST(Glob, RefusesWhatIsNoPattern) {
    for (const char* pattern : {"", "/", "[a", "[", "[!", "a\\"})
        EXPECT_THROW(Glob{pattern}, UsageError) << pattern;
}

TEST(Text, MakesUtf8Valid) {
    EXPECT_EQ(to_valid_utf8("plain 四.md\xF0\x9F\x98\x80"), "plain 四.md\xF0\x9F\x98\x80");
    EXPECT_TRUE(is_valid_utf8("plain 四.md"));
    for (const char* bad : {"\xFF", "\xC3", "\x80", "\xE2\x80", "\xC3(", "\xFFz"})
        EXPECT_FALSE(is_valid_utf8(bad));
    EXPECT_EQ(to_valid_utf8("a\xFF\xC3"), "a\uFFFD\uFFFD");
    EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
    EXPECT_EQ(to_valid_utf8("\xC0\x80"), "\uFFFD\uFFFD");            // too long a form
    EXPECT_EQ(to_valid_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Text, EncodesBase64) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("\xFF\xFE\xFD"), "//79");
}

TEST(Writing, WritesMorePiecesThanOneCallTakes) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_NONBLOCK), 0);  // short writes, and waiting for room
    ASSERT_EQ(::fcntl(ends[0], F_SETFL, 0), 0);
    std::vector<std::string_view> pieces;
    std::string expected;
    for (int i = 0; i < 50000; ++i)
        pieces.push_back(i % 3 == 0 ? "abcdefg" : i % 3 == 1 ? "" : "hi");
    for (const auto piece : pieces) expected += piece;
    std::string got;
    std::jthread reader([&] {
        char buffer[4096];
        for (ssize_t size; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;)
            got.append(buffer, static_cast<std::size_t>(size));
    });
    EXPECT_TRUE(write_pieces(ends[1], pieces));
    ::close(ends[1]);
    reader.join();
    ::close(ends[0]);
    EXPECT_EQ(got, expected);
}

// --- new directories ----------------------------------------------------------------------------

/// An empty directory for one test.
class FreshDirectoryTest : public testing::Test {
protected:
    FreshDirectoryTest() : path_(::mkdtemp(scratch_)), parent_(Directory::open(path_)) {}
    ~FreshDirectoryTest() override { std::filesystem::remove_all(path_); }

    void put(const Directory& directory, const char* name, std::string_view bytes,
             Surroundings surroundings = Surroundings::published) {
        AtomicFile file(directory, name, ".paywall-1-0.tmp", surroundings);
        file.write({bytes});
        file.complete();
        file.commit();
        file.close();
    }
    FreshDirectory filled() {
        auto fresh = FreshDirectory::make(parent_, "d", temporary_);
        put(fresh->directory(), "a", "new a", Surroundings::hidden);
        put(fresh->directory(), "b", "new b", Surroundings::hidden);
        return std::move(*fresh);
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ifstream file(path_ + "/" + name);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto& entry : parent_.entries()) names.push_back(entry.name);
        std::ranges::sort(names);
        return names;
    }

    using Names = std::vector<std::string>;
    char scratch_[32] = "/tmp/paywall-fresh-XXXXXX";
    const std::string temporary_ = ".paywall-1-0-0.tmp";
    std::string path_;
    Directory parent_;
};

TEST_F(FreshDirectoryTest, AppearsWhole) {
    auto fresh = filled();
    EXPECT_EQ(names(), Names{temporary_});
    fresh.publish();
    EXPECT_EQ(names(), Names{"d"});
    EXPECT_EQ(read("d/a") + read("d/b"), "new anew b");
}

TEST_F(FreshDirectoryTest, IsRemovedWhereItIsNotPublished) {
    { const auto fresh = filled(); }
    EXPECT_EQ(names(), Names{});
}

TEST_F(FreshDirectoryTest, IsNotMadeWhereItsTemporaryNameIsTaken) {
    const auto one = filled();
    EXPECT_FALSE(FreshDirectory::make(parent_, "e", temporary_));
    EXPECT_EQ(read(temporary_ + "/a"), "new a");
}

TEST_F(FreshDirectoryTest, FillsADirectoryThatGotItsNameMeanwhile) {
    const Directory other = parent_.make_child("d");
    put(other, "a", "old a");
    put(other, "c", "old c");
    filled().publish();
    EXPECT_EQ(names(), Names{"d"});
    EXPECT_EQ(read("d/a") + read("d/b") + read("d/c"), "new anew bold c");
}

TEST_F(FreshDirectoryTest, TakesThePlaceOfNothingElse) {
    put(parent_, "file", "mine");
    const Directory elsewhere = parent_.make_child("elsewhere");
    for (const auto& in_the_way : {"file", "elsewhere"}) {
        auto fresh = filled();
        ASSERT_EQ(::symlink(in_the_way, (path_ + "/d").c_str()), 0);
        EXPECT_THROW(fresh.publish(), std::system_error);
        ASSERT_EQ(::unlink((path_ + "/d").c_str()), 0);
    }
    auto fresh = filled();
    put(parent_, "d", "mine");
    EXPECT_THROW(fresh.publish(), std::system_error);
    EXPECT_EQ(read("file") + read("d"), "minemine");
    EXPECT_TRUE(elsewhere.entries().empty());
}

TEST_F(FreshDirectoryTest, FillsNothingThatHoldsSomethingElse) {
    auto fresh = filled();
    const Directory other = parent_.make_child("d");
    static_cast<void>(other.make_child("b"));
    EXPECT_THROW(fresh.publish(), std::system_error);
    EXPECT_TRUE(std::filesystem::is_directory(path_ + "/d/b"));
}

TEST_F(FreshDirectoryTest, HoldsTwoNamesThatAreOneToItsFileSystem) {
    const auto fresh = filled();
    put(fresh.directory(), "a", "newer a", Surroundings::hidden);
    EXPECT_EQ(read(temporary_ + "/a"), "newer a");
    EXPECT_EQ(fresh.directory().entries().size(), 2U);
}

TEST(LeafDirectoriesTest, AreThoseThatHaveNoOtherBelow) {
    Sources sources;
    for (const auto* path : {"", "a", "a/b", "a/b/c", "d", "d", "e"})
        sources.directories.push_back({.shown = path, .relative = path, .root = 0});
    for (const std::uint32_t directory : {0, 1, 3, 3, 4, 5})
        sources.files.push_back({directory, FileRole::source, "x.md", 0});
    const LeafDirectories leaves(sources);
    EXPECT_TRUE(leaves.holds_just(2, "a/b/c"));
    EXPECT_FALSE(leaves.holds_just(1, "a/b/c"));
    EXPECT_TRUE(leaves.holds_just(2, "d"));  // of two roots
    EXPECT_FALSE(leaves.holds_just(1, "d"));
    EXPECT_FALSE(leaves.holds_just(1, "a"));
    EXPECT_FALSE(leaves.holds_just(0, "a/b"));
    EXPECT_FALSE(leaves.holds_just(0, "e"));
    EXPECT_FALSE(leaves.holds_just(1, ""));
}

TEST(Path, IsRelativeToItsBase) {
    EXPECT_EQ(relative_to(".", "a.md"), "a.md");
    EXPECT_EQ(relative_to(".", "./x/../a.md"), "a.md");
    EXPECT_EQ(relative_to("x", "x//y/a.md"), "y/a.md");
    EXPECT_EQ(relative_to("/", "/etc/a.md"), "etc/a.md");
    EXPECT_EQ(relative_to("x", "xy/a.md"), std::nullopt);
    EXPECT_EQ(relative_to(".", "../a.md"), std::nullopt);
    EXPECT_EQ(relative_to("x", "x"), std::nullopt);
}

std::variant<Options, Reply> parse(std::vector<const char*> words, Environment environment) {
    words.insert(words.begin(), "paywall");
    return parse_options(static_cast<int>(words.size()), words.data(), environment);
}

TEST(OptionsTest, AsksTheSurroundings) {
    const auto options = [](std::vector<const char*> words, Environment environment) {
        return std::get<Options>(parse(std::move(words), environment));
    };
    const Environment terminal{.stderr_is_terminal = true, .processors = 3};
    const Environment ci{.stderr_is_terminal = true, .in_ci = true};
    const Environment plain{.stderr_is_terminal = true, .wants_colour = false};
    EXPECT_EQ(options({"check", "a"}, terminal).redact, Redact::no);
    EXPECT_EQ(options({"check", "a"}, terminal).colour, Colour::yes);
    EXPECT_EQ(options({"check", "a"}, terminal).progress, Progress::yes);
    EXPECT_EQ(options({"check", "a"}, terminal).jobs, 3U);
    EXPECT_EQ(options({"check", "a", "-q"}, terminal).progress, Progress::no);
    EXPECT_EQ(options({"check", "a", "--redact"}, terminal).redact, Redact::yes);
    EXPECT_EQ(options({"check", "a", "--color", "never"}, terminal).colour, Colour::no);
    EXPECT_EQ(options({"check", "a"}, ci).redact, Redact::yes);
    EXPECT_EQ(options({"check", "a"}, ci).progress, Progress::no);
    EXPECT_EQ(options({"check", "a", "--no-redact"}, ci).redact, Redact::no);
    EXPECT_EQ(options({"check", "a"}, plain).colour, Colour::no);
    EXPECT_EQ(options({"check", "a", "--color=always"}, plain).colour, Colour::yes);
    EXPECT_EQ(options({"check", "a"}, {}).redact, Redact::yes);
    EXPECT_EQ(options({"check", "a"}, {}).colour, Colour::no);
}

TEST(OptionsTest, HelpsWhereNothingIsGivenOnATerminal) {
    const auto reply = std::get<Reply>(parse({"preview"}, {.stdin_is_terminal = true}));
    EXPECT_EQ(reply.status, ExitStatus::usage);
    EXPECT_NE(reply.text.find("Usage: paywall preview"), std::string::npos);
    EXPECT_TRUE(std::holds_alternative<Options>(parse({"preview"}, {})));
    EXPECT_TRUE(
        std::holds_alternative<Options>(parse({"preview", "-"}, {.stdin_is_terminal = true})));
}

}  // namespace
}  // namespace paywall::tools
