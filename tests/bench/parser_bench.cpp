// This parser with everything on, the textbook X3 grammar alone, and memchr for one absent byte,
// in one run on the same buffers. Repetitions are interleaved, so that a machine's slow minute
// falls on all of them, and the time is the processor's.
// Usage: parser_bench [--figures FILE] [Google Benchmark's own options]

#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tests/bench/buffers.hpp"
#include "tests/bench/dialect_buffers.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/textbook.hpp"

namespace {

using namespace paywall;
using namespace paywall::bench;

template <typename Work>
void measure(benchmark::State& state, std::string_view buffer, const Work& work) {
    for ([[maybe_unused]] auto _ : state) {
        auto result = work(buffer);
        benchmark::DoNotOptimize(result);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(buffer.size()));
}

/// fastadmin's, watching for the markers of so many dialects.
enum class Others { none, built_in, ten_more };

const Parser& parser_beside(Others others) {
    const auto make = [](Others which) {
        auto dialects = which == Others::none ? std::vector<Dialect>() : built_in_dialects();
        if (which == Others::ten_more)
            for (auto& dialect : more_dialects(10)) dialects.push_back(std::move(dialect));
        return Parser(fastadmin(), dialects);
    };
    static const Parser parsers[] = {make(Others::none), make(Others::built_in),
                                     make(Others::ten_more)};
    return parsers[static_cast<std::size_t>(others)];
}

std::size_t parse_everything(std::string_view buffer, Others others = Others::built_in) {
    const auto parsed = parser_beside(others).parse(buffer);
    const auto* document = std::get_if<Document>(&parsed);
    return document != nullptr ? document->segments.size() : std::get<Diagnostics>(parsed).errors;
}

/// The preview of an HTML source, cut as what it is: bytes.
std::size_t cut_html(const std::string& source) {
    static const Parser parser(fastadmin());
    ParseOptions options;
    options.content = Content::html;
    const auto parsed = parser.parse(source, options);
    const auto edition = render(std::get<Document>(parsed), EditionKind::preview);
    return std::get<Edition>(edition).size();
}

const void* find_absent(std::string_view buffer) {
    return std::memchr(buffer.data(), '\x01', buffer.size());
}

template <typename Work>
void add_prose(const std::string& subject, const Work& work) {
    const std::vector<std::pair<std::string, Prose>> buffers{
        {"Chinese prose", Prose::chinese}, {"HTML", Prose::html}, {"Markdown", Prose::markdown}};
    for (const auto& [name, kind] : buffers)
        benchmark::RegisterBenchmark(
            (subject + "/" + name).c_str(),
            [kind = kind, work](benchmark::State& state) { measure(state, prose(kind), work); })
            ->Repetitions(9)
            ->MinTime(0.1);
}

void add_cutting() {
    benchmark::RegisterBenchmark("cut/HTML sources",
                                 [](benchmark::State& state) {
                                     std::size_t bytes = 0;
                                     for ([[maybe_unused]] auto _ : state)
                                         for (const auto& source : html_sources()) {
                                             benchmark::DoNotOptimize(cut_html(source));
                                             bytes += source.size();
                                         }
                                     state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
                                 })
        ->Repetitions(9)
        ->MinTime(0.1);
}

void add_awkward() {
    for (const Awkward& input : awkward_inputs())
        benchmark::RegisterBenchmark(
            ("parse/awkward: " + input.name).c_str(),
            [&input](benchmark::State& state) {
                measure(state, repeated(input.unit),
                        [](std::string_view buffer) { return parse_everything(buffer); });
            })
            ->Repetitions(3)
            ->MinTime(0.02);
}

void add_dialects() {
    for (const Dialect& dialect : built_in_dialects())
        benchmark::RegisterBenchmark(("dialect/" + dialect.name).c_str(),
                                     [&dialect](benchmark::State& state) {
                                         const Parser parser(dialect);
                                         const auto text = prose_of(dialect);
                                         if (parser.parse(text).index() != 0)
                                             state.SkipWithError("its text is refused");
                                         measure(state, text, [&](std::string_view buffer) {
                                             return parser.parse(buffer).index();
                                         });
                                     })
            ->Repetitions(3)
            ->MinTime(0.05);
}

// Takes `--figures FILE` out of the arguments.
std::string take_figures_path(std::vector<char*>& arguments) {
    for (std::size_t i = 1; i + 1 < arguments.size(); ++i) {
        if (std::string_view(arguments[i]) != "--figures") continue;
        std::string path = arguments[i + 1];
        const auto at = arguments.begin() + static_cast<std::ptrdiff_t>(i);
        arguments.erase(at, at + 2);
        return path;
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<char*> arguments(argv, argv + argc);
    const std::string figures = take_figures_path(arguments);
    std::string interleave = "--benchmark_enable_random_interleaving=true";
    arguments.insert(arguments.begin() + 1, interleave.data());
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;

    add_prose("parse", [](std::string_view buffer) { return parse_everything(buffer); });
    add_prose("no other dialect",
              [](std::string_view buffer) { return parse_everything(buffer, Others::none); });
    add_prose("ten more dialects",
              [](std::string_view buffer) { return parse_everything(buffer, Others::ten_more); });
    add_prose("textbook", count_texts);
    add_prose("memchr", find_absent);
    add_cutting();
    add_awkward();
    add_dialects();

    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    print_targets(collector.measured());
    if (!figures.empty()) write_figures(collector.measured(), figures);
    return 0;
}
