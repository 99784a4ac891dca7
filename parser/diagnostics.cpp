#include "parser/diagnostics.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace paywall {

DiagnosticCollector::DiagnosticCollector(std::set<Rule> deny, std::set<Rule> allow,
                                         std::size_t limit)
    : deny_(std::move(deny)), allow_(std::move(allow)), limit_(limit) {}

Severity DiagnosticCollector::severity_of(Rule rule) const {
    return deny_.contains(rule) ? Severity::error : default_severity(rule);
}

bool DiagnosticCollector::counts(Rule rule) {
    const bool is_error = severity_of(rule) == Severity::error;
    if (!is_error && allow_.contains(rule)) return false;
    ++(is_error ? errors_ : warnings_);
    return (is_error ? kept_errors_ : kept_warnings_).size() < limit_;
}

void DiagnosticCollector::keep(Diagnostic diagnostic) {
    diagnostic.severity = severity_of(diagnostic.rule);
    diagnostic.is_secret = hides_lines_;
    const bool is_error = diagnostic.severity == Severity::error;
    (is_error ? kept_errors_ : kept_warnings_).push_back(std::move(diagnostic));
}

void DiagnosticCollector::add(Diagnostic diagnostic) {
    if (counts(diagnostic.rule)) keep(std::move(diagnostic));
}

Diagnostics DiagnosticCollector::take() {
    Diagnostics result{std::move(kept_errors_), errors_, warnings_};
    const auto room =
        static_cast<std::ptrdiff_t>(std::min(limit_ - result.kept.size(), kept_warnings_.size()));
    std::move(kept_warnings_.begin(), kept_warnings_.begin() + room,
              std::back_inserter(result.kept));
    std::ranges::stable_sort(result.kept, {},
                             [](const Diagnostic& diagnostic) { return diagnostic.span.offset; });
    return result;
}

}  // namespace paywall
