#include "tools/settings.hpp"

#include <cstdint>
#include <set>
#include <string>

#include "parser/typo.hpp"
#include "tools/digest.hpp"
#include "tools/given.hpp"
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

const Dialect& dialect_named(const std::string& name) {
    if (name == fastadmin().name) return fastadmin();
    throw UsageError("--dialect: unknown dialect '" + name + "'; known: " + fastadmin().name);
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

Settings make_settings(const Options& options) {
    Settings settings{.parser = Parser(dialect_named(options.dialect)),
                      .cut = options.cut,
                      .content = options.content,
                      .keep_attributes = options.keep_attributes};
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
    settings.fingerprint = stable_hash(deciding);
    return settings;
}

}  // namespace paywall::tools
