#include "tools/option_list.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <map>
#include <set>
#include <vector>

namespace paywall::tools {
namespace {

/// An option whose value is one of a few words.
template <typename Value>
CLI::Option* add_choice(CLI::App& app, const std::string& flags, Value& value,
                        const std::map<std::string, Value>& words, const std::string& help) {
    std::vector<std::string> names;
    for (const auto& [name, meaning] : words) names.push_back(name);
    const auto choose = [&value, words](const std::string& word) { value = words.at(word); };
    return app.add_option_function<std::string>(flags, choose, help)
        ->check(CLI::IsMember(names).description(""));
}

Shard shard_from(const std::string& text) {
    Shard shard;
    const char* end = text.data() + text.size();
    const auto index = std::from_chars(text.data(), end, shard.index);
    const bool slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
    const auto count = slash ? std::from_chars(index.ptr + 1, end, shard.count) : index;
    if (!slash || count.ec != std::errc() || count.ptr != end || shard.index == 0 ||
        shard.index > shard.count)
        throw CLI::ValidationError("--shard", "'" + text + "' is no I/N with 1 <= I <= N");
    return shard;
}

Teaser teaser_from(const std::string& text) {
    const auto teaser = Teaser::parse(text);
    if (const auto* fault = std::get_if<std::string>(&teaser))
        throw CLI::ValidationError("--teaser", *fault);
    return std::get<Teaser>(teaser);
}

void add_limit(CLI::App& app, const std::string& flag, MetadataLimit& limit,
               const std::string& help) {
    const auto read = [flag, &limit](const std::string& text) {
        const auto parsed = MetadataLimit::parse(text);
        if (const auto* fault = std::get_if<std::string>(&parsed))
            throw CLI::ValidationError(flag, *fault);
        limit = std::get<MetadataLimit>(parsed);
    };
    app.add_option_function<std::string>(flag, read, help)->type_name("HAN,OTHER");
}

CLI::Option* add_list(CLI::App& app, const std::string& flags, std::vector<std::string>& list,
                      const std::string& help) {
    return app.add_option(flags, list, help)->allow_extra_args(false);
}

void add_shard(CLI::App& app, Options& options, const std::string& help) {
    app.add_option_function<std::string>(
           "--shard", [&options](const std::string& text) { options.shard = shard_from(text); },
           help)
        ->type_name("I/N");
}

void add_globs(CLI::App& app, Options& options) {
    add_list(app, "--include", options.include,
             "In directories, take files that match GLOB instead of the known extensions")
        ->type_name("GLOB");
    add_list(app, "--exclude", options.exclude,
             "In directories, leave out files and directories that match GLOB")
        ->type_name("GLOB");
}

void add_sources(CLI::App& app, Options& options, RawOptions& raw) {
    const bool builds = options.command == Command::build;
    app.add_option(
        "PATH", options.paths,
        builds ? "Files and directories" : "Files and directories; none or -: standard input");
    app.add_option("--files-from", options.files_from,
                   "Read more paths from FILE (-: standard input), one a line")
        ->type_name("FILE");
    app.add_flag("-0,--null", raw.nul, "The paths of --files-from end with NUL");
    app.add_option("--base", options.base,
                   "Directory that single files are mirrored relative to (default: the current)")
        ->type_name("DIR");
    add_globs(app, options);
    if (options.command <= Command::build) {
        app.add_flag("--copy-assets", raw.copy_assets,
                     "Copy images, fonts, audio, video and style sheets of directories, too");
        add_list(app, "--copy", options.copy, "Copy files that match GLOB, too")->type_name("GLOB");
        add_shard(app, options, "Take part I of N of the sources: for job arrays");
    }
    app.add_option("--stdin-name", options.stdin_name, "What messages call standard input")
        ->type_name("NAME");
}

void add_reading(CLI::App& app, Options& options, RawOptions& raw) {
    app.add_option("--dialect", options.dialect,
                   "Spelling of the markers: fastadmin (default) or what 'paywall dialects' "
                   "lists; several with commas")
        ->type_name("NAME");
    app.add_option("--encoding", options.encoding,
                   "Encoding of the sources, by any of ICU's names (default: detected)")
        ->type_name("NAME");
    add_choice<std::optional<Content>>(
        app, "--content", options.content,
        {{"text", Content::text}, {"html", Content::html}, {"markdown", Content::markdown}},
        "What the sources are: text, html or markdown (default: by "
        "their extension)")
        ->type_name("WHAT");
    add_choice<Unmarked>(
        app, "--unmarked", options.unmarked,
        {{"free", Unmarked::free}, {"paid", Unmarked::paid}, {"refuse", Unmarked::refuse}},
        "What a source without markers is: free (default), paid or refuse")
        ->type_name("WHAT");
    app.add_option_function<std::string>(
           "--teaser", [&options](const std::string& text) { options.teaser = teaser_from(text); },
           "Of sources that are paid as a whole make a preview of their first blocks: "
           "20%,min=200,max=800 or paragraphs=2")
        ->type_name("SIZE");
    add_limit(app, "--metadata-run", options.metadata.run,
              "So many characters in a row that metadata repeat of a paid part are an error: Han, "
              "Kana, Hangul and Thai; others (default 20,40)");
    add_limit(app, "--metadata-sentence", options.metadata.sentence,
              "The same of a whole sentence (default 12,25)");
    add_list(app, "--literal", options.literal,
             "Files that match GLOB are about markers: all free, nothing is a marker")
        ->type_name("GLOB");
    if (options.command != Command::convert)
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
    app.add_option("--placeholder-inline", options.placeholder_inline,
                   "In HTML, put TEXT inside a <p> where the placeholder is a block")
        ->type_name("TEXT");
    add_list(app, "--keep-attributes", options.keep_attributes,
             "In HTML, keep the attribute NAME of withheld tags that a preview needs")
        ->type_name("NAME");
}

void add_structured_data(CLI::App& app, RawOptions& raw) {
    app.add_flag("--structured-data", raw.structured_data,
                 "In full HTML, mark paid parts for search engines: class paywall, JSON-LD");
}

void add_output(CLI::App& app, Options& options, RawOptions& raw) {
    if (options.command == Command::build) {
        app.add_option("--preview", options.preview_directory, "Write previews below DIR")
            ->type_name("DIR");
        app.add_option("--full", options.full_directory, "Write full editions below DIR")
            ->type_name("DIR");
        app.add_option("--member", raw.member,
                       "Write editions for members who do not pay below DIR, too")
            ->type_name("DIR");
        add_list(app, "--plan", raw.plans,
                 "Write editions for payers of the plan NAME below DIR, too")
            ->type_name("NAME=DIR");
    } else {
        if (options.command == Command::preview)
            app.add_option("--as", raw.as,
                           "Whom the edition is for: anonymous (default), or member: registered, "
                           "not paying")
                ->check(CLI::IsMember({"anonymous", "member"}).description(""))
                ->type_name("WHOM");
        if (options.command == Command::full)
            app.add_option("--plan", raw.plan, "The edition for payers of the plan NAME only")
                ->type_name("NAME");
        app.add_option("-o,--output", raw.output, "Write the editions below DIR")->type_name("DIR");
    }
    add_choice<OnRefusal>(app, "--on-refusal", options.on_refusal,
                          {{"withdraw", OnRefusal::withdraw},
                           {"keep", OnRefusal::keep},
                           {"remove", OnRefusal::remove}},
                          "Earlier editions of a refused source: withdraw deletes all but the full "
                          "edition (default), keep leaves all, remove deletes all")
        ->type_name("WHAT");
}

void add_fixing(CLI::App& app, Options& options, RawOptions& raw) {
    auto* fix =
        app.add_flag("--fix", raw.fix,
                     "Write what each lookalike stands for into the sources that are sound then; "
                     "see below");
    app.add_flag("--diff", raw.diff, "Show what --fix changes, or would change");
    app.add_option("--backup", options.backup,
                   "Keep what a source was beside it, with SUFFIX behind its name")
        ->type_name("SUFFIX")
        ->needs(fix);
}

void add_conversion(CLI::App& app, Options& options, RawOptions& raw) {
    app.add_option("--to", options.to, "The dialect to write, of 'paywall dialects'")
        ->type_name("NAME")
        ->required();
    auto* output = app.add_option("-o,--output", raw.output, "Write below DIR")->type_name("DIR");
    app.add_option("--backup", options.backup,
                   "Write into the sources themselves, and keep what each was beside it, with "
                   "SUFFIX behind its name")
        ->type_name("SUFFIX")
        ->excludes(output);
}

void add_excerpt(CLI::App& app, Options& options) {
    app.add_option("--excerpt", options.excerpt,
                   options.command == Command::inspect
                       ? "With --format json: tell the first N characters of the free text"
                       : "Put the first N characters of the free text into the report")
        ->check(CLI::Range(1U, 1000000U).description(""))
        ->type_name("N");
}

void add_talk(CLI::App& app, Options& options, RawOptions& raw) {
    const bool inspects = options.command == Command::inspect;
    const std::string machine = inspects ? "json" : "jsonl";
    add_choice<Format>(
        app, "--format", options.format,
        {{"text", Format::text}, {machine, inspects ? Format::json : Format::jsonl}},
        (inspects ? "Segments as text (default) or " : "Diagnostics as text (default) or ") +
            machine)
        ->type_name("FORMAT");
    app.add_option("--max-diagnostics", options.max_diagnostics,
                   "Show N diagnostics a source, count the rest (default 20)")
        ->check(CLI::Range(0U, std::numeric_limits<unsigned>::max()).description(""))
        ->type_name("N");
    auto* redact = app.add_flag("--redact", raw.redact,
                                "Quote nothing but markers (default in CI and where stderr is "
                                "no terminal)");
    app.add_flag("--no-redact", raw.no_redact, "Quote the lines that diagnostics are about")
        ->excludes(redact);
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

/// How outputs are put in place, and what is remembered of them.
void add_run(CLI::App& app, Options& options, RawOptions& raw) {
    const bool builds = options.command == Command::build;
    auto* state = app.add_option("--state", options.state,
                                 builds ? "Remember in FILE what was done, to do only what changed "
                                          "(default: .paywall/state.db)"
                                        : "Remember in FILE what was done, to do only what changed")
                      ->type_name("FILE");
    if (builds)
        app.add_flag("--no-state", raw.no_state, "Remember nothing, do everything")
            ->excludes(state);
    app.add_flag("--force", raw.force, "Do everything, whatever the state says");
    app.add_flag("--delete", raw.delete_departed,
                 "Delete outputs whose sources are gone (needs the state)");
    app.add_flag("--all-or-nothing", raw.all_or_nothing,
                 "Put all outputs in place at one moment, or none if a source is refused or fails");
    app.add_flag("--wait", raw.wait, "Wait for another run that writes the same directories");
    app.add_flag("-n,--dry-run", raw.dry_run, "Write nothing; say what would be done");
    app.add_option("--report", options.report,
                   "Write what became of every source to FILE, as JSON "
                   "Lines")
        ->type_name("FILE");
}

/// These have no part in what an edition holds; all others have, until they are listed here.
bool has_no_part(const std::string& name) {
    static const std::set<std::string> names = {
        "help",           "PATH",       "files-from", "null",        "base",    "include",
        "exclude",        "shard",      "copy",       "copy-assets", "preview", "full",
        "output",         "on-refusal", "state",      "no-state",    "force",   "delete",
        "all-or-nothing", "wait",       "dry-run",    "report",      "format",  "max-diagnostics",
        "redact",         "no-redact",  "color",      "member",      "jobs",    "quiet",
        "verbose",        "stdin-name", "fix",        "diff",        "backup"};
    return names.contains(name);
}

}  // namespace

std::string deciding_options(const CLI::App& app) {
    std::string deciding;
    for (const CLI::Option* option : app.get_options()) {
        if (option->count() == 0 || has_no_part(option->get_single_name())) continue;
        deciding += option->get_single_name();
        for (const auto& result : option->results()) deciding.append(1, '\0').append(result);
        deciding += '\n';
    }
    return deciding;
}

void list_options(CLI::App& app, Options& options, RawOptions& raw) {
    if (options.command == Command::config) {
        add_sources(app, options, raw);
        add_reading(app, options, raw);
        add_structured_data(app, raw);
        return add_placeholder(app, options);
    }
    if (options.command == Command::audit) {
        app.add_option("PATH", options.paths, "What is published: files and directories");
        list_audit_options(app, options.audit);
        add_shard(app, options, "Search part I of N of the published files: for job arrays");
        add_globs(app, options);
    } else {
        if (options.command <= Command::build) {
            add_output(app, options, raw);
            add_run(app, options, raw);
        }
        add_sources(app, options, raw);
        if (options.command != Command::check) add_excerpt(app, options);
    }
    if (options.command == Command::convert) add_conversion(app, options, raw);
    if (options.command == Command::check) add_fixing(app, options, raw);
    add_reading(app, options, raw);
    if (takes_placeholder(options.command)) add_placeholder(app, options);
    if (makes_full(options.command)) add_structured_data(app, raw);
    add_talk(app, options, raw);
}

}  // namespace paywall::tools
