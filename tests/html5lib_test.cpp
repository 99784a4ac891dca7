// The tag reader against the tokenizer tests of html5lib, as the HTML Standard's authors share them
// (github.com/html5lib/html5lib-tests, MIT). They are not part of this project: the directory of
// their `tokenizer/*.test` is named by PAYWALL_HTML5LIB_TESTS; without it the test is skipped.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "parser/html/element.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/html/tag_reader.hpp"

namespace paywall::html {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Kinds and names of tokens: `<p`, `</p`, `C`, `D`; and `T` for any text between them. (What text
/// says is another matter: character references and NULs are not resolved here.)
using Shapes = std::vector<std::string>;

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    return result;
}

void add_text(Shapes& shapes) {
    if (shapes.empty() || shapes.back() != "T") shapes.emplace_back("T");
}

Shapes shapes_of(const Json& output) {
    Shapes shapes;
    for (const auto& token : output) {
        const auto kind = token.is_array() ? token[0].get<std::string>() : std::string();
        if (kind == "Character") add_text(shapes);
        if (kind == "StartTag")
            shapes.push_back("<" + token[1].get<std::string>() +
                             (token.size() > 3 && token[3] == true ? "/" : ""));
        if (kind == "EndTag") shapes.push_back("</" + token[1].get<std::string>());
        if (kind == "Comment" || kind == "ProcessingInstruction") shapes.emplace_back("C");
        if (kind == "DOCTYPE") shapes.emplace_back("D");
    }
    return shapes;
}

Shapes read(const std::string& prefix, const std::string& input, CdataSections cdata) {
    Shapes shapes;
    const auto text = prefix + input;
    std::size_t end = 0;
    read_tags(text, [&](const Token& token, ReadingContext& context) {
        EXPECT_EQ(token.span.offset, end) << input;
        end = token.span.end();
        context.cdata = cdata;
        const auto name = lower(text.substr(token.name.offset, token.name.length));
        if (token.span.offset < prefix.size()) {
            context.model = text_model_of(element_named(name));
            return;
        }
        switch (token.kind) {
            case Token::Kind::text:
            case Token::Kind::raw_text:
                return add_text(shapes);
            case Token::Kind::cdata:
                if (token.span.length > std::string_view("<![CDATA[]]>").size()) add_text(shapes);
                return;
            case Token::Kind::start_tag: {
                const bool is_closed = token.closing == Token::Closing::self_closing;
                return shapes.push_back("<" + name + (is_closed ? "/" : ""));
            }
            case Token::Kind::end_tag:
                return shapes.push_back("</" + name);
            case Token::Kind::comment:
                return shapes.push_back("C");
            case Token::Kind::doctype:
                return shapes.push_back("D");
            case Token::Kind::dropped:
                return;
        }
    });
    EXPECT_EQ(end, text.size());
    return shapes;
}

/// The start tag behind which a text is read as in a state of the tokenizer; nothing for states
/// that no whole text begins in.
std::optional<std::string> prefix_of(const std::string& state, const Json& test) {
    const auto last = test.value("lastStartTag", std::string());
    const auto tag = [&](const char* usual) {
        const auto name = last.empty() ? usual : last;
        return "<" + name + ">";
    };
    if (state == "Data state") return "";
    if (state == "CDATA section state") return "<g>";
    if (state == "PLAINTEXT state") return tag("plaintext");
    if (state == "RCDATA state") return tag("title");
    if (state == "RAWTEXT state") return tag("xmp");
    if (state == "Script data state") return tag("script");
    return std::nullopt;
}

class Html5libTests {
public:
    void run(const fs::path& path) {
        std::ifstream file(path);
        const auto json = Json::parse(file, nullptr, false);
        if (!json.is_object() || !json.contains("tests")) return;
        for (const auto& test : json["tests"]) run(test);
    }
    std::size_t count = 0;

private:
    void run(const Json& test) {
        if (test.value("doubleEscaped", false)) return;  // lone surrogates, NULs: no UTF-8 text
        const auto input = test["input"].get<std::string>();
        if (input.find('\0') != input.npos) return;  // binary content: never read as HTML
        const auto states = test.value("initialStates", std::vector<std::string>{"Data state"});
        for (const auto& state : states) {
            auto prefix = prefix_of(state, test);
            if (!prefix) continue;
            const bool is_cdata = state == "CDATA section state";
            const auto text = is_cdata ? "<![CDATA[" + input : input;
            if (!prefix->empty() && !is_cdata &&
                text_model_of(element_named(name_in(*prefix))) == TextModel::data)
                continue;  // the last start tag is of no element that is read so
            EXPECT_EQ(read(*prefix, text, is_cdata ? CdataSections::yes : CdataSections::no),
                      shapes_of(test["output"]))
                << state << ": " << input;
            ++count;
        }
    }

    static std::string name_in(const std::string& prefix) {
        return prefix.empty() ? prefix : prefix.substr(1, prefix.size() - 2);
    }
};

TEST(Html5lib, TagsAreReadAsItsTokenizerTestsSay) {
    const char* directory = std::getenv("PAYWALL_HTML5LIB_TESTS");
    if (directory == nullptr) GTEST_SKIP() << "PAYWALL_HTML5LIB_TESTS names no directory";
    Html5libTests tests;
    for (const auto& entry : fs::directory_iterator(directory))
        if (entry.path().extension() == ".test") tests.run(entry.path());
    std::printf("%zu tests\n", tests.count);
    EXPECT_GT(tests.count, 500U);
}

}  // namespace
}  // namespace paywall::html
