#include "tools/console.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

#include "parser/quote.hpp"
#include "tools/file/writing.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

constexpr std::chrono::milliseconds progress_step{100};

std::string skipped_text(const Skipped& skipped) {
    return skipped.all() == 0 ? "" : "; " + skipped.text() + " skipped";
}

/// `2 written, 1 unchanged, 0 refused, 0 failed`: what always counts, and what there is.
std::string verdicts_text(const Counts& counts, Command command) {
    if (command > Command::build && command != Command::convert)
        return fmt::format(
            "{}{} sound, {} refused, {} failed",
            counts[Verdict::written] > 0 ? fmt::format("{} fixed, ", counts[Verdict::written])
                                         : std::string(),
            counts[Verdict::unchanged], counts[Verdict::refused], counts[Verdict::failed]);
    std::string text;
    for (std::size_t i = 0; i < verdicts; ++i) {
        const auto verdict = static_cast<Verdict>(i);
        const bool always = verdict == Verdict::written || verdict == Verdict::refused ||
                            verdict == Verdict::failed;
        if (!always && counts[verdict] == 0) continue;
        text.append(text.empty() ? "" : ", ").append(std::to_string(counts[verdict])).append(" ");
        text += verdict_name(verdict);
    }
    return text;
}

/// `1.5 GB`, for people.
std::string size_text(double bytes) {
    constexpr std::array units = {"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; bytes >= 1000 && unit + 1 < units.size(); ++unit) bytes /= 1000;
    return fmt::format("{:.{}f} {}", bytes, unit == 0 || bytes >= 100 ? 0 : 1, units[unit]);
}

}  // namespace

Console::Console(const Options& options)
    : options_(options),
      log_(std::make_shared<spdlog::logger>("paywall",
                                            std::make_shared<spdlog::sinks::stderr_sink_mt>())),
      progress_due_(std::chrono::steady_clock::now() + progress_step) {
    log_->set_pattern("%v");
    if (options.verbosity == Verbosity::quiet) log_->set_level(spdlog::level::warn);
    if (options.verbosity == Verbosity::verbose) log_->set_level(spdlog::level::debug);
}

Console::~Console() {
    erase_progress();
}

void Console::say(const Said& said) {
    if (said.empty()) return;
    erase_progress();
    if (!said.error.empty()) write_stream(Stream::error, {said.error});
    if (!said.output.empty()) write_data(said.output);
}

/// Objects of inspect --format json are the elements of one array.
void Console::write_data(const std::string& text) {
    const bool array = options_.command == Command::inspect && options_.format == Format::json;
    if (!output_works_) return;
    try {
        write_stream(Stream::output,
                     {array ? (data_begun_ ? ",\n" : "[\n") : std::string_view(), text});
    } catch (const std::system_error& error) {
        output_works_ = false;
        fail(error.what());
    }
    data_begun_ = true;
}

void Console::finish() {
    if (options_.command != Command::inspect || options_.format != Format::json) return;
    if (!output_works_) return;
    try {
        write_stream(Stream::output, {data_begun_ ? "\n]\n" : "[]\n"});
    } catch (const std::system_error& error) {
        fail(error.what());
    }
}

void Console::begin(const Sources& sources) {
    total_ = sources.files.size();
    for (const auto& name : sources.skipped.names) log_->debug("{}: skipped", escape(name));
    for (const auto& failure : sources.failures) fail(failure);
}

void Console::add(const Counts& counts) {
    counts_ += counts;
    if (options_.progress == Progress::yes && total_ > 0) show_progress();
}

void Console::fail(std::string_view what) {
    erase_progress();
    failed_ = true;
    write_stream(Stream::error, {failure_line(what)});
}

void Console::note(std::string_view what) {
    erase_progress();
    log_->info("{}", escape(what));
}

void Console::take_back() {
    erase_progress();
    for (const auto verdict : {Verdict::written, Verdict::unchanged, Verdict::removed}) {
        counts_.of[static_cast<std::size_t>(Verdict::skipped)] += counts_[verdict];
        counts_.of[static_cast<std::size_t>(verdict)] = 0;
    }
    log_->warn("nothing was published: not every source is sound");
}

void Console::summarise(const Sources& sources) {
    erase_progress();
    const std::size_t unread = sources.failures.size();
    log_->info("{}: {}: {}{}{}", command_name(options_.command),
               counted(counts_.all(), "source", "sources"),
               verdicts_text(counts_, options_.command),
               unread == 0 ? "" : "; " + counted(unread, "directory", "directories") + " not read",
               skipped_text(sources.skipped));
}

void Console::summarise(std::string_view directory, const Counts& counts) {
    log_->info("{}: {}: {}", command_name(options_.command), escape(directory),
               verdicts_text(counts, options_.command));
}

ExitStatus Console::status() const {
    if (failed_ || counts_[Verdict::failed] > 0) return ExitStatus::failure;
    return counts_[Verdict::refused] > 0 ? ExitStatus::refused : ExitStatus::success;
}

void Console::show_progress() {
    const auto now = std::chrono::steady_clock::now();
    if (now < progress_due_) return;
    progress_due_ = now + progress_step;
    progress_shown_ = true;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const auto done = static_cast<double>(counts_.all());
    const auto bytes = static_cast<double>(counts_.bytes);
    const auto left =
        static_cast<long>(seconds * (static_cast<double>(total_) - done) / std::max(done, 1.0));
    write_stream(Stream::error,
                 {fmt::format("\r\x1b[K{} of {}, {}, {}/s, {}:{:02} left", counts_.all(),
                              counted(total_, "source", "sources"), size_text(bytes),
                              size_text(bytes / std::max(seconds, 0.001)), left / 60, left % 60)});
}

void Console::erase_progress() {
    if (progress_shown_) write_stream(Stream::error, {"\r\x1b[K"});
    progress_shown_ = false;
}

}  // namespace paywall::tools
