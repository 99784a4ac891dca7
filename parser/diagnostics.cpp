#include "parser/diagnostics.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace paywall {

DiagnosticCollector::DiagnosticCollector(std::set<Rule> deny, std::set<Rule> allow,
                                         std::size_t limit)
    : deny_(std::move(deny)), allow_(std::move(allow)), limit_(limit) {}

void DiagnosticCollector::add(Diagnostic diagnostic) {
    diagnostic.severity = default_severity(diagnostic.rule);
    if (diagnostic.severity == Severity::warning) {
        if (deny_.contains(diagnostic.rule)) {
            diagnostic.severity = Severity::error;
        } else if (allow_.contains(diagnostic.rule)) {
            return;
        }
    }
    const bool is_error = diagnostic.severity == Severity::error;
    ++(is_error ? errors_ : warnings_);
    auto& kept = is_error ? kept_errors_ : kept_warnings_;
    if (kept.size() < limit_) kept.push_back(std::move(diagnostic));
}

Diagnostics DiagnosticCollector::take() {
    Diagnostics result{std::move(kept_errors_), errors_, warnings_};
    const auto room = static_cast<std::ptrdiff_t>(
        std::min(limit_ - result.kept.size(), kept_warnings_.size()));
    std::move(kept_warnings_.begin(), kept_warnings_.begin() + room,
              std::back_inserter(result.kept));
    std::ranges::stable_sort(result.kept, {}, [](const Diagnostic& diagnostic) {
        return diagnostic.span.offset;
    });
    return result;
}

}  // namespace paywall
