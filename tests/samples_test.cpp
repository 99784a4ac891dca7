// The samples, compared byte for byte: each article with its editions, each fault with its
// message. An article's file and its editions have the same name in three trees.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include "parser/convert.hpp"
#include "parser/diagnostic.hpp"
#include "parser/dialect.hpp"
#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "parser/placeholder.hpp"

namespace paywall::tests {
namespace {

namespace fs = std::filesystem;

const fs::path samples = PAYWALL_SAMPLES;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

// All files below a directory, as paths relative to it, sorted.
std::vector<std::string> files_below(const fs::path& directory) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(directory))
        if (entry.is_regular_file())
            names.push_back(entry.path().lexically_relative(directory).generic_string());
    std::sort(names.begin(), names.end());
    return names;
}

// Faults that no source has by itself: these settings make them.
struct Settings {
    ParseOptions options;
    std::string placeholder;
    std::string dialect = "fastadmin";
    std::string to = {};  // of those that are converted: into this dialect
    StructuredData structured_data = StructuredData::none;
};

Settings settings_for(const std::string& name) {
    Settings settings;
    settings.options.content = content_of(name);
    if (name == "unmarked-source.md") settings.options.unmarked = Unmarked::refuse;
    if (name == "repeated-divider.md") settings.dialect = "hugo";
    if (name == "inexpressible.md") settings.dialect = "pmpro", settings.to = "fastadmin";
    if (name == "dropped-attribute.md") settings.dialect = "erphpdown", settings.to = "fastadmin";
    if (name == "misplaced-divider.md") settings.dialect = "jetpack";
    if (name == "unknown-audience.md") settings.dialect = "pmpro";
    if (name == "possible-foreign-marker.md")
        settings.options.deny.insert(Rule::possible_foreign_marker);
    if (name == "gate-contradiction.md")
        settings.options.gate = {"access", {{"public", Audience::everyone()}}};
    if (name == "read-as-text.md") settings.options.largest_markup = 1;
    if (name == "unwrappable-section.html" || name == "invalid-json-ld.html")
        settings.structured_data = StructuredData::added;
    if (name == "unsupported-encoding.md") settings.options.encoding = "ISO-2022-JP";
    if (name == "unencodable-placeholder.md") {
        settings.options.encoding = "windows-1252";
        settings.placeholder = "(订阅后可读)";
    }
    return settings;
}

/// Of a source that is converted.
std::vector<Diagnostic> conversion_diagnostics(const std::string& bytes, const Settings& settings) {
    const Converter converter(*find_dialect(settings.to));
    const auto result =
        converter.convert(Parser(*find_dialect(settings.dialect)), bytes, settings.options);
    const auto* conversion = std::get_if<Conversion>(&result);
    return conversion != nullptr ? conversion->warnings.kept : std::get<Diagnostics>(result).kept;
}

std::vector<Diagnostic> diagnostics_of(const std::string& bytes, const Settings& settings) {
    if (!settings.to.empty()) return conversion_diagnostics(bytes, settings);
    const auto parsed = parse(bytes, *find_dialect(settings.dialect), settings.options);
    if (const auto* faults = std::get_if<Diagnostics>(&parsed)) return faults->kept;
    const auto& document = std::get<Document>(parsed);
    auto diagnostics = document.warnings.kept;
    const auto placeholder = std::get<Placeholder>(Placeholder::parse(settings.placeholder));
    RenderOptions options{.structured_data = settings.structured_data};
    if (!settings.placeholder.empty()) options.placeholder = &placeholder;
    for (const auto kind : {EditionKind::preview, EditionKind::full}) {
        const auto edition = render(document, kind, options);
        if (const auto* fault = std::get_if<Diagnostic>(&edition)) diagnostics.push_back(*fault);
    }
    return diagnostics;
}

class Articles : public testing::TestWithParam<std::string> {};

TEST_P(Articles, ComeOutAsTheirEditions) {
    const std::string bytes = read(samples / "articles" / GetParam());
    ParseOptions options;
    options.content = content_of(GetParam());
    const auto parsed = parse(bytes, fastadmin(), options);
    ASSERT_TRUE(std::holds_alternative<Document>(parsed));
    const auto& document = std::get<Document>(parsed);
    EXPECT_EQ(document.warnings.warnings, 0U);
    const auto expect = [&](EditionKind kind, const char* tree) {
        const auto edition = render(document, kind);
        ASSERT_TRUE(std::holds_alternative<Edition>(edition)) << tree;
        EXPECT_EQ(std::get<Edition>(edition).text(), read(samples / "editions" / tree / GetParam()))
            << tree;
    };
    expect(EditionKind::preview, "preview");
    expect(EditionKind::full, "full");
}

TEST(Samples, HaveAnEditionForEachArticleAndNoOther) {
    const auto articles = files_below(samples / "articles");
    EXPECT_EQ(files_below(samples / "editions" / "preview"), articles);
    EXPECT_EQ(files_below(samples / "editions" / "full"), articles);
}

class Faults : public testing::TestWithParam<std::string> {};

TEST_P(Faults, AreToldAsExpected) {
    const std::string bytes = read(samples / "faults" / GetParam());
    const Settings settings = settings_for(GetParam());
    const Source source(bytes, settings.options.encoding);
    std::string told;
    for (const auto& diagnostic : diagnostics_of(bytes, settings))
        told += format(diagnostic, GetParam(), source, {Redact::no, Colour::no});
    EXPECT_EQ(told, read(samples / "faults" / (GetParam() + ".expected")));
}

TEST(Samples, HaveAFaultForEachRule) {
    for (const Rule rule : all_rules()) {
        const auto path = samples / "faults" / std::string(rule_name(rule));
        EXPECT_TRUE(fs::exists(path.string() + ".md") || fs::exists(path.string() + ".html"))
            << rule_name(rule);
    }
}

std::vector<std::string> faults() {
    auto names = files_below(samples / "faults");
    const auto is_message = [](const std::string& name) {
        return fs::path(name).extension() == ".expected";
    };
    names.erase(std::remove_if(names.begin(), names.end(), is_message), names.end());
    return names;
}

// `archive/old-bridge.txt` as the name of a test.
std::string test_name(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Samples, Articles, testing::ValuesIn(files_below(samples / "articles")),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Samples, Faults, testing::ValuesIn(faults()), test_name);

}  // namespace
}  // namespace paywall::tests
