#include "tools/run_report.hpp"

#include "tools/file/path.hpp"
#include "tools/file/reading.hpp"
#include "tools/report_line.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t flush_at = std::size_t{1} << 16;
constexpr unsigned temporary_number = 1'000'000;  // no worker has it

}  // namespace

RunReport::RunReport(const Options& options)
    : options_(&options),
      command_(command_name(options.command)),
      directory_(Directory::open(parent_of(*options.report))),
      name_(options.report->substr(options.report->rfind('/') + 1)) {
    const auto found = directory_.status_of(name_);
    if (found && found->kind != EntryKind::file) fail_in_the_way(directory_, name_, found->kind);
    file_.emplace(directory_, name_, temporary_name(temporary_number));
}

void RunReport::begin_pass(const Options& options) {
    end_pass();
    options_ = &options;
    first_pass_ = false;
}

void RunReport::add(std::string_view shown, std::string_view relative, const Fate& fate) {
    std::string line = report_line(*options_, shown, relative, fate);
    if (first_pass_) {
        counts_.add(fate);
        put(line);
    } else {
        std::string beginning(beginning_of(line));
        pass_.insert_or_assign(std::move(beginning), std::move(line));
    }
}

void RunReport::put(std::string_view line) {
    lines_.append(line).append("\n");
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

void RunReport::rewrite(const Rewritten& rewritten) {
    flush();
    if (failure_) return;
    Buffer buffer;
    std::string_view lines = file_->read_back(buffer);
    file_.emplace(directory_, name_, temporary_name(temporary_number + ++rewrites_));
    counts_ = {};
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        put_counted(rewritten(lines.substr(0, end)));
        lines.remove_prefix(end + 1);
    }
}

void RunReport::put_counted(const Json& object) {
    counts_.add({.verdict = verdict_of(object), .bytes = object["bytes"]});
    put(text_of(object));
}

void RunReport::take_back() {
    if (first_pass_) return rewrite(taken_back);
    for (auto& [beginning, line] : pass_) line = text_of(taken_back(line));
}

void RunReport::end_pass() {
    for (auto& [beginning, line] : pass_) {
        const auto [earlier, is_new] = later_.try_emplace(beginning, std::move(line));
        if (!is_new) earlier->second = text_of(joined(earlier->second, line));
    }
    pass_.clear();
}

/// Sources that the first pass did not find yet come last.
void RunReport::join_passes() {
    end_pass();
    if (later_.empty()) return;
    rewrite([this](std::string_view line) {
        const auto later = later_.find(beginning_of(line));
        if (later == later_.end()) return Json::parse(line);
        Json object = joined(line, later->second);
        later_.erase(later);
        return object;
    });
    for (const auto& [beginning, line] : later_) put_counted(Json::parse(line));
}

void RunReport::finish(std::chrono::duration<double> time, ExitStatus status) {
    join_passes();
    Json totals{{"version", PAYWALL_VERSION}, {"command", command_}, {"sources", counts_.all()}};
    for (std::size_t i = 0; i < verdicts; ++i)
        totals[std::string(verdict_name(static_cast<Verdict>(i)))] = counts_.of[i];
    totals["bytes"] = counts_.bytes;
    totals["seconds"] = time.count();
    totals["status"] = static_cast<int>(status);
    put(text_of({{"totals", totals}}));
    flush();
    if (failure_) throw *failure_;
    file_->complete();
    file_->commit();
    file_->close();
}

}  // namespace paywall::tools
