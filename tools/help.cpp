#include "tools/help.hpp"

namespace paywall::tools {

constexpr std::string_view program_summary =
    "Cuts content with paid parts into previews and full editions. From a source with a fault\n"
    "in its markers nothing is written.";

constexpr std::string_view program_help = R"(Examples:
  paywall preview article.md                      the preview on standard output
  paywall build content --preview public --full members
                                                  both editions of a whole tree
  paywall check content                           what is wrong, for authors and CI
  paywall inspect --format json article.md        the segments, for other programs
  paywall audit public --against content          that no published file holds paid text

Exit status:
  0  all written, nothing refused
  1  at least one source refused: its author has something to mend
  2  usage or configuration error: nothing was done
  3  input, output or resource failure on at least one file: worth another try (wins over 1)

'paywall COMMAND --help' tells more.
)";

namespace {

constexpr std::string_view one_output_help = R"(Output:
  One file without -o goes to standard output; several files or a directory need -o. A
  directory's tree is mirrored below the output directory; single files relative to --base.

)";

constexpr std::string_view two_outputs_help = R"(Output:
  A directory's tree is mirrored below both output directories; single files relative to --base.

)";

constexpr std::string_view convert_help = R"(Output:
  One file without -o goes to standard output; several files or a directory need -o, or --backup,
  which writes into the sources themselves. What is written is proved first: read with the new
  markers it has the same content for the same readers, with the same plans, messages, prices and
  labels, and gives the same editions. A source that the dialect cannot say so is refused. Front
  matter stays as it is, and so does paywall.toml: name the new dialect there.

)";

constexpr std::string_view fixing_help = R"(Fixes:
  --fix is the one way in which this command changes sources. It writes the exact marker where a
  lookalike stands for just one, in all places of a source if that is sound then, else in none: it
  never guesses where a section ends, and never does what could publish more than another reading.
  Encoding, line ends, permissions and attributes stay; a source that changes meanwhile, and a
  symbolic link, are not touched. --diff alone writes nothing. With --redact (default in CI and
  where stderr is no terminal) a diff shows no more than messages do; --no-redact shows whole
  lines, which 'patch' can apply.

)";

constexpr std::string_view runs_help = R"(Runs:
  An output that holds the same bytes already is left untouched. With a state, sources that did
  not change are not read; refused ones and those with warnings are told of each time. The output
  directories are locked while a run writes them. Assets are images, fonts, audio, video and style
  sheets by their extensions; nothing else that is no source is copied, unless --copy says so. What
  only paid parts link to goes to the full editions alone; to know it every source is read.

)";

constexpr std::string_view segments_help = R"(Output:
  Text: a line a source, a line a segment, one for each edition, one for each link that only paid
  parts have. json: one array with an object a source (path, encoding, size, segments, numbers,
  paid_assets, excerpt); a segment has access, audience, start and end (bytes from 0) of its content,
  first_line and last_line (from 1), and size in bytes; numbers has characters, words and
  reading_seconds of each segment, the preview and the full edition. With --exact, segments reach
  from marker to marker. A source with a fault is not listed: its diagnostics go to standard error.

)";

constexpr std::string_view config_help = R"(Output:
  The settings as a project file (paywall.toml) would say them, each with where it comes from: the
  command line, the project file, or the program's defaults. [[rules]] are those of the sources
  that their globs match.

)";

constexpr std::string_view sources_help = R"(Sources:
  In directories, sources are files named .txt .md .markdown .html .htm .xhtml in any case.
  Hidden entries and symbolic links are skipped and counted.

Globs:
  *  any characters but /     ?  one character but /     [a-z] [!a-z]  one of a set
  ** any characters; **/ any directories or none         \  takes the next as it is
  A glob without / is matched with the last name of a path, any other with the whole path
  below the directory. --include takes the place of the known extensions; --exclude wins.

)";

constexpr std::string_view placeholders_help = R"(Placeholders:
  {paid_chars}    characters of the paid part       {paid_percent}  its share of the source
  {index}         its number, from 1                {sections}      paid parts in the source
  {name}          the source's path in the output   {price}         as its marker says
  {paid_words}    words of the paid part            {paid_minutes}  what it takes to read it
  {free_percent}  the preview's share of the text   {title}         what the preview is called
  {{ and }}       braces

)";

constexpr std::string_view diagnostics_help = R"(Diagnostics:
  Go to standard error. With --format jsonl one object a line, to standard output unless an
  edition is written there: rule, severity, path, start and end (bytes from 0), line, column
  (from 1), message, help, fix (null, or start, end and text); with --fix also fixed:
  where that is true, places are of the source as it was. They never hold content. A path
  that is not UTF-8 has U+FFFD for its bad bytes, and all its bytes in path_base64.

)";

constexpr std::string_view audit_help = R"(Search:
  Every regular file of PATH, hidden ones too, in all layers: text, markup, attributes, comments,
  scripts, escapes, base64, e-mail, archives, compressed files, PDF, SQLite, other encodings.
  Texts are compared without case, white space, punctuation, format characters and markup.

Findings:
  paid-text            a published file holds paid text
  paid-elsewhere-free  paid text also stands in free text of a source; it is searched for unless
                       the finding is accepted
  paid-asset           a file that only paid parts use is published, under its name or another
  marker-residue       a published file holds a marker, or what looks like one
  source-not-audited   a source is refused: its paid text is not known
  search-limit         a published file that was not searched to its end
  gate-removed         a document of the --baseline that had paid parts has none, or is gone
  section-removed      one that has fewer of them
  paid-share-fell      one whose paid share fell by more than --max-fall allows

  Go to standard error; with --format jsonl one object a line to standard output: rule, severity,
  path, line, column (from 1; of the packed member where there is one), layer, source,
  source_line, characters; then objects with summary in the place of rule. They never hold
  content. To accept a finding, put its line into the --known file and add "reason".

Globs (--include, --exclude: of the sources) are those of paywall build --help.

Exit status:
  0 nothing found; 1 something found; 2 usage error, nothing done; 3 a file could not be read
  (wins over 1)
)";

constexpr std::string_view exit_help =
    "; 1 a source refused; 2 usage error, nothing done; 3 I/O failure (wins over 1)\n";

constexpr std::string_view config_exit_help =
    "Exit status:\n  0 settings written; 2 usage or configuration error\n";

std::string_view output_help(Command command) {
    switch (command) {
        case Command::preview:
        case Command::full:
            return one_output_help;
        case Command::build:
            return two_outputs_help;
        case Command::check:
            return fixing_help;
        case Command::convert:
            return convert_help;
        case Command::config:
            return config_help;
        case Command::inspect:
        case Command::audit:
            break;
    }
    return segments_help;
}

}  // namespace

std::string command_help(Command command) {
    if (command == Command::audit) return std::string(audit_help);
    std::string help(output_help(command));
    if (command <= Command::build) help += runs_help;
    help += sources_help;
    if (takes_placeholder(command)) help += placeholders_help;
    if (command == Command::config) return help += config_exit_help;
    if (command != Command::inspect) help += diagnostics_help;
    help += "Exit status:\n  ";
    const bool writes = command <= Command::build || command == Command::convert;
    help += writes ? "0 all written" : "0 all sound";
    return help += exit_help;
}

}  // namespace paywall::tools
