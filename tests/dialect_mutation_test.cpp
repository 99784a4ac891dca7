// The damaged markers of mutation_test, of every built-in dialect: each is cut as if it were sound,
// or refuses its source. What the pages promise of a marker depends on its form and its word.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "parser/repair.hpp"
#include "tests/mutators.hpp"
#include "tests/seed.hpp"

namespace paywall::test {
namespace {

constexpr std::string_view secret = "Quince-7319";

/// `{O}` is an opener or divider, `{C}` the closer (of a divider nothing), `@` the text between.
/// Markers that are lines stand on lines of their own in all of them.
constexpr std::array contexts{
    "Free words.\n{O}\n@ is more.\n{C}\n",
    "<p>Free</p>\n{O}\n<p>@</p>\n{C}\n",
    "Free.\r\n{O}\r\n@\r\n{C}\r\n",
    "\xEF\xBB\xBF# Title\n\nFree [link](/x), `code` <!-- note --> $5.\n\n{O}\n\n@\n\n{C}\n",
    "免费的内容，￥99起。\n{O}\n@，付费内容。\n{C}\n",
    "{O}\n@\n{C}\n",
    "Free text of a paragraph that goes on for longer than any vector register is wide, so that\n"
    "the marker lies in a later block.\n{O}\n@ and a text of the same kind.\n{C}",
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string written(std::string_view context, const std::string& open, const std::string& close) {
    std::string source = replaced(std::string(context), "@", secret);
    source = replaced(source, "{O}", open);
    return replaced(source, "{C}", close);
}

/// A marker without attributes; white space in it is nobody's to damage.
Form form_of_padded(const Marker& marker) {
    const auto kind =
        marker.kind == WordKind::ordinary ? WordKind::ordinary : WordKind::distinctive;
    Form form{{}, marker.role, kind};
    const std::string text = marker.text();
    const auto word = text.find(marker.word);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto part = i < word                        ? Part::before
                          : i < word + marker.word.size() ? Part::word
                                                          : Part::after;
        const bool is_space = text[i] == ' ';
        form.units.push_back(
            {is_space ? '\0' : text[i], std::string(1, text[i]), is_space ? Part::added : part});
    }
    return form;
}

/// An opener with its closer, or a divider.
struct Section {
    const Dialect* dialect;
    Marker open;
    std::optional<Marker> close;
};

std::vector<Section> sections_of(const Dialect& dialect) {
    std::vector<Section> sections;
    for (const Marker& marker : dialect.markers) {
        if (marker.role == Role::divide) sections.push_back({&dialect, marker, std::nullopt});
        if (marker.role == Role::open) {
            sections.push_back({&dialect, marker, counterpart(dialect, marker)});
        }
    }
    return sections;
}

struct Editions {
    std::string preview;
    std::string full;
    bool is_denied = false;  ///< attributes were not known, so it is for payers of everything
};

/// Letters and digits.
std::string letters_of(std::string text) {
    std::erase_if(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
    return text;
}

bool holds(const std::string& edition) {
    return edition.find(secret) != std::string::npos;
}

/// Cut as the sound source, but perhaps for a sign that stood beside a sound marker and is left; or
/// stricter because of what is not known.
bool is_cut(const Editions& editions, const Editions& sound) {
    if (editions.is_denied || !holds(sound.preview)) return !holds(editions.preview);
    return letters_of(editions.preview) == letters_of(sound.preview);
}

/// Both editions; nothing if the source is refused.
std::optional<Editions> read(const Parser& parser, const std::string& source) {
    const auto parsed = parser.parse(source);
    const auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr) return std::nullopt;
    const auto preview = render(*document, EditionKind::preview);
    const auto full = render(*document, EditionKind::full);
    if (preview.index() != 0 || full.index() != 0) return std::nullopt;
    const auto& told = document->warnings.kept;
    return Editions{
        std::get<Edition>(preview).text(), std::get<Edition>(full).text(),
        std::ranges::find(told, Rule::unknown_audience, &Diagnostic::rule) != told.end()};
}

/// Does the dialect's page promise that this damage is seen where nothing else tells of it: in a
/// divider, or in both markers of a section alike?
bool is_promised_of(const Section& section, const Mutator& mutator) {
    const Marker& marker = section.open;
    const bool is_line = marker.form == paywall::Form::line;
    const bool is_ordinary = marker.kind == WordKind::ordinary;
    const bool is_distinctive = marker.kind == WordKind::distinctive;
    const bool is_long = marker.word.size() >= 10;
    switch (mutator.family) {
        case Family::folded:
        case Family::markup:
            return true;
        case Family::edge_space:
            return !is_line;
        case Family::hyphen:
        case Family::word_space:
            return !is_ordinary && !is_line;
        case Family::delimiter:
            return mutator.name != "delimiters of another kind" && !is_line;
        case Family::typo:
            return !is_ordinary && !is_line;
        case Family::typos:
            return !is_ordinary && is_long && !is_line;
        case Family::brackets:
            return marker.form == paywall::Form::bracket && is_ordinary &&
                   section.close.has_value();
        case Family::bare:
            return is_distinctive && !is_line;
        case Family::attribute:
            return !is_line;
        case Family::unended:
            return marker.form != paywall::Form::line;
        case Family::wording:
            return false;
    }
    return false;
}

class Bench {
public:
    void judge(const std::string& name, const Parser& parser, const std::string& source,
               const Editions& sound) {
        const auto result = read(parser, source);
        ++total_;
        auto& [cut, refused, wrong] = counts_[name];
        if (!result) {
            ++refused;
            judge_repair(name, parser, source, sound);
        } else if (is_cut(*result, sound)) {
            ++cut;
        } else if (++wrong <= 3) {
            ADD_FAILURE() << name << ": neither cut nor refused\n"
                          << testing::PrintToString(source) << "\n"
                          << testing::PrintToString(result->preview);
        }
    }

