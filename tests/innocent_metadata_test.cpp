// Metadata that say what their article is about, and quote nothing that is paid: none of them is a
// `metadata-leak`. The samples, texts of tests/innocent/metadata, and every innocent text cut in
// half with metadata made of its first half.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "parser/edition.hpp"
#include "parser/markup.hpp"
#include "parser/parse.hpp"
#include "parser/visible_text.hpp"

namespace paywall::test {
namespace {

struct Innocent {
    std::string name;
    std::string bytes;
};

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The texts of one file: each after a line `@@@@ name`, up to the next such line.
std::vector<Innocent> texts_of(const std::filesystem::path& path) {
    std::vector<Innocent> texts;
    const std::string all = bytes_of(path);
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t name_end = std::min(all.find('\n', at), all.size() - 1);
        const std::size_t next = all.find("\n@@@@ ", name_end);
        const std::size_t end = next == std::string::npos ? all.size() : next + 1;
        texts.push_back({path.stem().string() + ": " + all.substr(at + 5, name_end - at - 5),
                         all.substr(name_end + 1, end - name_end - 1)});
        at = end;
    }
    return texts;
}

std::vector<Innocent> texts_in(const std::filesystem::path& directory) {
    std::vector<Innocent> texts;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.path().extension() == ".txt")
            for (auto& text : texts_of(entry.path())) texts.push_back(std::move(text));
    return texts;
}

bool has_leak(const Diagnostics& diagnostics) {
    return std::ranges::any_of(
        diagnostics.kept, [](const Diagnostic& one) { return one.rule == Rule::metadata_leak; });
}

/// Is the source sound? It may be refused, but for no metadata.
bool expect_no_leak(const Innocent& text, Content content) {
    static const Parser parser(fastadmin());
    const auto parsed = parser.parse(text.bytes, {.content = content, .max_diagnostics = 1000});
    const auto* faults = std::get_if<Diagnostics>(&parsed);
    if (faults == nullptr) return true;
    EXPECT_FALSE(has_leak(*faults)) << text.name << "\n" << text.bytes;
    return false;
}

TEST(InnocentMetadata, of_the_samples) {
    std::size_t count = 0;
    const std::filesystem::path samples = PAYWALL_SAMPLES;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(samples / "articles")) {
        if (!entry.is_regular_file()) continue;
        const Innocent text{entry.path(), bytes_of(entry.path())};
        EXPECT_TRUE(expect_no_leak(text, content_of(text.name))) << text.name;
        ++count;
    }
    EXPECT_GE(count, 6U);
}

TEST(InnocentMetadata, of_its_corpus) {
    const std::filesystem::path directory = PAYWALL_INNOCENT_DIR "/metadata";
    std::size_t count = 0;
    for (const auto& [file, content] :
         {std::pair{"html.txt", Content::html}, std::pair{"markdown.txt", Content::markdown}}) {
        for (const Innocent& text : texts_of(directory / file)) {
            EXPECT_TRUE(expect_no_leak(text, content)) << text.name;
            ++count;
        }
    }
    EXPECT_GE(count, 18U);
}

/// The first 160 bytes or so of what a text shows, on one line.
std::string summary_of(std::string_view text, Content content) {
    std::string summary = read_visible(text, content).text();
    std::ranges::replace(summary, '\n', ' ');
    std::ranges::replace(summary, '"', '\'');
    std::ranges::replace(summary, '<', ' ');
    std::size_t size = std::min<std::size_t>(summary.size(), 160);
    while (size > 0 && size < summary.size() && (summary[size] & 0xC0) == 0x80) --size;
    return summary.substr(0, size);
}

Innocent cut_in_half(const Innocent& text, Content content) {
    const std::size_t middle = text.bytes.find('\n', text.bytes.size() / 2);
    const std::size_t half = middle == std::string::npos ? text.bytes.size() : middle + 1;
    const std::string free = text.bytes.substr(0, half);
    const std::string summary = summary_of(free, content);
    const std::string head =
        content == Content::html
            ? "<title>" + text.name + "</title>\n<meta name=\"description\" content=\"" + summary +
                  "\">\n"
            : "---\ntitle: " + text.name + "\ndescription: \"" + summary + "\"\n---\n";
    return {text.name,
            head + free + "\n\n##paidbegin##\n" + text.bytes.substr(half) + "\n##paidend##\n"};
}

TEST(InnocentMetadata, of_every_innocent_text) {
    for (const Content content : {Content::html, Content::markdown}) {
        std::size_t sound = 0;
        const auto texts = texts_in(PAYWALL_INNOCENT_DIR);
        for (const Innocent& text : texts)
            sound += expect_no_leak(cut_in_half(text, content), content);
        std::cout << sound << " of " << texts.size() << " could be cut\n";
        EXPECT_GE(2 * sound, texts.size());
    }
}

// What the tests above would not notice if it were not so.
TEST(InnocentMetadata, guilty_ones_are_found) {
    const Parser parser(fastadmin());
    const std::string secret = "The sexton rings the bell because his grandmother asked him to.";
    const auto parsed =
        parser.parse("---\ndescription: " + secret + "\n---\nFree.\n\n##paidbegin##\n" + secret +
                         "\n##paidend##\n",
                     {.content = Content::markdown});
    ASSERT_TRUE(std::holds_alternative<Diagnostics>(parsed));
    EXPECT_TRUE(has_leak(std::get<Diagnostics>(parsed)));
}

}  // namespace
}  // namespace paywall::test
