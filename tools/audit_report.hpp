#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "audit/explorer.hpp"
#include "audit/finding.hpp"
#include "tools/audit_sources.hpp"
#include "tools/audit_state.hpp"
#include "tools/console.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// Says what an audit found: as jsonl one object as each finding comes; for people all in the end,
/// where the same finding in many files is one message. Then what was not covered and what was
/// not understood.
class AuditReport {
public:
    AuditReport(const Options& options, Console& console) : options_(options), console_(console) {}

    void add(const audit::Finding& finding);
    /// What a published file kept from the search; limits are findings and not for this.
    void add(const std::string& path, const audit::Gap& gap);
    void add_passed_over(const std::vector<std::string>& paths);
    void add_uncovered(const std::vector<Uncovered>& uncovered);
    /// Lines of the --known file that accepted nothing.
    void add_unused(const std::vector<std::size_t>& lines);
    void count_file() { ++files_; }
    /// A file that earlier audits found clean.
    void count_unchanged(const std::string& path, CleanFile clean);

    void finish(const AuditedSources& sources);

private:
    /// Of the same finding in many files.
    struct Group {
        audit::Finding first;
        std::vector<std::string> others;
        std::size_t more = 0;
    };
    using Key = std::tuple<audit::FindingRule, std::string, std::size_t, std::size_t, std::string,
                           std::size_t>;
    [[nodiscard]] bool speaks_json() const { return options_.format == Format::jsonl; }
    void add_to_group(const audit::Finding& finding);
    void say_groups();
    void say_notes(const Skipped& skipped);
    void note(const std::string& text);

    const Options& options_;
    Console& console_;
    std::size_t files_ = 0;
    std::size_t unchanged_ = 0;
    std::size_t findings_ = 0;
    std::vector<Group> groups_;
    std::map<Key, std::size_t> group_of_;
    std::map<std::string, std::size_t> data_;  // files searched as bytes only, by extension
    std::vector<std::string> closed_;          // damaged and locked
    std::vector<std::string> passed_over_;
    std::vector<std::string> uncovered_;
    std::vector<std::string> unused_;
};

}  // namespace paywall::tools
