#include "tools/settings.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "parser/dialects.hpp"
#include "parser/typo.hpp"
#include "tools/digest.hpp"
#include "tools/given.hpp"
#include "tools/project_options.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

/// `; did you mean empty-section?`, where a warning has a name that is near.
std::string suggestion(std::string_view name) {
    std::string_view best;
    std::size_t least = name.size() / 2 + 1;
    for (const Rule rule : all_rules()) {
        if (default_severity(rule) != Severity::warning) continue;
        const std::size_t far = count_typos(rule_name(rule), name, least);
        if (far < least) {
            best = rule_name(rule);
            least = far;
        }
    }
    if (!best.empty()) return "; did you mean " + std::string(best) + "?";
    std::string all = "; the warnings are";
    for (const Rule rule : all_rules())
        if (default_severity(rule) == Severity::warning) all.append(" ").append(rule_name(rule));
    return all;
}

std::set<Rule> warnings_named(const std::vector<std::string>& names, const std::string& option) {
    std::set<Rule> rules;
    for (const auto& name : names) {
        const auto rule = rule_named(name);
        if (!rule) throw UsageError(option + ": unknown rule '" + name + "'" + suggestion(name));
        if (default_severity(*rule) != Severity::warning)
            throw UsageError(option + ": " + name + " is an error whatever the options say" +
                             suggestion(name));
        rules.insert(*rule);
    }
    return rules;
}

/// `; did you mean ghost?`
std::string near_dialect(std::string_view name) {
    std::string_view best;
    std::size_t least = name.size() / 2 + 1;
    for (const auto& dialect : built_in_dialects()) {
        const std::size_t far = count_typos(dialect.name, name, least);
        if (far >= least) continue;
        best = dialect.name;
        least = far;
    }
    return best.empty() ? "; 'paywall dialects' lists them"
                        : "; did you mean " + std::string(best) + "?";
}

/// The version, and the size and time of the program's file: a program that was built anew may cut
/// otherwise.
std::string program_identity() {
    std::string identity = PAYWALL_VERSION;
    if (const auto file = program_file())
        identity += " " + std::to_string(file->size) + " " + std::to_string(file->modified);
    return identity;
}

std::optional<std::string> placeholder_text(const Options& options) {
    if (!options.placeholder_file) return options.placeholder;
    Buffer buffer;
    std::string text(read_given(*options.placeholder_file, buffer));
    if (!text.empty() && text.back() == '\n') text.pop_back();
    if (!text.empty() && text.back() == '\r') text.pop_back();
    return text;
}

std::string code_point_name(char32_t character) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string name;
    for (auto rest = static_cast<std::uint32_t>(character); rest != 0 || name.size() < 4;
         rest /= 16)
        name.insert(name.begin(), digits[rest % 16]);
    return "U+" + name;
}

Placeholder make_placeholder(const std::string& text, const Parser& parser,
                             const std::string& encoding) {
    if (!is_valid_utf8(text)) throw UsageError("the placeholder is not UTF-8");
    auto parsed = Placeholder::parse(text);
    if (const auto* fault = std::get_if<Placeholder::Fault>(&parsed))
        throw UsageError("the placeholder is wrong at byte " + std::to_string(fault->offset) +
                         ": " + fault->message);
    auto placeholder = std::get<Placeholder>(std::move(parsed));
    const std::string literal = placeholder.literal();
    if (parser.finds_marker(literal) || parser.finds_marker(text))
        throw UsageError("the placeholder holds a marker, or what looks like one");
    if (encoding.empty()) return placeholder;
    const auto encoded = encode(literal, encoding);
    if (const auto* character = std::get_if<char32_t>(&encoded))
        throw UsageError("the placeholder holds " + code_point_name(*character) + ", which " +
                         encoding + " cannot write");
    return placeholder;
}

}  // namespace

const Settings& Settings::of(std::string_view name) const {
    for (const auto& rule : rules)
        if (matches_any(rule.files, name)) return rule.settings;
    return *this;
}

