#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "parser/diagnostic.hpp"

namespace paywall {

/// Gathers what is said of one source: judges how severe it is, keeps as much as is asked for
/// (memory stays small for a source of a million faults), and counts the rest.
class DiagnosticCollector {
public:
    /// `deny` and `allow` as in ParseOptions; they are copied.
    DiagnosticCollector(std::set<Rule> deny, std::set<Rule> allow, std::size_t limit);

    /// Counts one of this rule. Is it to be kept? Then keep() wants it whole.
    [[nodiscard]] bool counts(Rule rule);
    /// Of a rule that counts() has just said to keep. Its severity is set here.
    void keep(Diagnostic diagnostic);
    /// Both.
    void add(Diagnostic diagnostic);

    /// From now on no diagnostic may quote a line.
    void hide_lines() { hides_lines_ = true; }

    [[nodiscard]] bool has_errors() const { return errors_ > 0; }

    /// Everything kept, errors before warnings while there is room, in order of position.
    [[nodiscard]] Diagnostics take();

private:
    [[nodiscard]] Severity severity_of(Rule rule) const;

    std::set<Rule> deny_;
    std::set<Rule> allow_;
    std::size_t limit_;
    bool hides_lines_ = false;
    std::vector<Diagnostic> kept_errors_;
    std::vector<Diagnostic> kept_warnings_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

}  // namespace paywall