    /// What has one safe fix is cut as the sound source then, or stricter.
    void judge_repair(const std::string& name, const Parser& parser, const std::string& source,
                      const Editions& sound) {
        const auto result = repair(parser, source);
        const auto* repaired = std::get_if<Repair>(&result);
        if (repaired == nullptr) return;
        const auto editions = read(parser, repaired->bytes);
        ++repaired_;
        if (editions && (is_cut(*editions, sound) || !holds(editions->preview))) return;
        ADD_FAILURE() << name << ": repaired to what is not cut\n"
                      << testing::PrintToString(source) << "\n"
                      << testing::PrintToString(repaired->bytes);
    }

    ~Bench() {
        std::array<std::size_t, 3> sum{};
        for (const auto& [name, count] : counts_) {
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += count[i];
        }
        std::cout << total_ << " mutations: " << sum[0] << " cut, " << sum[1] << " refused, "
                  << sum[2] << " wrong; " << repaired_ << " repaired\n";
    }
    Bench() = default;
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    [[nodiscard]] std::size_t total() const { return total_; }

private:
    std::map<std::string, std::array<std::size_t, 3>> counts_;
    std::size_t total_ = 0;
    std::size_t repaired_ = 0;
};

std::string text_of(const std::optional<Marker>& marker) {
    return marker ? marker->text() : std::string();
}

class EveryDialect : public testing::TestWithParam<Dialect> {};

TEST_P(EveryDialect, CutsTheContextsSoundly) {
    const Parser parser(GetParam());
    for (const Section& section : sections_of(GetParam())) {
        for (const char* context : contexts) {
            const auto source = written(context, section.open.text(), text_of(section.close));
            EXPECT_TRUE(read(parser, source)) << source;
        }
    }
}

/// Every way of every mutator, on each marker and on both.
TEST_P(EveryDialect, CutsOrRefusesEveryMutation) {
    const Parser parser(GetParam());
    Random random(run_seed());
    Bench bench;
    for (const Section& section : sections_of(GetParam())) {
        const std::string open = section.open.text();
        const std::string close = text_of(section.close);
        std::vector<Editions> sound;
        for (const char* context : contexts) {
            sound.push_back(read(parser, written(context, open, close)).value_or(Editions{}));
        }
        for (const Mutator& mutator : mutators()) {
            const bool is_promised = is_promised_of(section, mutator);
            Odometer choices;
            std::size_t turn = random(contexts.size());
            do {
                const Pick pick = [&](std::size_t n) { return choices.pick(n); };
                const auto opener = mutator.apply(form_of_padded(section.open), pick);
                choices.rewind();
                const auto closer = section.close
                                        ? mutator.apply(form_of_padded(*section.close), pick)
                                        : std::nullopt;
                const std::size_t k = turn++ % contexts.size();
                const std::string name = mutator.name + ", " + open;
                const auto judge = [&](const std::string& one, const std::string& other) {
                    if (is_slow_build && random(4) != 0) return;  // all are judged as shipped
                    bench.judge(name, parser, written(contexts[k], one, other), sound[k]);
                };
                if (section.close) {
                    // A region that may begin with the source is sound without its opener.
                    const bool tells = !GetParam().region(section.open).may_begin_source;
                    if (opener && (tells || is_promised)) judge(opener->text(), close);
                    if (closer) judge(open, closer->text());
                    if (opener && closer && is_promised) judge(opener->text(), closer->text());
                } else if (opener && is_promised) {
                    judge(opener->text(), "");
                }
            } while (choices.advance());
        }
    }
    EXPECT_GE(bench.total(), is_slow_build ? 50U : 300U);
}

/// Dialects as projects define their own (tools/own_dialect.hpp), in brackets and runs of many
/// kinds.
std::vector<Dialect> own_dialects() {
    const auto section = [](const char* name, const Marker& like, const char* open,
                            const char* close) {
        auto opener = like;
        auto closer = like;
        const auto split = [&](Marker& marker, const std::string& text) {
            const auto is_letter = [](char c) { return std::isalpha(c) != 0 || c == '-'; };
            const auto begin = std::ranges::find_if(text, is_letter);
            const auto end = std::find_if_not(begin, text.end(), is_letter);
            marker.before = {text.begin(), begin};
            marker.word = {begin, end};
            marker.after = {end, text.end()};
        };
        split(opener, open);
        split(closer, close);
        opener.role = Role::open;
        closer.role = Role::close;
        return Dialect{.name = name, .markers = {opener, closer}, .regions = {Region{}}};
    };
    const Marker bracket{.role = Role::open,
                         .before = {},
                         .word = {},
                         .after = {},
                         .form = paywall::Form::bracket,
                         .kind = WordKind::ordinary};
    auto uncommon = bracket;
    uncommon.kind = WordKind::uncommon;
    auto distinctive = bracket;
    distinctive.kind = WordKind::distinctive;
    auto run = distinctive;
    run.form = paywall::Form::run;
    return {section("braces", bracket, "{{paywall}}", "{{/paywall}}"),
            section("percent", distinctive, "{%paidcontent%}", "{%endpaidcontent%}"),
            section("parentheses", uncommon, "((members))", "((/members))"),
            section("bars", distinctive, "|subscribers|", "|/subscribers|"),
            section("runs", run, "%%PAIDSTART%%", "%%PAIDSTOP%%")};
}

std::string suite_name(const testing::TestParamInfo<Dialect>& info) {
    return replaced(info.param.name, "-", "_");
}

INSTANTIATE_TEST_SUITE_P(Mutation, EveryDialect, testing::ValuesIn(built_in_dialects()),
                         suite_name);
INSTANTIATE_TEST_SUITE_P(OwnMutation, EveryDialect, testing::ValuesIn(own_dialects()), suite_name);

}  // namespace
}  // namespace paywall::test

namespace paywall {
void PrintTo(const Dialect& dialect, std::ostream* out) {
    *out << dialect.name;
}
}  // namespace paywall