Dialect dialect_named(const std::string& names, const std::vector<Dialect>& own,
                      const std::string& option) {
    std::vector<Dialect> dialects;
    for (std::size_t at = 0; at <= names.size();) {
        const auto end = std::min(names.find(',', at), names.size());
        const auto name = names.substr(at, end - at);
        const auto mine = std::ranges::find(own, name, &Dialect::name);
        const auto* dialect = mine != own.end() ? &*mine : find_dialect(name);
        if (dialect == nullptr)
            throw UsageError(option + ": unknown dialect '" + name + "'" + near_dialect(name));
        if (std::ranges::find(dialects, name, &Dialect::name) != dialects.end())
            throw UsageError(option + ": " + name + " is named twice");
        dialects.push_back(*dialect);
        at = end + 1;
    }
    return dialects.size() == 1 ? dialects.front() : combined(dialects);
}

namespace {

std::shared_ptr<const Converter> make_converter(const Options& options) {
    if (options.to.find(',') != std::string::npos) throw UsageError("--to takes one dialect");
    const std::vector<Dialect> none;
    const auto& own = options.project ? options.project->dialects : none;
    return std::make_shared<const Converter>(dialect_named(options.to, own, "--to"));
}

std::vector<Reader> readers_of(const Options& options) {
    std::vector<Reader> readers;
    const auto add = [&](const Reader& reader) {
        if (std::ranges::find(readers, reader) == readers.end()) readers.push_back(reader);
    };
    add(options.preview_reader);
    add(options.full_reader);
    add(reader_of(EditionKind::preview));
    add(reader_of(EditionKind::full));
    for (const auto& tree : options.more_trees) add(tree.reader);
    if (!options.project) return readers;
    if (options.project->member) add({Reader::Kind::member, {}});
    for (const auto& tree : options.project->plans) add({Reader::Kind::payer, tree.plan});
    return readers;
}

Settings make_own_settings(const Options& options) {
    const auto dialect = options.project ? dialect_named(options.dialect, options.project->dialects)
                                         : dialect_named(options.dialect);
    Settings settings{.parser = Parser(dialect),
                      .cut = options.cut,
                      .content = options.content,
                      .keep_attributes = options.keep_attributes,
                      .structured_data = options.structured_data,
                      .rules = {}};
    if (options.command == Command::convert) settings.converter = make_converter(options);
    settings.preview_reader = options.preview_reader;
    settings.full_reader = options.full_reader;
    settings.readers = readers_of(options);
    std::string deciding = program_identity() + "\n" + options.deciding;
    settings.parse = {.encoding = options.encoding,
                      .unmarked = options.unmarked,
                      .teaser = options.teaser,
                      .content = Content::text,
                      .metadata = options.metadata,
                      .markers = Markers::honoured,
                      .deny = warnings_named(options.deny, "--deny"),
                      .allow = warnings_named(options.allow, "--allow"),
                      .max_diagnostics = options.max_diagnostics};
    if (!options.encoding.empty() && !is_known_encoding(options.encoding))
        throw UsageError("--encoding: unknown encoding '" + options.encoding + "'");
    if (const auto text = placeholder_text(options)) {
        settings.placeholder = make_placeholder(*text, settings.parser, options.encoding);
        deciding += *text;
    }
    if (options.placeholder_inline)
        settings.inline_placeholder =
            make_placeholder(*options.placeholder_inline, settings.parser, options.encoding);
    settings.literal = make_globs(options.literal);
    if (options.project) settings.parse.gate = options.project->gate;
    settings.fingerprint = stable_hash(deciding);
    return settings;
}

}  // namespace

Settings make_settings(const Options& options) {
    Settings settings = make_own_settings(options);
    if (!options.project) return settings;
    for (const auto& rule : options.project->rules) {
        try {
            settings.rules.push_back(
                {make_globs(rule.files), make_own_settings(options_of(options, rule.settings))});
        } catch (const UsageError& error) {
            throw UsageError(options.project->path + ":" + std::to_string(rule.line) +
                             ": in this rule: " + error.what());
        }
    }
    return settings;
}

}  // namespace paywall::tools
