#include "tools/audit_report.hpp"

#include <nlohmann/json.hpp>

#include "parser/quote.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;
using audit::Finding;
using audit::Gap;

constexpr std::size_t most_others = 3;   // places named beside the first
constexpr std::size_t most_listed = 10;  // of what was not covered, without --verbose

std::string dump(const Json& object) {
    return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string json_line(const Finding& finding) {
    Json object{{"rule", finding_name(finding.rule)},
                {"severity", "error"},
                {"path", to_valid_utf8(finding.path)},
                {"line", finding.location.line},
                {"column", finding.location.column},
                {"layer", to_valid_utf8(finding.layer)},
                {"source", nullptr},
                {"source_line", nullptr},
                {"characters", finding.characters}};
    if (!finding.source.empty()) {
        object["source"] = to_valid_utf8(finding.source);
        object["source_line"] = finding.source_location.line;
    }
    if (!is_valid_utf8(finding.path)) object["path_base64"] = base64(finding.path);
    return dump(object);
}

std::string_view gap_name(Gap::Kind kind) {
    switch (kind) {
        case Gap::Kind::limit:
            return "limit";
        case Gap::Kind::damaged:
            return "damaged";
        case Gap::Kind::encrypted:
            return "encrypted";
        case Gap::Kind::data:
            break;
    }
    return "data";
}

std::string place(const std::string& path, Location location) {
    return path + ":" + std::to_string(location.line) + ":" + std::to_string(location.column);
}

std::string extension_of(const std::string& path) {
    const std::size_t name = path.rfind('/') + 1;
    const std::size_t dot = path.rfind('.');
    return dot == path.npos || dot <= name ? "without extension" : path.substr(dot);
}

/// `a, b and 12 more`.
std::string list(const std::vector<std::string>& items, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(items.size(), most); ++i)
        text.append(text.empty() ? "" : ", ").append(escape(items[i]));
    if (items.size() > most) text += " and " + std::to_string(items.size() - most) + " more";
    return text;
}

}  // namespace

void AuditReport::add(const Finding& finding) {
    ++findings_;
    Counts refused;
    refused.of[static_cast<std::size_t>(Verdict::refused)] = 1;
    console_.add(refused);
    if (speaks_json())
        console_.say({.output = json_line(finding), .error = {}});
    else
        add_to_group(finding);
}

void AuditReport::add_to_group(const Finding& finding) {
    // Where the file itself is what is found, no other file has the same.
    const bool is_own = finding.rule != audit::FindingRule::paid_text &&
                        finding.rule != audit::FindingRule::marker_residue &&
                        finding.rule != audit::FindingRule::search_limit;
    const Key key{finding.rule,
                  is_own ? finding.source + "\n" + finding.path : finding.source,
                  finding.source_location.line,
                  finding.source_location.column,
                  finding.layer,
                  finding.characters};
    const auto [found, is_new] = group_of_.try_emplace(key, groups_.size());
    if (is_new) {
        groups_.push_back({finding, {}, 0});
        return;
    }
    Group& group = groups_[found->second];
    if (group.others.size() < most_others)
        group.others.push_back(place(finding.path, finding.location));
    else
        ++group.more;
}

void AuditReport::add(const std::string& path, const Gap& gap) {
    if (speaks_json())
        console_.say({.output = dump({{"summary", "not-understood"},
                                      {"path", to_valid_utf8(path)},
                                      {"what", gap_name(gap.kind)},
                                      {"layer", to_valid_utf8(gap.layer)}}),
                      .error = {}});
    if (gap.kind == Gap::Kind::data)
        ++data_[extension_of(path)];
    else
        closed_.push_back(path + " (" + std::string(gap_name(gap.kind)) + ")");
}

void AuditReport::count_unchanged(const std::string& path, CleanFile clean) {
    ++files_;
    ++unchanged_;
    if (clean == CleanFile::data) add(path, Gap{Gap::Kind::data, {}});
}

void AuditReport::add_passed_over(const std::vector<std::string>& paths) {
    passed_over_ = paths;
    if (!speaks_json()) return;
    for (const auto& path : paths)
        console_.say({.output = dump({{"summary", "not-understood"},
                                      {"path", to_valid_utf8(path)},
                                      {"what", "no regular file"},
                                      {"layer", ""}}),
                      .error = {}});
}

void AuditReport::add_uncovered(const std::vector<Uncovered>& uncovered) {
    for (const auto& [source, location, characters] : uncovered) {
        uncovered_.push_back(place(source, location));
        if (speaks_json())
            console_.say({.output = dump({{"summary", "not-covered"},
                                          {"source", to_valid_utf8(source)},
                                          {"source_line", location.line},
                                          {"characters", characters}}),
                          .error = {}});
    }
}

void AuditReport::add_unused(const std::vector<std::size_t>& lines) {
    for (const std::size_t line : lines) {
        unused_.push_back("line " + std::to_string(line));
        if (speaks_json())
            console_.say(
                {.output = dump({{"summary", "known-unused"}, {"line", line}}), .error = {}});
    }
}

void AuditReport::finish(const AuditedSources& sources) {
    const std::size_t segments = sources.index.segments().size();
    if (speaks_json()) {
        console_.say({.output = dump({{"summary", "total"},
                                      {"files", files_},
                                      {"sources", sources.count},
                                      {"skipped", sources.skipped.all()},
                                      {"paid_segments", segments},
                                      {"findings", findings_}}),
                      .error = {}});
    } else {
        say_groups();
    }
    if (options_.verbosity == Verbosity::quiet) return;
    if (!speaks_json()) say_notes(sources.skipped);
    note(counted(files_, "file", "files") + " against " +
         counted(sources.count, "source", "sources") + " with " +
         counted(segments, "paid segment", "paid segments") + ": " +
         counted(findings_, "finding", "findings") +
         (unchanged_ == 0
              ? ""
              : "; " + std::to_string(unchanged_) + " unchanged since they were clean"));
}

void AuditReport::say_groups() {
    for (const auto& [first, others, more] : groups_)
        console_.say({.output = {},
                      .error = format(first, others, more, {options_.redact, options_.colour})});
}

void AuditReport::note(const std::string& text) {
    console_.say({.output = {}, .error = "audit: " + text + "\n"});
}

void AuditReport::say_notes(const Skipped& skipped) {
    const std::size_t most =
        options_.verbosity == Verbosity::verbose ? static_cast<std::size_t>(-1) : most_listed;
    if (skipped.all() > 0)
        note("not read as sources: " +
             (skipped.names.empty() ? skipped.text() : list(skipped.names, most)));
    if (!uncovered_.empty())
        note("not covered, fewer than " + std::to_string(options_.audit.min_chars) +
             " characters: " + list(uncovered_, most));
    if (!unused_.empty())
        note("entries of " + options_.audit.known.value_or("") +
             " that accept nothing: " + list(unused_, most));
    if (!closed_.empty()) note("not understood: " + list(closed_, most));
    if (!passed_over_.empty()) note("neither file nor directory: " + list(passed_over_, most));
    std::vector<std::string> kinds;
    for (const auto& [extension, count] : data_)
        kinds.push_back(std::to_string(count) + " " + extension);
    if (!kinds.empty()) note("searched as bytes only: " + list(kinds, most));
}

}  // namespace paywall::tools
