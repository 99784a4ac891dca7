#include "tools/report_line.hpp"

#include <cstdint>

#include "tools/account.hpp"
#include "tools/edition_name.hpp"
#include "tools/file/path.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;

/// A path is text, or bytes where it is no UTF-8.
void add_path(Json& object, std::string_view path) {
    if (is_valid_utf8(path))
        object["path"] = path;
    else
        object["path_base64"] = base64(path);
}

void add_output(Json& outputs, const Reader& reader, const std::optional<std::string>& directory,
                std::string_view relative, const std::optional<OutputFate>& fate) {
    if (!fate) return;
    Json output{{"edition", edition_key(reader)}};
    if (!reader.plan.empty()) output["plan"] = reader.plan;
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

/// How much a verdict of one pass matters beside those of others: something was written, the rest
/// is as it was only if it is so in all trees.
int gravity(Verdict verdict) {
    switch (verdict) {
        case Verdict::failed:
            return 5;
        case Verdict::refused:
            return 4;
        case Verdict::written:
            return 3;
        case Verdict::skipped:
            return 2;
        case Verdict::removed:
            return 1;
        case Verdict::unchanged:
            break;
    }
    return 0;
}

}  // namespace

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string report_line(const Options& options, std::string_view shown, std::string_view relative,
                        const Fate& fate) {
    Json object;
    add_path(object, shown);
    object["verdict"] = verdict_name(fate.verdict);
    Json outputs = Json::array();
    add_output(outputs, options.preview_reader, options.preview_directory, relative,
               fate.outputs[0]);
    add_output(outputs, options.full_reader, options.full_directory, relative, fate.outputs[1]);
    object["outputs"] = std::move(outputs);
    object["bytes"] = fate.bytes;
    object["segments"] = fate.shares.segments;
    object["paid_share"] = paid_share(fate.shares);
    std::string line = text_of(object);
    line.back() = ',';
    line.append(fate.account.empty() ? no_account : std::string_view(fate.account));
    line.append(",\"diagnostics\":").append(fate.diagnostics.empty() ? "[]" : fate.diagnostics);
    if (!fate.failure.empty()) line += ",\"error\":" + text_of(Json(fate.failure));
    return line + "}";
}

std::string_view beginning_of(std::string_view line) {
    return line.substr(0, line.find(R"(,"verdict":")"));
}

Verdict verdict_of(const Json& object) {
    for (std::size_t i = 0; i < verdicts; ++i)
        if (object["verdict"] == verdict_name(static_cast<Verdict>(i)))
            return static_cast<Verdict>(i);
    return Verdict::failed;
}

Json joined(std::string_view first, std::string_view second) {
    Json object = Json::parse(first);
    Json other = Json::parse(second);
    for (auto& output : other["outputs"]) object["outputs"].push_back(std::move(output));
    if (gravity(verdict_of(other)) > gravity(verdict_of(object)))
        object["verdict"] = std::move(other["verdict"]);
    if (other.contains("error") && !object.contains("error")) object["error"] = other["error"];
    return object;
}

Json taken_back(std::string_view line) {
    Json object = Json::parse(line);
    const auto verdict = object["verdict"].get<std::string>();
    if (verdict == "written" || verdict == "unchanged" || verdict == "removed")
        object["verdict"] = verdict_name(Verdict::skipped);
    for (auto& output : object["outputs"])
        if (output["change"] == "written" || output["change"] == "removed")
            output["change"] = change_name(Change::kept);
    return object;
}

}  // namespace paywall::tools
