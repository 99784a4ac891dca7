#include "tools/console.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <system_error>

#include "parser/quote.hpp"
#include "tools/file/writing.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

constexpr std::chrono::milliseconds progress_step{100};

std::string_view command_name(Command command) {
    switch (command) {
        case Command::preview:
            return "preview";
        case Command::full:
            return "full";
        case Command::build:
            return "build";
        case Command::check:
            return "check";
        case Command::inspect:
            return "inspect";
        case Command::audit:
            break;
    }
    return "audit";
}

std::string skipped_text(const Skipped& skipped) {
    if (skipped.links + skipped.hidden == 0) return {};
    std::string text = "; ";
    if (skipped.links > 0) text += counted(skipped.links, "link", "links");
    if (skipped.links > 0 && skipped.hidden > 0) text += " and ";
    if (skipped.hidden > 0) text += counted(skipped.hidden, "hidden entry", "hidden entries");
    return text + " skipped";
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
    sound += other.sound;
    refused += other.refused;
    failed += other.failed;
    return *this;
}

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

void Console::summarise(const Sources& sources) {
    erase_progress();
    const bool writes = options_.command <= Command::build;
    const std::size_t unread = sources.failures.size();
    log_->info("{}: {}: {} {}, {} refused, {} failed{}{}", command_name(options_.command),
               counted(counts_.all(), "source", "sources"), counts_.sound,
               writes ? "written" : "sound", counts_.refused, counts_.failed,
               unread == 0 ? "" : "; " + counted(unread, "directory", "directories") + " not read",
               skipped_text(sources.skipped));
}

ExitStatus Console::status() const {
    if (failed_ || counts_.failed > 0) return ExitStatus::failure;
    return counts_.refused > 0 ? ExitStatus::refused : ExitStatus::success;
}

void Console::show_progress() {
    const auto now = std::chrono::steady_clock::now();
    if (now < progress_due_) return;
    progress_due_ = now + progress_step;
    progress_shown_ = true;
    write_stream(Stream::error, {"\r" + std::to_string(counts_.all()) + " of " +
                                 counted(total_, "source", "sources")});
}

void Console::erase_progress() {
    if (progress_shown_) write_stream(Stream::error, {"\r\x1b[K"});
    progress_shown_ = false;
}

}  // namespace paywall::tools
