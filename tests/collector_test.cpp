#include "parser/diagnostics.hpp"

#include <gtest/gtest.h>

#include <string>

namespace paywall {
namespace {

/// What was kept, in order: `error 3 unclosed-section`.
std::string told(const Diagnostics& diagnostics) {
    std::string text;
    for (const auto& diagnostic : diagnostics.kept) {
        text += diagnostic.severity == Severity::error ? "error " : "warning ";
        text += std::to_string(diagnostic.span.offset) + " ";
        text += std::string(rule_name(diagnostic.rule)) + "\n";
    }
    return text;
}

Diagnostic at(std::size_t offset, Rule rule) {
    return {.rule = rule, .span = {offset, 1}};
}

TEST(Collector, NothingSaid) {
    DiagnosticCollector collector({}, {}, 20);
    EXPECT_FALSE(collector.has_errors());
    const auto diagnostics = collector.take();
    EXPECT_TRUE(diagnostics.kept.empty());
    EXPECT_EQ(diagnostics.suppressed(), 0U);
}

TEST(Collector, OrdersByPosition) {
    DiagnosticCollector collector({}, {}, 20);
    collector.add(at(9, Rule::unclosed_section));
    collector.add(at(5, Rule::empty_section));
    collector.add(at(3, Rule::malformed_marker));
    EXPECT_TRUE(collector.has_errors());
    EXPECT_EQ(told(collector.take()),
              "error 3 malformed-marker\nwarning 5 empty-section\nerror 9 unclosed-section\n");
}

TEST(Collector, CountsWhatItDoesNotKeep) {
    DiagnosticCollector collector({}, {}, 2);
    for (std::size_t i = 0; i < 1000; ++i) collector.add(at(i, Rule::malformed_marker));
    for (std::size_t i = 0; i < 10; ++i) collector.add(at(i, Rule::empty_section));
    const auto diagnostics = collector.take();
    EXPECT_EQ(told(diagnostics), "error 0 malformed-marker\nerror 1 malformed-marker\n");
    EXPECT_EQ(diagnostics.errors, 1000U);
    EXPECT_EQ(diagnostics.warnings, 10U);
    EXPECT_EQ(diagnostics.suppressed(), 1008U);
}

TEST(Collector, KeepsErrorsBeforeEarlierWarnings) {
    DiagnosticCollector collector({}, {}, 2);
    collector.add(at(1, Rule::empty_section));
    collector.add(at(2, Rule::mixed_spelling));
    collector.add(at(3, Rule::unclosed_section));
    EXPECT_EQ(told(collector.take()), "warning 1 empty-section\nerror 3 unclosed-section\n");
}

TEST(Collector, KeepsNoneWhereNoneIsAskedFor) {
    DiagnosticCollector collector({}, {}, 0);
    collector.add(at(1, Rule::unclosed_section));
    EXPECT_TRUE(collector.has_errors());
    EXPECT_EQ(collector.take().suppressed(), 1U);
}

TEST(Collector, DeniedWarningsAreErrors) {
    DiagnosticCollector collector({Rule::empty_section}, {}, 20);
    collector.add(at(1, Rule::empty_section));
    collector.add(at(2, Rule::nothing_free));
    EXPECT_TRUE(collector.has_errors());
    EXPECT_EQ(told(collector.take()), "error 1 empty-section\nwarning 2 nothing-free\n");
}

TEST(Collector, AllowedWarningsAreNotSaid) {
    DiagnosticCollector collector({}, {Rule::empty_section}, 20);
    collector.add(at(1, Rule::empty_section));
    const auto diagnostics = collector.take();
    EXPECT_EQ(told(diagnostics), "");
    EXPECT_EQ(diagnostics.warnings, 0U);
}

TEST(Collector, DenyingIsStrongerThanAllowing) {
    DiagnosticCollector collector({Rule::empty_section}, {Rule::empty_section}, 20);
    collector.add(at(1, Rule::empty_section));
    EXPECT_EQ(told(collector.take()), "error 1 empty-section\n");
}

TEST(Collector, ErrorsCannotBeAllowed) {
    DiagnosticCollector collector({}, {Rule::malformed_marker}, 20);
    collector.add(at(1, Rule::malformed_marker));
    EXPECT_EQ(told(collector.take()), "error 1 malformed-marker\n");
}

}  // namespace
}  // namespace paywall
