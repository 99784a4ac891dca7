#include "tools/accepted.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/exit_status.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::json;

template <typename Value>
std::optional<Value> value_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return std::nullopt;
    return found->get<Value>();
}

template <typename Value>
bool agrees(const std::optional<Value>& wanted, const Value& value) {
    return !wanted || *wanted == value;
}

}  // namespace

Accepted::Accepted(std::string_view text, const std::string& name) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == line.npos) continue;
        try {
            entries_.push_back(read(line));
            entries_.back().line = number;
        } catch (const Json::exception&) {
            throw UsageError("'" + name + "' line " + std::to_string(number) +
                             ": not a JSON object as --format jsonl writes them");
        } catch (const UsageError& error) {
            throw UsageError("'" + name + "' line " + std::to_string(number) + ": " + error.what());
        }
    }
}

Accepted::Entry Accepted::read(const std::string& line) {
    const Json object = Json::parse(line);
    if (value_of<std::string>(object, "reason").value_or("").empty())
        throw UsageError("an accepted finding needs a reason");
    Entry entry;
    entry.rule = value_of<std::string>(object, "rule").value_or("");
    const auto& rules = audit::all_finding_rules();
    const auto named = [&](audit::FindingRule rule) { return finding_name(rule) == entry.rule; };
    if (std::ranges::none_of(rules, named)) throw UsageError("unknown rule '" + entry.rule + "'");
    entry.path = value_of<std::string>(object, "path");
    entry.source = value_of<std::string>(object, "source");
    entry.layer = value_of<std::string>(object, "layer");
    entry.source_line = value_of<std::size_t>(object, "source_line");
    entry.characters = value_of<std::size_t>(object, "characters");
    return entry;
}

bool Accepted::matches(const Entry& entry, const audit::Finding& finding) {
    return entry.rule == finding_name(finding.rule) && agrees(entry.path, finding.path) &&
           agrees(entry.source, finding.source) && agrees(entry.layer, finding.layer) &&
           agrees(entry.source_line, finding.source_location.line) &&
           (!entry.characters || finding.characters <= *entry.characters);
}

bool Accepted::accepts(const audit::Finding& finding) {
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry& entry) { return matches(entry, finding); });
    if (found == entries_.end()) return false;
    found->used = true;
    return true;
}

std::vector<std::size_t> Accepted::unused() const {
    std::vector<std::size_t> lines;
    for (const auto& entry : entries_)
        if (!entry.used) lines.push_back(entry.line);
    return lines;
}

}  // namespace paywall::tools
