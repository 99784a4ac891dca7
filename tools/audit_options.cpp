#include "tools/audit_options.hpp"

#include <CLI/CLI.hpp>

namespace paywall::tools {
namespace {

constexpr std::size_t fewest_characters = 8;
constexpr std::size_t most_characters = 1000000;

/// `anonymous`, `member`, or the name of a plan.
Reader reader_named(const std::string& name) {
    if (name == "anonymous") return {};
    if (name == "member") return {Reader::Kind::member, {}};
    if (name.empty()) throw CLI::ValidationError("--as", "the name of the plan is empty");
    return {Reader::Kind::payer, name};
}

}  // namespace

void list_audit_options(CLI::App& app, AuditOptions& options) {
    app.add_option("--against", options.against,
                   "The sources whose paid text must not be published")
        ->allow_extra_args(false)
        ->type_name("CONTENT")
        ->required();
    app.add_option_function<std::string>(
           "--as", [&options](const std::string& name) { options.reader = reader_named(name); },
           "Whom the published files are for: anonymous (default), member (registered, not "
           "paying), or the name of a plan")
        ->type_name("WHOM");
    app.add_option("--min-chars", options.min_chars,
                   "Find runs of N letters and digits or more (default 40); Han, Kana, Hangul "
                   "and Thai characters count twice")
        ->check(CLI::Range(fewest_characters, most_characters).description(""))
        ->type_name("N");
    app.add_option("--known", options.known, "Accepted findings, one JSON object a line")
        ->type_name("FILE");
    app.add_option("--baseline", options.baseline,
                   "Find what is gated less than when FILE was written")
        ->type_name("FILE");
    app.add_option("--write-baseline", options.write_baseline,
                   "Write to FILE how much of every document is paid")
        ->type_name("FILE");
    app.add_option("--max-fall", options.max_fall,
                   "Let a document's paid share fall by P percent of what it was (default 20)")
        ->check(CLI::Range(0U, 100U).description(""))
        ->type_name("P");
    app.add_option("--state", options.state,
                   "Remember in FILE which published files were clean, to search only what changed")
        ->type_name("FILE");
}

}  // namespace paywall::tools
