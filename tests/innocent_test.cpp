// Texts that mention payment, use the marks that markers are made of, or come close to a marker,
// and are ordinary. Of tests/innocent/README.md's corpus none raises an alarm.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/grammar.hpp"
#include "parser/parse.hpp"

namespace paywall::test {
namespace {

struct Innocent {
    std::string name;
    std::string bytes;
};

/// The texts of one file: each after a line `@@@@ name`, up to the next such line.
void read_texts(const std::filesystem::path& path, std::vector<Innocent>& texts) {
    std::ifstream file(path, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    std::size_t at = 0;
    while (at < all.size()) {
        ASSERT_EQ(all.compare(at, 5, "@@@@ "), 0) << path << " does not begin with a name";
        const std::size_t name_end = all.find('\n', at);
        ASSERT_NE(name_end, std::string::npos) << path;
        const std::size_t next = all.find("\n@@@@ ", name_end - 1);
        const std::size_t end = next == std::string::npos ? all.size() : next + 1;
        texts.push_back({path.stem().string() + ": " + all.substr(at + 5, name_end - at - 5),
                         all.substr(name_end + 1, end - name_end - 1)});
        at = end;
    }
}

const std::vector<Innocent>& corpus() {
    static const std::vector<Innocent> texts = [] {
        std::vector<std::filesystem::path> paths;
        for (const auto& entry : std::filesystem::directory_iterator(PAYWALL_INNOCENT_DIR)) {
            if (entry.path().extension() == ".txt") paths.push_back(entry.path());
        }
        std::sort(paths.begin(), paths.end());
        std::vector<Innocent> found;
        for (const auto& path : paths) read_texts(path, found);
        return found;
    }();
    return texts;
}

std::string told(const Diagnostics& diagnostics, const Innocent& text) {
    std::string all;
    for (const Diagnostic& one : diagnostics.kept) {
        all += format(one, text.name, Source(text.bytes));
    }
    return all;
}

TEST(InnocentTexts, corpus_is_large_and_distinct) {
    std::set<std::string> names;
    std::set<std::string> contents;
    for (const Innocent& text : corpus()) {
        EXPECT_FALSE(text.bytes.empty()) << text.name;
        EXPECT_TRUE(names.insert(text.name).second) << text.name;
        EXPECT_TRUE(contents.insert(text.bytes).second) << text.name;
    }
    std::cout << corpus().size() << " innocent texts\n";
    EXPECT_GE(corpus().size(), 600U);
}

void expect_no_alarm(const Parser& parser, const Innocent& text) {
    const auto parsed = parser.parse(text.bytes);
    if (const auto* faults = std::get_if<Diagnostics>(&parsed)) {
        ADD_FAILURE() << told(*faults, text);
        return;
    }
    const auto& document = std::get<Document>(parsed);
    EXPECT_TRUE(document.warnings.kept.empty()) << told(document.warnings, text);
    EXPECT_EQ(document.segments.size(), 1U) << text.name;
    for (const EditionKind kind : {EditionKind::preview, EditionKind::full}) {
        const auto edition = render(document, kind);
        ASSERT_TRUE(std::holds_alternative<Edition>(edition)) << text.name;
        EXPECT_EQ(std::get<Edition>(edition).text(), text.bytes) << text.name;
    }
}

/// Megabytes of what one innocent line is are no tangle.
TEST(InnocentTexts, long_ones_are_no_tangle) {
    constexpr std::size_t size = std::size_t{12} << 20;
    const Parser parser(fastadmin());
    for (const char* line :
         {"paid\n", "They get paid, and PAID plans, unpaid.\n", "2024-01-03;invoice 17;paid;1,0\n",
          "{\"status\": \"paid\", \"n\": \"\\u4ed8\"}\n", "ra\u0301 đã trả tiền, páíd ã\n",
          "раid раiд платный контент\n", "भुगतान paid\n", "مدفوع paid\n",
          "👨‍👩‍👧 paid ❤️\n", "&#20184;&#36153;&#20869;&#23481; paid\n",
          "/paid%20plan?x=%7B%22paid%22%3A1%7D\n"}) {
        Innocent text{line, {}};
        while (text.bytes.size() < size) text.bytes += line;
        EXPECT_TRUE(std::holds_alternative<Document>(parser.parse(text.bytes))) << line;
    }
}

/// A text that holds a marker of the dialect is not innocent of it; nor are comments that begin
/// with `paid` where `<!--paid-->` divides.
bool means_a_marker(const Dialect& dialect, const Innocent& text) {
    bool holds_marker = false;
    Grammar(dialect).tokenize(text.bytes, [&](const Token& token) {
        holds_marker = holds_marker || token.kind == Token::Kind::marker;
        return Progress::go_on;
    });
    return holds_marker ||
           (dialect.name == "writefreely" && text.bytes.find("<!-- paid") != std::string::npos);
}

class InnocentText : public testing::TestWithParam<Dialect> {};

TEST_P(InnocentText, none_raises_an_alarm) {
    const Parser parser(GetParam());
    for (const Innocent& text : corpus()) {
        if (!means_a_marker(GetParam(), text)) expect_no_alarm(parser, text);
    }
}

std::string suite_name(const testing::TestParamInfo<Dialect>& info) {
    std::string name = info.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(EveryDialect, InnocentText, testing::ValuesIn(built_in_dialects()),
                         suite_name);

}  // namespace
}  // namespace paywall::test

namespace paywall {
void PrintTo(const Dialect& dialect, std::ostream* out) {
    *out << dialect.name;
}
}  // namespace paywall
