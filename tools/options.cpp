#include "tools/options.hpp"

#include <CLI/CLI.hpp>

#include "tools/help.hpp"

namespace paywall::tools {
namespace {

/// What needs more than one option, or the surroundings, to become a value of Options.
struct Raw {
    std::optional<std::string> output;
    std::string colour = "auto";
    bool nul = false;
    bool exact = false;
    bool quiet = false;
    bool verbose = false;
    std::optional<bool> redact;
};

template <typename Value>
CLI::CheckedTransformer one_of(std::vector<std::pair<std::string, Value>> names) {
    CLI::CheckedTransformer check(std::move(names));
    check.description("");
    return check;
}

CLI::Option* add_list(CLI::App& app, const std::string& flags, std::vector<std::string>& list,
                      const std::string& help) {
    return app.add_option(flags, list, help)->allow_extra_args(false);
}

void add_sources(CLI::App& app, Options& options, Raw& raw) {
    app.add_option("PATH", options.paths, "Files and directories; none or -: standard input");
    app.add_option("--files-from", options.files_from,
                   "Read more paths from FILE (-: standard input), one a line")
        ->type_name("FILE");
    app.add_flag("-0,--null", raw.nul, "The paths of --files-from end with NUL");
    app.add_option("--base", options.base,
                   "Directory that single files are mirrored relative to (default: the current)")
        ->type_name("DIR");
    add_list(app, "--include", options.include,
             "In directories, take files that match GLOB instead of the known extensions")
        ->type_name("GLOB");
    add_list(app, "--exclude", options.exclude,
             "In directories, leave out files and directories that match GLOB")
        ->type_name("GLOB");
    app.add_option("--stdin-name", options.stdin_name, "What messages call standard input")
        ->type_name("NAME");
}

void add_reading(CLI::App& app, Options& options, Raw& raw) {
    app.add_option("--dialect", options.dialect, "Spelling of the markers: fastadmin")
        ->type_name("NAME");
    app.add_option("--encoding", options.encoding,
                   "Encoding of the sources, by any of ICU's names (default: detected)")
        ->type_name("NAME");
    app.add_option("--unmarked", options.unmarked,
                   "What a source without markers is: free (default), paid or refuse")
        ->transform(one_of<Unmarked>(
            {{"free", Unmarked::free}, {"paid", Unmarked::paid}, {"refuse", Unmarked::refuse}}))
        ->type_name("WHAT");
    add_list(app, "--literal", options.literal,
             "Files that match GLOB are about markers: all free, nothing is a marker")
        ->type_name("GLOB");
    app.add_flag("--exact", raw.exact,
                 "Cut the markers' own bytes only; lines that hold nothing else stay");
    add_list(app, "--deny", options.deny, "Make the warning RULE an error")->type_name("RULE");
    add_list(app, "--allow", options.allow, "Do not give the warning RULE")->type_name("RULE");
}

void add_placeholder(CLI::App& app, Options& options) {
    auto* text = app.add_option("--placeholder", options.placeholder,
                                "Put TEXT where a paid part was; see the fields below")
                     ->type_name("TEXT");
    app.add_option("--placeholder-file", options.placeholder_file,
                   "The same from FILE; one line end at its end is dropped")
        ->type_name("FILE")
        ->excludes(text);
}

void add_output(CLI::App& app, Options& options, Raw& raw) {
    if (options.command == Command::build) {
        app.add_option("--preview", options.preview_directory, "Write previews below DIR")
            ->type_name("DIR")
            ->required();
        app.add_option("--full", options.full_directory, "Write full editions below DIR")
            ->type_name("DIR")
            ->required();
    } else {
        app.add_option("-o,--output", raw.output, "Write the editions below DIR")->type_name("DIR");
    }
    app.add_option("--on-refusal", options.on_refusal,
                   "Earlier editions of a refused source: withdraw deletes the preview "
                   "(default), keep neither, remove both")
        ->transform(one_of<OnRefusal>({{"withdraw", OnRefusal::withdraw},
                                       {"keep", OnRefusal::keep},
                                       {"remove", OnRefusal::remove}}))
        ->type_name("WHAT");
}

void add_talk(CLI::App& app, Options& options, Raw& raw) {
    const bool inspects = options.command == Command::inspect;
    app.add_option("--format", options.format,
                   inspects ? "Segments as text (default) or json"
                            : "Diagnostics as text (default) or jsonl")
        ->transform(inspects ? one_of<Format>({{"text", Format::text}, {"json", Format::json}})
                             : one_of<Format>({{"text", Format::text}, {"jsonl", Format::jsonl}}))
        ->type_name("FORMAT");
    app.add_option("--max-diagnostics", options.max_diagnostics,
                   "Show N diagnostics a source, count the rest (default 20)")
        ->type_name("N");
    app.add_flag("--redact,!--no-redact", raw.redact,
                 "Quote nothing but markers (default in CI and where stderr is no terminal)");
    app.add_option("--color", raw.colour, "Colour: auto (default), always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}).description(""))
        ->type_name("WHEN");
    app.add_option("-j,--jobs", options.jobs, "Work on N files at a time (default: processors)")
        ->check(CLI::Range(1U, 1024U).description(""))
        ->type_name("N");
    auto* quiet = app.add_flag("-q,--quiet", raw.quiet, "Diagnostics and failures only");
    app.add_flag("-v,--verbose", raw.verbose, "Name every file written or skipped")
        ->excludes(quiet);
}

void settle(Options& options, const Raw& raw, const Environment& environment) {
    if (options.command == Command::preview) options.preview_directory = raw.output;
    if (options.command == Command::full) options.full_directory = raw.output;
    options.separator = raw.nul ? Separator::nul : Separator::line;
    options.cut = raw.exact ? Cut::exact : Cut::marker_lines;
    const bool terminal = environment.stderr_is_terminal;
    const bool redact = raw.redact.value_or(environment.in_ci || !terminal);
    options.redact = redact ? Redact::yes : Redact::no;
    const bool colour =
        raw.colour == "always" || (raw.colour == "auto" && terminal && environment.wants_colour);
    options.colour = colour ? Colour::yes : Colour::no;
    if (raw.quiet) options.verbosity = Verbosity::quiet;
    if (raw.verbose) options.verbosity = Verbosity::verbose;
    const bool progress = terminal && !environment.in_ci && !raw.quiet;
    options.progress = progress ? Progress::yes : Progress::no;
}

/// What CLI11 cannot say: combinations that make no sense.
void judge(const Options& options) {
    const bool directory_given = options.preview_directory || options.full_directory;
    const bool dash = std::count(options.paths.begin(), options.paths.end(), "-") > 0;
    if (dash && (options.paths.size() > 1 || options.files_from))
        throw UsageError("- (standard input) cannot be combined with other paths");
    if (options.separator == Separator::nul && !options.files_from)
        throw UsageError("-0 needs --files-from");
    if (directory_given && options.reads_stdin())
        throw UsageError(options.command == Command::build
                             ? "build needs a PATH that is not standard input"
                             : "-o needs a PATH that is not standard input");
    const bool editions = options.command == Command::preview || options.command == Command::full;
    if (editions && options.files_from && !directory_given)
        throw UsageError("--files-from needs -o DIR");
    for (const auto& path : options.paths)
        if (path.empty()) throw UsageError("a PATH is empty");
    for (const auto& directory : {options.preview_directory, options.full_directory})
        if (directory && directory->empty()) throw UsageError("an output directory is empty");
    if (options.base.empty()) throw UsageError("the --base is empty");
}

struct Described {
    Command command;
    const char* name;
    const char* text;
};

constexpr Described described[] = {
    {Command::preview, "preview", "Write the preview edition: paid parts are left out"},
    {Command::full, "full", "Write the full edition: only the markers are left out"},
    {Command::build, "build", "Write both editions of every source in one pass"},
    {Command::check, "check", "Write nothing but diagnostics"},
    {Command::inspect, "inspect", "Write the segments: access, span, lines, size"},
};

void describe(CLI::App& app, const Described& command, Options& options, Raw& raw) {
    app.footer(std::string(command_help(command.name)));
    if (command.command <= Command::build) add_output(app, options, raw);
    add_sources(app, options, raw);
    add_reading(app, options, raw);
    if (command.command != Command::full && command.command != Command::inspect)
        add_placeholder(app, options);
    add_talk(app, options, raw);
}

}  // namespace

std::variant<Options, Reply> parse_options(int argc, const char* const* argv,
                                           const Environment& environment) {
    CLI::App app(std::string(program_summary), "paywall");
    app.footer(std::string(program_help));
    app.set_version_flag("--version", std::string("paywall ") + PAYWALL_VERSION);
    app.require_subcommand(1);

    std::vector<Options> all(std::size(described));
    std::vector<Raw> raws(std::size(described));
    std::vector<CLI::App*> commands;
    for (std::size_t i = 0; i < std::size(described); ++i) {
        all[i].command = described[i].command;
        all[i].jobs = environment.processors;
        commands.push_back(app.add_subcommand(described[i].name, described[i].text));
        describe(*commands.back(), described[i], all[i], raws[i]);
    }
    try {
        if (argc < 2) return Reply{ExitStatus::usage, app.help()};
        app.parse(argc, argv);
        std::size_t chosen = 0;
        while (!commands[chosen]->parsed()) ++chosen;
        Options& options = all[chosen];
        settle(options, raws[chosen], environment);
        const bool nothing_given = options.paths.empty() && !options.files_from;
        if (nothing_given && environment.stdin_is_terminal)
            return Reply{ExitStatus::usage, commands[chosen]->help("paywall")};
        judge(options);
        return std::move(options);
    } catch (const CLI::CallForVersion& version) {
        return Reply{ExitStatus::success, std::string(version.what()) + "\n"};
    } catch (const CLI::Success&) {
        const auto parsed = app.get_subcommands();
        return Reply{ExitStatus::success,
                     parsed.empty() ? app.help() : parsed.front()->help("paywall")};
    } catch (const std::runtime_error& error) {  // CLI::ParseError, UsageError
        return Reply{ExitStatus::usage,
                     std::string("paywall: ") + error.what() + "\nTry 'paywall --help'.\n"};
    }
}

}  // namespace paywall::tools
