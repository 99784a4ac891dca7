#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "audit/finding.hpp"

namespace paywall::tools {

/// How much of a document is paid; characters of visible text in normal form.
struct PaidShare {
    std::size_t sections = 0;
    std::size_t paid = 0;
    std::size_t all = 0;

    [[nodiscard]] double share() const {
        return all == 0 ? 0 : static_cast<double>(paid) / static_cast<double>(all);
    }
};

/// What was gated when a release was good: a file of one JSON object for each document with paid
/// parts, in the order of their paths: path, sections, paid, all.
class Baseline {
public:
    Baseline() = default;
    /// Throws UsageError where a line is wrong. `name` is the file's.
    Baseline(std::string_view text, const std::string& name);

    void add(const std::string& path, const PaidShare& share);
    [[nodiscard]] std::string to_text() const;

    /// What `now` gates less of: a document whose gate is gone (or that is gone itself), that has
    /// fewer sections, or whose paid share fell by more than `max_fall` percent of what it was.
    /// A refused document is none of these: it publishes nothing.
    [[nodiscard]] std::vector<audit::Finding> compare(const Baseline& now,
                                                      const std::vector<std::string>& refused,
                                                      std::size_t max_fall) const;

private:
    std::map<std::string, PaidShare> documents_;
};

}  // namespace paywall::tools
