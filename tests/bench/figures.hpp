#pragma once

#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace paywall::bench {

/// Bytes per second of every repetition, by benchmark name `subject/buffer`.
using Measured = std::map<std::string, std::vector<double>>;

/// Prints one line per benchmark: median, slowest and fastest repetition; and keeps all.
class Collector : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context& context) override;
    void ReportRuns(const std::vector<Run>& runs) override;

    [[nodiscard]] const Measured& measured() const { return measured_; }

private:
    Measured measured_;
};

/// The closing table: figures against their targets, each reached or missed.
void print_targets(const Measured& measured);

/// One line per figure for the history: name, value, unit, separated by tabs.
void write_figures(const Measured& measured, const std::string& path);

}  // namespace paywall::bench
