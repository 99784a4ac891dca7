#include "tools/dialects.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "parser/dialects.hpp"
#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tools/settings.hpp"

namespace paywall::tools {
namespace {

using Meaning = AttributeRule::Meaning;

bool is_escape(const Marker& marker) {
    return marker.role == Role::escape || marker.role == Role::unescape;
}

/// `[membership …]`
std::string shown(const Marker& marker) {
    if (marker.attributes == Syntax::none) return marker.text();
    const auto text = marker.text();
    const auto end = text.find(marker.word) + marker.word.size();
    return text.substr(0, end) + "…" + text.substr(end);
}

std::string_view role_name(Role role) {
    switch (role) {
        case Role::open:
            return "opens";
        case Role::close:
            return "closes";
        case Role::divide:
            return "divides";
        case Role::otherwise:
            return "else";
        default:
            break;
    }
    return "goes with it";
}

void add_spellings(std::ostream& text, const Dialect& dialect) {
    text << "Markers:\n";
    for (const auto& marker : dialect.markers) {
        if (is_escape(marker)) continue;
        text << "  " << std::left << std::setw(14) << role_name(marker.role) << shown(marker)
             << (marker.letters == Letters::any_case ? "   (in any case)" : "") << "\n";
    }
    for (const auto& word : dialect.content) {
        text << "  " << std::left << std::setw(14) << "content" << word << "\n";
    }
}

std::string rule_text(const AttributeRule& rule) {
    const std::string key = rule.key.empty() ? "(a value)" : rule.key;
    std::string text = key + ": ";
    for (const auto& value : rule.values)
        text += (value.text.empty() ? "\"\"" : value.text) + " is for " + describe(value.audience) +
                "; ";
    switch (rule.meaning) {
        case Meaning::plans:
            return text + "plans, for payers of one of them";
        case Meaning::without:
            return text + "plans, for everyone but payers of them";
        case Meaning::values:
            return text + "anything else is for payers of everything";
        case Meaning::message:
            return text + "stands in the preview";
        case Meaning::price:
            return text + "the placeholder's {price}";
        case Meaning::none:
            break;
    }
    return text + "says nothing of readers";
}

void add_rules(std::ostream& text, const Dialect& dialect) {
    text << "\nRules:\n";
    std::vector<std::size_t> told;
    for (const auto& marker : dialect.markers) {
        const bool begins = marker.role == Role::open || marker.role == Role::divide;
        if (!begins || std::ranges::count(told, marker.spelling) > 0) continue;
        told.push_back(marker.spelling);
        const auto& region = dialect.region(marker);
        const bool is_inverse = region.audience == Audience::everyone();
        text << "  " << shown(marker) << ": "
             << (is_inverse ? "for everyone; all the rest is paid"
                            : "for " + describe(region.audience))
             << (region.nesting == Nesting::stack ? "; sections nest" : "") << "\n";
        for (const auto& rule : region.rules) text << "    " << rule_text(rule) << "\n";
    }
}

/// A source with every marker that begins something, once.
std::string example_of(const Dialect& dialect) {
    const auto begins = std::ranges::find_if(dialect.markers, [](const Marker& marker) {
        return marker.role == Role::open || marker.role == Role::divide;
    });
    const auto& region = dialect.region(*begins);
    const bool is_inverse = region.audience == Audience::everyone();
    std::string source = is_inverse ? "Paid text.\n" : "Free text.\n";
    source += begins->text() + "\n" + (is_inverse ? "Free text.\n" : "Paid text.\n");
    if (begins->role == Role::open)
        source += counterpart(dialect, *begins).text() + "\n" +
                  (is_inverse ? "Paid text.\n" : "Free text.\n");
    return source;
}

void add_text(std::ostream& text, const char* title, const std::string& lines) {
    text << "\n" << title << ":\n";
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) text << "  | " << line << "\n";
}

void add_example(std::ostream& text, const Dialect& dialect) {
    const auto source = example_of(dialect);
    const auto parsed = Parser(dialect).parse(source);
    const auto& document = std::get<Document>(parsed);
    add_text(text, "Example", source);
    add_text(text, "Its preview", std::get<Edition>(render(document, EditionKind::preview)).text());
    add_text(text, "Its full edition",
             std::get<Edition>(render(document, EditionKind::full)).text());
}

std::string list() {
    std::ostringstream text;
    for (const auto& dialect : built_in_dialects()) {
        text << std::left << std::setw(25) << dialect.name << shown(dialect.markers.front())
             << "\n";
    }
    return text.str();
}

std::string page(const Dialect& dialect) {
    std::ostringstream text;
    text << dialect.name << "\n\n";
    add_spellings(text, dialect);
    add_rules(text, dialect);
    add_example(text, dialect);
    return text.str();
}

}  // namespace

Reply tell_dialects(int argc, const char* const* argv) {
    CLI::App app{std::string(dialects_summary), "paywall dialects"};
    std::string name;
    app.add_option("NAME", name, "The dialect to show; none: all are listed");
    try {
        app.parse(argc, argv);
        return {ExitStatus::success, name.empty() ? list() : page(dialect_named(name))};
    } catch (const CLI::Success&) {
        return {ExitStatus::success, app.help()};
    } catch (const std::runtime_error& error) {  // CLI::ParseError, UsageError
        return {ExitStatus::usage,
                std::string("paywall: ") + error.what() + "\nTry 'paywall dialects --help'.\n"};
    }
}

}  // namespace paywall::tools
