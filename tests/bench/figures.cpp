#include "tests/bench/figures.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>

namespace paywall::bench {
namespace {

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::optional<double> speed(const Measured& measured, const std::string& name) {
    const auto found = measured.find(name);
    if (found == measured.end()) return std::nullopt;
    return median(found->second);
}

std::optional<double> ratio(const Measured& measured, const std::string& one,
                            const std::string& buffer, const std::string& other) {
    const auto ours = speed(measured, one + "/" + buffer);
    const auto theirs = speed(measured, other + "/" + buffer);
    if (!ours || !theirs) return std::nullopt;
    return *ours / *theirs;
}

void print_target(const std::string& what, std::optional<double> value, double target,
                  const char* unit) {
    if (!value) return;
    std::printf("  %-44s %8.2f %-11s target %5.2f  %s\n", what.c_str(), *value, unit, target,
                *value >= target ? "reached" : "MISSED");
}

constexpr double giga = 1e9;
const std::string awkward = "parse/awkward: ";

std::optional<double> in_gb(std::optional<double> bytes_per_second) {
    if (bytes_per_second) *bytes_per_second /= giga;
    return bytes_per_second;
}

}  // namespace

bool Collector::ReportContext(const Context& context) {
    PrintBasicContext(&std::cerr, context);
    std::printf("%-34s %12s %12s %12s\n", "64 MiB each, GB/s", "median", "slowest", "fastest");
    return true;
}

void Collector::ReportRuns(const std::vector<Run>& runs) {
    std::string name;
    std::vector<double> speeds;
    for (const Run& run : runs) {
        if (run.run_type != Run::RT_Iteration) continue;
        name = run.run_name.function_name;
        speeds.push_back(run.counters.at("bytes_per_second"));
    }
    if (speeds.empty()) return;
    std::printf("%-34s %12.3f %12.3f %12.3f\n", name.c_str(), median(speeds) / giga,
                *std::min_element(speeds.begin(), speeds.end()) / giga,
                *std::max_element(speeds.begin(), speeds.end()) / giga);
    std::fflush(stdout);
    measured_[name] = std::move(speeds);
}

void print_targets(const Measured& measured) {
    std::printf("\nagainst the targets (medians)\n");
    const std::string chinese = "Chinese prose";
    print_target(chinese + ", times textbook X3", ratio(measured, "parse", chinese, "textbook"), 8,
                 "x");
    print_target(chinese + ", times memchr", ratio(measured, "parse", chinese, "memchr"), 0.2, "x");
    for (const char* buffer : {"Chinese prose", "HTML", "Markdown"})
        print_target(buffer + std::string(", ten more dialects"),
                     ratio(measured, "ten more dialects", buffer, "parse"), 0.95, "x");
    print_target("HTML", in_gb(speed(measured, "parse/HTML")), 2, "GB/s");
    print_target("HTML sources, cut as HTML", in_gb(speed(measured, "cut/HTML sources")), 0.5,
                 "GB/s");
    for (const auto& [name, speeds] : measured)
        if (name.rfind(awkward, 0) == 0)
            print_target(name.substr(awkward.size() - 9), in_gb(median(speeds)), 0.15, "GB/s");
    for (const auto& [name, speeds] : measured)
        if (name.rfind("dialect/", 0) == 0) print_target(name, in_gb(median(speeds)), 1, "GB/s");
}

void write_figures(const Measured& measured, const std::string& path) {
    std::ofstream file(path);
    for (const auto& [name, speeds] : measured)
        file << name << '\t' << median(speeds) / giga << "\tGB/s\n";
    for (const char* other : {"textbook", "memchr", "no other dialect", "ten more dialects"})
        if (const auto value = ratio(measured, "parse", "Chinese prose", other))
            file << "Chinese prose, times " << other << '\t' << *value << "\tx\n";
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace paywall::bench
