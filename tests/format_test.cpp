// Executes every numbered example of the specification: example 42 of parser/FORMAT.md is the test
// Format.Example042, of parser/HTML.md Html.Example042, of parser/dialects/ghost.md
// ghost.Example042, and so on.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "parser/diagnostic.hpp"
#include "parser/dialect.hpp"
#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/excerpt.hpp"
#include "parser/numbers.hpp"
#include "parser/parse.hpp"
#include "parser/placeholder.hpp"
#include "parser/teaser.hpp"
#include "parser/visible_text.hpp"
#include "tests/format_examples.hpp"

namespace paywall::tests {
namespace {

// One line that an example gives for a diagnostic: `error 1:5-1:19 malformed-marker fix TEXT`.
// What it leaves out is not compared, so it also says which facts to describe.
struct Expectation {
    std::string severity, position, rule, related, names, fix;
};

Expectation read_expectation(const std::string& line) {
    Expectation expected;
    std::istringstream words(line);
    words >> expected.severity >> expected.rule;
    if (expected.rule.find(':') != std::string::npos) {
        expected.position = expected.rule;
        words >> expected.rule;
    }
    for (std::string word; words >> word;) {
        if (word == "related")
            words >> expected.related;
        else if (word == "names")
            words >> expected.names;
        else if (word == "fix")
            std::getline(words >> std::ws, expected.fix);
        else
            throw std::runtime_error("unknown word in: " + line);
    }
    return expected;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string place(const Source& source, std::size_t offset) {
    const auto [line, column] = source.locate(offset);
    return std::to_string(line) + ":" + std::to_string(column);
}

// A diagnostic in the notation of the examples, with the facts that `like` has.
std::string describe(const Diagnostic& diagnostic, const Source& source, const Expectation& like) {
    std::string line = diagnostic.severity == Severity::error ? "error" : "warning";
    if (!like.position.empty()) line += " " + place(source, diagnostic.span.offset);
    if (like.position.find('-') != std::string::npos)
        line += "-" + place(source, diagnostic.span.end());
    line += " " + std::string(rule_name(diagnostic.rule));
    if (!like.related.empty())
        line += " related " +
                (diagnostic.related ? place(source, diagnostic.related->offset) : "nothing");
    if (!like.names.empty()) line += " names " + diagnostic.subject;
    if (!like.fix.empty()) line += " fix " + (diagnostic.fix ? diagnostic.fix->text : "nothing");
    return line;
}

// What became of one example's source.
struct Outcome {
    std::vector<Diagnostic> diagnostics;
    std::string preview, full;
    bool has_literals = false;
};

class Case {
public:
    Case(const Example& example, const std::string& dialect)
        : example_(example), parser_(parser_of(example, dialect)) {
        options_.encoding = example.value("encoding");
        const auto unmarked = example.value("unmarked");
        if (unmarked == "paid") options_.unmarked = Unmarked::paid;
        if (unmarked == "refuse") options_.unmarked = Unmarked::refuse;
        if (example.value("content") == "html") options_.content = Content::html;
        if (example.value("content") == "markdown") options_.content = Content::markdown;
        if (example.has("teaser"))
            options_.teaser = std::get<Teaser>(Teaser::parse(example.value("teaser")));
        if (example.has("metadata-run"))
            options_.metadata.run =
                std::get<MetadataLimit>(MetadataLimit::parse(example.value("metadata-run")));
        if (example.has("metadata-sentence"))
            options_.metadata.sentence =
                std::get<MetadataLimit>(MetadataLimit::parse(example.value("metadata-sentence")));
        // `gate=access` with the values that the pages use.
        options_.gate = {example.value("gate"),
                         {{"public", Audience::everyone()},
                          {"members", {false, true, true, {}}},
                          {"paid", Audience::paid()},
                          {"gold", {false, false, true, {Plans::Kind::of, {"gold"}}}}}};
        if (example.has("literal")) options_.markers = Markers::literal;
        if (example.has("deny")) options_.deny.insert(rule_named(example.value("deny")).value());
        if (example.has("allow")) options_.allow.insert(rule_named(example.value("allow")).value());
        if (example.has("max-diagnostics"))
            options_.max_diagnostics = std::stoul(example.value("max-diagnostics"));
    }

    void run() {
        source_ = bytes(example_.parts.at(0));
        if (example_.parts.back().rfind("usage-error", 0) == 0) return expect_usage_error();
        if (example_.has("visible")) return expect_visible();
        const Outcome outcome = cut();
        if (example_.has("numbers") || example_.has("excerpt")) {
            expect_told(outcome);
        } else if (example_.has("unchanged")) {
            ASSERT_EQ(example_.parts.size(), 1U);
            expect_editions(outcome, source_, source_);
            expect_diagnostics(outcome.diagnostics, "");
        } else if (example_.parts.size() == 2) {
            expect_diagnostics(outcome.diagnostics, example_.parts[1]);
        } else {
            ASSERT_LE(example_.parts.size(), 4U);
            expect_editions(outcome, bytes(example_.parts[1]), bytes(example_.parts.at(2)));
            expect_diagnostics(outcome.diagnostics,
                               example_.parts.size() == 4 ? example_.parts[3] : "");
        }
    }

private:
    std::string bytes(const std::string& part) const {
        return bytes_of(part, example_.value("in"));
    }

    // Whose edition the third part is.
    Reader reader() const {
        if (example_.has("plan")) return {Reader::Kind::payer, example_.value("plan")};
        if (example_.value("as") == "member") return {Reader::Kind::member, {}};
        return reader_of(EditionKind::full);
    }

    Outcome cut() {
        Outcome outcome;
        const auto parsed = parser_.parse(source_, options_);
        if (const auto* faults = std::get_if<Diagnostics>(&parsed)) {
            EXPECT_GT(faults->errors, 0U) << "refused without an error";
            outcome.diagnostics = faults->kept;
            return outcome;
        }
        const auto& document = std::get<Document>(parsed);
        EXPECT_EQ(document.warnings.errors, 0U) << "a document with errors";
        outcome.diagnostics = document.warnings.kept;
        outcome.has_literals = std::ranges::any_of(document.segments, &Segment::is_literal);
        RenderOptions render_options;
        if (example_.has("exact")) render_options.cut = Cut::exact;
        const auto placeholder = Placeholder::parse(bytes_of(example_.value("placeholder")));
        if (example_.has("placeholder"))
            render_options.placeholder = &std::get<Placeholder>(placeholder);
        const auto in_line = Placeholder::parse(bytes_of(example_.value("placeholder-inline")));
        if (example_.has("placeholder-inline"))
            render_options.inline_placeholder = &std::get<Placeholder>(in_line);
        if (example_.has("keep-attributes"))
            render_options.keep_attributes = {example_.value("keep-attributes")};
        if (example_.has("structured-data")) render_options.structured_data = StructuredData::added;
        const std::string name = example_.has("name") ? example_.value("name") : "example.md";
        render_options.name = name;
        const auto put = [&](const Reader& to, std::string& text) {
            auto rendered = render(document, to, render_options);
            if (const auto* edition = std::get_if<Edition>(&rendered))
                text = edition->text();
            else
                outcome.diagnostics.push_back(std::get<Diagnostic>(rendered));
            return rendered.index() == 0;
        };
        if (put(reader_of(EditionKind::preview), outcome.preview)) put(reader(), outcome.full);
        return outcome;
    }

    void expect_visible() const {
        EXPECT_EQ(read_visible(source_, options_.content).text() + "\n",
                  bytes(example_.parts.at(1)));
    }

    // What an example says of a sound source's numbers or excerpt.
    void expect_told(const Outcome& outcome) {
        const auto parsed = parser_.parse(source_, options_);
        const auto* document = std::get_if<Document>(&parsed);
        if (document == nullptr)
            return expect_diagnostics(outcome.diagnostics, example_.parts.at(1));
        if (example_.has("numbers")) {
            EXPECT_EQ(describe_numbers(*document), example_.parts.at(1));
            return;
        }
        const auto visible = read_visible(preview_text(*document), document->content);
        const auto excerpt = make_excerpt(visible.text(), std::stoul(example_.value("excerpt")));
        EXPECT_EQ(excerpt + (excerpt.empty() ? "" : "\n"), bytes(example_.parts.at(1)));
    }

    static std::string describe_numbers(const Document& document) {
        const auto numbers = count_numbers(document);
        std::string lines;
        const auto add = [&](std::string_view what, const Numbers& of) {
            lines.append(what).append(" ").append(std::to_string(of.characters));
            lines.append(" characters ").append(std::to_string(of.words));
            lines.append(" words ").append(std::to_string(of.seconds)).append(" seconds\n");
        };
        for (std::size_t i = 0; i < document.segments.size(); ++i)
            add(document.segments[i].access == Access::free ? "free" : "paid", numbers.segments[i]);
        add("preview", numbers.preview);
        add("full", numbers.full);
        return lines;
    }

    void expect_editions(const Outcome& outcome, const std::string& preview,
                         const std::string& full) const {
        EXPECT_EQ(outcome.preview, preview) << "(preview)";
        EXPECT_EQ(outcome.full, full) << "(full)";
        const bool is_full = !example_.has("as") && !example_.has("plan");
        if (!example_.has("literal") && is_full && !outcome.has_literals) expect_free(full);
    }

    // Every full edition is a source with nothing paid in it.
    void expect_free(const std::string& full) const {
        ParseOptions options;
        options.encoding = options_.encoding;
        const auto parsed = parser_.parse(full, options);
        const auto* document = std::get_if<Document>(&parsed);
        ASSERT_NE(document, nullptr) << "the full edition is refused";
        for (const Segment& segment : document->segments)
            EXPECT_EQ(segment.access, Access::free) << "the full edition has a paid segment";
    }

    void expect_diagnostics(const std::vector<Diagnostic>& diagnostics,
                            const std::string& expected) const {
        const Source source(source_, options_.encoding);
        const auto lines = lines_of(expected);
        const Expectation everything{"", "-", "", "x", "x", "x"};
        std::string described;
        for (std::size_t i = 0; i < diagnostics.size(); ++i)
            described += describe(diagnostics[i], source,
                                  i < lines.size() ? read_expectation(lines[i]) : everything) +
                         "\n";
        EXPECT_EQ(described, expected) << "(diagnostics)";
    }

    // `usage-error` and, for a template that cannot be read, the offset of the fault in it.
    void expect_usage_error() const {
        const auto text = bytes_of(example_.value("placeholder"));
        const auto placeholder = Placeholder::parse(text);
        if (const auto* fault = std::get_if<Placeholder::Fault>(&placeholder)) {
            EXPECT_EQ("usage-error " + std::to_string(fault->offset) + "\n", example_.parts.back());
        } else {
            EXPECT_TRUE(parser_.finds_marker(std::get<Placeholder>(placeholder).literal()));
            EXPECT_EQ("usage-error\n", example_.parts.back());
        }
    }

    // One for all examples of a dialect: it keeps no state from one source to the next.
    static const Parser& parser_of(const Example& example, const std::string& dialect) {
        static std::map<std::string, Parser> parsers;
        const auto names = example.has("dialect") ? example.value("dialect") : dialect;
        const auto known = parsers.find(names);
        if (known != parsers.end()) return known->second;
        std::vector<Dialect> dialects;
        std::istringstream stream(names);
        for (std::string name; std::getline(stream, name, ',');) {
            dialects.push_back(*find_dialect(name));
        }
        return parsers.try_emplace(names, combined(dialects)).first->second;
    }

    Example example_;
    const Parser& parser_;
    ParseOptions options_;
    std::string source_;
};

// A page of the specification and the dialect it is about.
struct Page {
    std::string path;
    std::string dialect;
    std::string suite;
    std::string content;  // what its sources are
};

class ExampleTest : public testing::Test {
public:
    ExampleTest(Example example, Page page)
        : example_(std::move(example)), page_(std::move(page)) {}
    void TestBody() override {
        SCOPED_TRACE(page_.path + ":" + std::to_string(example_.line));
        Case(example_, page_.dialect).run();
    }

private:
    Example example_;
    Page page_;
};

// A user's parser may be a global, made before the globals of the library.
const Parser made_before_main(fastadmin());

TEST(Parser, MayBeAGlobal) {
    for (const char* text : {"##paidbegin##", "a</paid>", "##paidbegn##", "#paid begin#",
                             "&#35;#paidend##", "＃＃ paid end ＃＃", "\\#\\#p\\u0061idbegin"})
        EXPECT_TRUE(made_before_main.finds_marker(text)) << text;
}

// FORMAT.md, the pages about markup, and a page of each other dialect.
std::vector<Page> pages() {
    const std::string directory = PAYWALL_PARSER_DIR;
    std::vector<Page> pages{{directory + "/FORMAT.md", fastadmin().name, "Format", "text"},
                            {directory + "/HTML.md", fastadmin().name, "Html", "html"},
                            {directory + "/MARKDOWN.md", fastadmin().name, "Markdown", "markdown"},
                            {directory + "/NUMBERS.md", fastadmin().name, "Numbers", "text"}};
    for (const Dialect& dialect : built_in_dialects()) {
        if (dialect.name == fastadmin().name) continue;
        std::string suite = dialect.name;
        std::ranges::replace(suite, '-', '_');
        pages.push_back(
            {directory + "/dialects/" + dialect.name + ".md", dialect.name, suite, "text"});
    }
    return pages;
}

TEST(Pages, EveryDialectHasOneOfEightExamplesAtLeast) {
    for (const Page& page : pages()) {
        std::ifstream file(page.path, std::ios::binary);
        const std::string markdown{std::istreambuf_iterator<char>(file), {}};
        EXPECT_GE(read_examples(markdown).size(), 8U) << page.path;
    }
}

void register_examples(const Page& page) {
    std::ifstream file(page.path, std::ios::binary);
    const std::string markdown{std::istreambuf_iterator<char>(file), {}};
    for (Example example : read_examples(markdown)) {
        example.options.emplace("content", page.content);
        char name[32];
        std::snprintf(name, sizeof name, "Example%03zu", example.number);
        testing::RegisterTest(page.suite.c_str(), name, nullptr, nullptr, page.path.c_str(),
                              static_cast<int>(example.line), [example, page]() -> testing::Test* {
                                  return new ExampleTest(example, page);
                              });
    }
}

}  // namespace
}  // namespace paywall::tests

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    for (const auto& page : paywall::tests::pages()) paywall::tests::register_examples(page);
    return RUN_ALL_TESTS();
}
