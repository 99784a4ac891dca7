#include "tools/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <stdexcept>

#include "tools/dialects.hpp"
#include "tools/help.hpp"
#include "tools/option_list.hpp"
#include "tools/project_options.hpp"
#include "tools/walk.hpp"

namespace paywall::tools {
namespace {

/// `gold=DIR`
ReaderTree tree_of_plan(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        throw UsageError("--plan: '" + text + "' is not NAME=DIR");
    return {{Reader::Kind::payer, text.substr(0, equals)}, text.substr(equals + 1)};
}

void settle_readers(Options& options, const RawOptions& raw) {
    if (raw.as == "member") options.preview_reader.kind = Reader::Kind::member;
    if (raw.plan && raw.plan->empty()) throw UsageError("--plan: the NAME is empty");
    if (raw.plan) options.full_reader.plan = *raw.plan;
    if (raw.member) options.more_trees.push_back({{Reader::Kind::member, {}}, *raw.member});
    for (const auto& plan : raw.plans) options.more_trees.push_back(tree_of_plan(plan));
}

void settle(Options& options, const RawOptions& raw, const Environment& environment) {
    if (options.command == Command::preview) options.preview_directory = raw.output;
    if (options.command == Command::full || options.command == Command::convert)
        options.full_directory = raw.output;
    options.separator = raw.nul ? Separator::nul : Separator::line;
    options.cut = raw.exact ? Cut::exact : Cut::marker_lines;
    if (raw.structured_data) options.structured_data = StructuredData::added;
    const bool terminal = environment.stderr_is_terminal;
    const bool redact = raw.redact || (!raw.no_redact && (environment.in_ci || !terminal));
    options.redact = redact ? Redact::yes : Redact::no;
    const bool colour =
        raw.colour == "always" || (raw.colour == "auto" && terminal && environment.wants_colour);
    options.colour = colour ? Colour::yes : Colour::no;
    if (raw.quiet) options.verbosity = Verbosity::quiet;
    if (raw.verbose) options.verbosity = Verbosity::verbose;
    options.assets = raw.copy_assets ? Assets::copy : Assets::leave;
    options.departed = raw.delete_departed ? Departed::remove : Departed::keep;
    options.publication = raw.all_or_nothing ? Publication::all_or_nothing : Publication::each;
    options.force = raw.force ? Force::yes : Force::no;
    options.wait = raw.wait ? Wait::yes : Wait::no;
    options.dry_run = raw.dry_run ? DryRun::yes : DryRun::no;
    if (raw.fix) options.fixing = raw.diff ? Fixing::apply_and_show : Fixing::apply;
    if (!raw.fix && raw.diff) options.fixing = Fixing::show;
    if (options.command == Command::build && !options.state && !raw.no_state)
        options.state = ".paywall/state.db";
    const bool progress = terminal && !environment.in_ci && !raw.quiet;
    options.progress = progress ? Progress::yes : Progress::no;
    settle_readers(options, raw);
}

void judge_rewriting(const Options& options) {
    const bool converts = options.command == Command::convert;
    if (options.rewrites_sources() && options.reads_stdin())
        throw UsageError(std::string(converts ? "--backup" : "--fix") +
                         " needs a PATH that is not standard input");
    if (converts && options.files_from && !options.full_directory && !options.backup)
        throw UsageError("--files-from needs -o DIR or --backup SUFFIX");
    if (options.shows_fixes() && options.format == Format::jsonl)
        throw UsageError("--diff writes to standard output, as --format jsonl does: choose one");
    if (!options.backup) return;
    const bool is_name = !options.backup->empty() && options.backup->find('/') == std::string::npos;
    if (!is_name) throw UsageError("--backup: '" + *options.backup + "' is no suffix of a name");
    if (is_source_name("x" + *options.backup, options.include))
        throw UsageError("--backup: a file that ends in '" + *options.backup +
                         "' would be taken for a source");
}

/// What CLI11 cannot say: combinations that make no sense.
void judge(const Options& options) {
    if (options.command == Command::build && !options.preview_directory)
        throw UsageError("--preview is required");
    if (options.command == Command::build && !options.full_directory)
        throw UsageError("--full is required");
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
    const bool audits = options.command == Command::audit;
    if (audits && (dash || options.paths.empty()))
        throw UsageError("audit needs the PATH of what is published");
    const bool of_trees = options.state || options.report || options.assets == Assets::copy ||
                          !options.copy.empty() || options.shard.count > 1 ||
                          options.departed == Departed::remove || options.force == Force::yes ||
                          options.publication == Publication::all_or_nothing ||
                          options.wait == Wait::yes || options.dry_run == DryRun::yes;
    if (of_trees && !directory_given && !audits)
        throw UsageError(
            "--state, --force, --delete, --all-or-nothing, --wait, --dry-run, --report, "
            "--shard, --copy-assets and --copy need -o DIR");
    const bool inspects = options.command == Command::inspect;
    if (options.excerpt &&
        !(inspects ? options.format == Format::json : options.report.has_value()))
        throw UsageError(inspects ? "--excerpt needs --format json" : "--excerpt needs --report");
    if (options.departed == Departed::remove && !options.keeps_state())
        throw UsageError("--delete needs the state: add --state FILE");
    for (const auto& path : options.paths)
        if (path.empty()) throw UsageError("a PATH is empty");
    for (const auto& directory : {options.preview_directory, options.full_directory})
        if (directory && directory->empty()) throw UsageError("an output directory is empty");
    for (const auto& tree : options.more_trees)
        if (tree.directory.empty()) throw UsageError("an output directory is empty");
    judge_rewriting(options);
    if (options.base.empty()) throw UsageError("the --base is empty");
}

struct Described {
    Command command;
    const char* name;
    const char* text;
};

constexpr std::array described = {
    Described{Command::preview, "preview", "Write the preview edition: paid parts are left out"},
    Described{Command::full, "full", "Write the full edition: only the markers are left out"},
    Described{Command::build, "build", "Write both editions of every source in one pass"},
    Described{Command::check, "check", "Write nothing but diagnostics"},
    Described{Command::inspect, "inspect", "Write the segments: access, span, lines, size"},
    Described{Command::config, "config", "Write every setting and where it comes from"},
    Described{Command::convert, "convert", "Write sources in another dialect's markers"},
    Described{Command::audit, "audit", "Prove that published files hold no paid text"},
};

Reply usage_reply(const std::exception& error, const std::string& program) {
    return {ExitStatus::usage,
            std::string("paywall: ") + error.what() + "\nTry '" + program + " --help'.\n"};
}

/// The commands are no subcommands to CLI11: it would take a PATH called `build` for one.
std::variant<Options, Reply> parse_command(const Described& command, int argc,
                                           const char* const* argv,
                                           const Environment& environment) {
    const std::string program = std::string("paywall ") + command.name;
    CLI::App app(command.text, program);
    app.footer(command_help(command.command));
    Options options;
    RawOptions raw;
    options.command = command.command;
    options.jobs = environment.processors;
    list_options(app, options, raw);
    try {
        app.parse(argc, argv);
        settle(options, raw, environment);
        options.deciding = deciding_options(app);
        for (const CLI::Option* option : app.get_options())
            if (option->count() > 0) options.given.insert(option->get_single_name());
        apply_project(options);
        if (options.command == Command::config)
            return Reply{ExitStatus::success, describe_settings(options)};
        const bool nothing_given =
            options.paths.empty() && !options.files_from && options.command != Command::audit;
        if (nothing_given && environment.stdin_is_terminal)
            return Reply{ExitStatus::usage, app.help()};
        judge(options);
        return options;
    } catch (const CLI::Success&) {
        return Reply{ExitStatus::success, app.help()};
    } catch (const std::runtime_error& error) {  // CLI::ParseError, UsageError
        return usage_reply(error, program);
    }
}

/// No command was named: help, version or a mistake.
Reply parse_program(int argc, const char* const* argv) {
    CLI::App app(std::string(program_summary), "paywall");
    app.footer(std::string(program_help));
    app.set_version_flag("--version", std::string("paywall ") + PAYWALL_VERSION);
    app.require_subcommand(1);
    for (const auto& command : described) app.add_subcommand(command.name, command.text);
    app.add_subcommand("dialects", std::string(dialects_summary));
    if (argc < 2) return {ExitStatus::usage, app.help()};
    const std::string given = argv[1];
    if (!given.starts_with('-')) {
        return usage_reply(UsageError("unknown command '" + given + "'"), "paywall");
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForVersion& version) {
        return {ExitStatus::success, std::string(version.what()) + "\n"};
    } catch (const CLI::Success&) {
        return {ExitStatus::success, app.help()};
    } catch (const CLI::ParseError&) {  // what is wrong is told below
    }
    return usage_reply(UsageError("the command comes first, not '" + given + "'"), "paywall");
}

}  // namespace

std::string_view command_name(Command command) {
    return std::find_if(described.begin(), described.end(),
                        [&](const Described& one) { return one.command == command; })
        ->name;
}

std::vector<std::string> Options::output_directories() const {
    std::vector<std::string> directories;
    for (const auto& directory : {preview_directory, full_directory})
        if (directory) directories.push_back(*directory);
    for (const auto& tree : more_trees) directories.push_back(tree.directory);
    return directories;
}

std::variant<Options, Reply> parse_options(int argc, const char* const* argv,
                                           const Environment& environment) {
    for (const auto& command : described)
        if (argc > 1 && std::string_view(argv[1]) == command.name)
            return parse_command(command, argc - 1, argv + 1, environment);
    if (argc > 1 && std::string_view(argv[1]) == "dialects")
        return tell_dialects(argc - 1, argv + 1);
    return parse_program(argc, argv);
}

}  // namespace paywall::tools
