#include "tools/commands.hpp"

#include <exception>
#include <new>
#include <optional>
#include <system_error>

#include "tools/audit.hpp"
#include "tools/batch.hpp"
#include "tools/file/reading.hpp"
#include "tools/file/signals.hpp"
#include "tools/file/writing.hpp"
#include "tools/mending.hpp"
#include "tools/tree_run.hpp"

namespace paywall::tools {
namespace {

bool writes_edition(const Options& options) {
    const bool makes_any = options.command <= Command::build || options.command == Command::convert;
    return makes_any && !options.writes_directories() && !options.rewrites_sources();
}

ReportOptions reporting_of(const Options& options) {
    const bool data = options.format == Format::jsonl && !writes_edition(options);
    return {.command = options.command,
            .format = options.format,
            .looks = {options.redact, options.colour},
            .encoding = options.encoding,
            .cut = options.cut,
            .excerpt = options.excerpt,
            .stream = data ? DiagnosticStream::output : DiagnosticStream::error};
}

/// What --fix would do to standard input.
Said show_fixes(const Settings& settings, const ReportOptions& reporting, std::string_view bytes,
                const std::string& name) {
    const Mending mending = mend(settings, bytes, name);
    if (!mending.bytes)
        return {{},
                mending.why_not.empty() ? "" : note_line(name, "not fixed: " + mending.why_not)};
    return {diff_of(reporting, name, bytes, mending.fixed), {}};
}

/// One source, from standard input or a file, whose edition goes to standard output.
void run_single(const Options& options, const Settings& settings, Console& console,
                std::string_view bytes, const std::string& name) {
    const Cutting cutting = cut(settings, bytes, name);
    ReportOptions reporting = reporting_of(options);
    reporting.encoding = settings.of(name).parse.encoding;
    if (cutting.refused() && options.shows_fixes())
        console.say(show_fixes(settings, reporting, bytes, name));
    console.say(report(reporting, name, bytes, cutting));
    if (!cutting.refused() && writes_edition(options)) {
        const bool preview = options.command == Command::preview;
        write_stream(Stream::output, (preview ? cutting.preview : cutting.full)->pieces());
    }
    Counts counts;
    counts.add({.verdict = cutting.refused() ? Verdict::refused : Verdict::unchanged});
    console.add(counts);
}

void run_many(const Options& options, const Settings& settings, Console& console) {
    const Sources sources = find_sources(options);
    const bool is_one = sources.roots.empty() && !options.files_from && options.paths.size() == 1;
    if (is_one && options.fixing == Fixing::none && !options.rewrites_sources()) {
        Buffer buffer;
        const std::string& path = options.paths.front();
        run_single(options, settings, console, read_named(path, buffer).bytes, path);
        console.finish();
        return;
    }
    if (writes_edition(options))
        throw UsageError(std::string("several files or a directory need -o DIR") +
                         (options.command == Command::convert ? " or --backup SUFFIX" : ""));
    console.begin(sources);
    const ReportOptions reporting = reporting_of(options);
    const OutputTrees no_trees(options);
    std::optional<StopSignals> stop_signals;  // only what is written can be left half done
    if (options.rewrites_sources()) stop_signals.emplace();
    run_batch({options, settings, reporting, sources, no_trees}, {console});
    if (stop_signals) StopSignals::obey();
    console.finish();
    console.summarise(sources);
}

void run_command(const Options& options, Console& console) {
    const Settings settings = make_settings(options);
    if (options.command == Command::audit) return run_audit(options, settings, console);
    if (options.writes_directories())
        return run_trees(options, settings, reporting_of(options), console);
    if (!options.reads_stdin()) return run_many(options, settings, console);
    Buffer buffer;
    run_single(options, settings, console, read_standard_input(buffer), options.stdin_name);
    console.finish();
}

}  // namespace

ExitStatus run(const Options& options) {
    Console console(options);
    try {
        run_command(options, console);
    } catch (const UsageError& error) {
        console.fail(error.what());
        return ExitStatus::usage;
    } catch (const std::exception& error) {  // the machine's: system_error, bad_alloc
        console.fail(error.what());
    }
    return console.status();
}

ExitStatus tell(const Reply& reply) {
    const Stream stream = reply.status == ExitStatus::success ? Stream::output : Stream::error;
    try {
        write_stream(stream, {reply.text});
    } catch (const std::system_error& error) {
        write_stream(Stream::error, {failure_line(error.what())});
        return ExitStatus::failure;
    }
    return reply.status;
}

}  // namespace paywall::tools
