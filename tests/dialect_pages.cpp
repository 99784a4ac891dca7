#include "tests/dialect_pages.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "parser/dialects.hpp"
#include "tests/format_examples.hpp"

namespace paywall::tests {
namespace {

namespace fs = std::filesystem;

void read_page(const fs::path& path, const std::string& own, std::vector<PageSource>& sources) {
    std::ifstream file(path, std::ios::binary);
    const std::string markdown{std::istreambuf_iterator<char>(file), {}};
    for (const auto& example : read_examples(markdown)) {
        const auto* dialect = find_dialect(example.has("dialect") ? example.value("dialect") : own);
        if (dialect == nullptr || example.has("literal")) continue;
        sources.push_back({own + " " + std::to_string(example.number), *dialect,
                           example.value("encoding"),
                           bytes_of(example.parts.at(0), example.value("in"))});
    }
}

}  // namespace

std::vector<PageSource> page_sources() {
    const fs::path parser(PAYWALL_PARSER_DIR);
    std::vector<PageSource> sources;
    read_page(parser / "FORMAT.md", "fastadmin", sources);
    std::vector<fs::path> pages;
    for (const auto& entry : fs::directory_iterator(parser / "dialects"))
        if (entry.path().extension() == ".md") pages.push_back(entry.path());
    std::ranges::sort(pages);
    for (const auto& page : pages) read_page(page, page.stem().string(), sources);
    return sources;
}

}  // namespace paywall::tests
