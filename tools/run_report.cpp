#include "tools/run_report.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "tools/account.hpp"
#include "tools/file/path.hpp"
#include "tools/file/reading.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t flush_at = std::size_t{1} << 16;
constexpr unsigned temporary_number = 1'000'000;  // no worker has it

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A path is text, or bytes where it is no UTF-8.
void add_path(Json& object, std::string_view path) {
    if (is_valid_utf8(path))
        object["path"] = path;
    else
        object["path_base64"] = base64(path);
}

void add_output(Json& outputs, const char* edition, const std::optional<std::string>& directory,
                std::string_view relative, const std::optional<OutputFate>& fate) {
    if (!fate) return;
    Json output{{"edition", edition}};
    add_path(output, join(*directory, relative));
    output["change"] = change_name(fate->change);
    output["bytes"] = fate->bytes;
    outputs.push_back(std::move(output));
}

Json paid_share(const Shares& shares) {
    const std::uint64_t all = shares.free_bytes + shares.paid_bytes;
    if (all == 0) return nullptr;
    return static_cast<double>(shares.paid_bytes) / static_cast<double>(all);
}

std::string record(const Options& options, std::string_view shown, std::string_view relative,
                   const Fate& fate) {
    Json object;
    add_path(object, shown);
    object["verdict"] = verdict_name(fate.verdict);
    Json outputs = Json::array();
    add_output(outputs, "preview", options.preview_directory, relative, fate.outputs[0]);
    add_output(outputs, "full", options.full_directory, relative, fate.outputs[1]);
    object["outputs"] = std::move(outputs);
    object["bytes"] = fate.bytes;
    object["segments"] = fate.shares.segments;
    object["paid_share"] = paid_share(fate.shares);
    std::string line = text_of(object);
    line.back() = ',';
    line.append(fate.account.empty() ? no_account : std::string_view(fate.account));
    line.append(",\"diagnostics\":").append(fate.diagnostics.empty() ? "[]" : fate.diagnostics);
    if (!fate.failure.empty()) line += ",\"error\":" + text_of(Json(fate.failure));
    return line + "}\n";
}

/// The line of a source of whose outputs nothing came into its place.
std::string taken_back(std::string_view line) {
    Json object = Json::parse(line);
    const auto verdict = object["verdict"].get<std::string>();
    if (verdict == "written" || verdict == "unchanged" || verdict == "removed")
        object["verdict"] = verdict_name(Verdict::skipped);
    for (auto& output : object["outputs"])
        if (output["change"] == "written" || output["change"] == "removed")
            output["change"] = change_name(Change::kept);
    return text_of(object) + "\n";
}

}  // namespace

RunReport::RunReport(const Options& options)
    : options_(options),
      directory_(Directory::open(parent_of(*options.report))),
      name_(options.report->substr(options.report->rfind('/') + 1)) {
    const auto found = directory_.status_of(name_);
    if (found && found->kind != EntryKind::file) fail_in_the_way(directory_, name_, found->kind);
    file_.emplace(directory_, name_, temporary_name(temporary_number));
}

void RunReport::add(std::string_view shown, std::string_view relative, const Fate& fate) {
    lines_ += record(options_, shown, relative, fate);
    if (lines_.size() >= flush_at) flush();
}

/// A failure is told once, at the end: sources do not wait for it.
void RunReport::flush() {
    try {
        if (!failure_) file_->write({lines_});
    } catch (const std::system_error& error) {
        failure_ = error;
    }
    lines_.clear();
}

void RunReport::take_back() {
    flush();
    if (failure_) return;
    Buffer buffer;
    std::string_view lines = file_->read_back(buffer);
    file_.emplace(directory_, name_, temporary_name(temporary_number + 1));
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        lines_ += taken_back(lines.substr(0, end));
        lines.remove_prefix(end + 1);
        if (lines_.size() >= flush_at) flush();
    }
}

void RunReport::finish(const Counts& counts, std::chrono::duration<double> time,
                       ExitStatus status) {
    Json totals{{"version", PAYWALL_VERSION},
                {"command", command_name(options_.command)},
                {"sources", counts.all()}};
    for (std::size_t i = 0; i < verdicts; ++i)
        totals[std::string(verdict_name(static_cast<Verdict>(i)))] = counts.of[i];
    totals["bytes"] = counts.bytes;
    totals["seconds"] = time.count();
    totals["status"] = static_cast<int>(status);
    lines_ += text_of({{"totals", totals}}) + "\n";
    flush();
    if (failure_) throw *failure_;
    file_->complete();
    file_->commit();
    file_->close();
}

}  // namespace paywall::tools
