#include "tools/audit_baseline.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "tools/exit_status.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;
using audit::FindingRule;

std::optional<FindingRule> what_fell(const PaidShare& before, const PaidShare& now,
                                     std::size_t max_fall) {
    if (now.sections == 0) return FindingRule::gate_removed;
    if (now.sections < before.sections) return FindingRule::section_removed;
    const double least = before.share() * (1.0 - static_cast<double>(max_fall) / 100.0);
    if (now.share() < least) return FindingRule::paid_share_fell;
    return std::nullopt;
}

}  // namespace

Baseline::Baseline(std::string_view text, const std::string& name) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        try {
            const Json object = Json::parse(line);
            add(object.at("path").get<std::string>(),
                {object.at("sections").get<std::size_t>(), object.at("paid").get<std::size_t>(),
                 object.at("all").get<std::size_t>()});
        } catch (const Json::exception&) {
            throw UsageError("'" + name + "' line " + std::to_string(number) +
                             ": not what --write-baseline writes");
        }
    }
}

void Baseline::add(const std::string& path, const PaidShare& share) {
    documents_[path] = share;
}

std::string Baseline::to_text() const {
    std::string text;
    for (const auto& [path, share] : documents_) {
        const Json object{{"path", to_valid_utf8(path)},
                          {"sections", share.sections},
                          {"paid", share.paid},
                          {"all", share.all}};
        text += object.dump() + "\n";
    }
    return text;
}

std::vector<audit::Finding> Baseline::compare(const Baseline& now,
                                              const std::vector<std::string>& refused,
                                              std::size_t max_fall) const {
    std::vector<audit::Finding> findings;
    for (const auto& [path, before] : documents_) {
        if (std::ranges::find(refused, path) != refused.end()) continue;
        const auto found = now.documents_.find(path);
        const PaidShare share = found == now.documents_.end() ? PaidShare{} : found->second;
        if (const auto rule = what_fell(before, share, max_fall))
            findings.push_back({.rule = *rule, .path = path});
    }
    return findings;
}

}  // namespace paywall::tools
