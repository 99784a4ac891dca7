#include "tools/project.hpp"

#include <algorithm>

#include "parser/quote.hpp"
#include "tools/exit_status.hpp"
#include "tools/file/path.hpp"
#include "tools/file/reading.hpp"
#include "tools/own_dialect.hpp"
#include "tools/toml_table.hpp"

namespace paywall::tools {
namespace {

constexpr const char* file_name = "paywall.toml";

/// A path of the file, as seen from here.
std::string seen_from_here(const std::string& project, const std::string& path) {
    const auto directory = parent_of(project);
    const bool is_absolute = path.starts_with('/');
    return is_absolute || directory == "." ? path : directory + "/" + path;
}

std::optional<std::string> dialect_names(TomlTable& table) {
    std::string names;
    for (const auto& name : table.strings("dialect")) names += (names.empty() ? "" : ",") + name;
    return names.empty() ? std::nullopt : std::optional(names);
}

std::optional<MetadataLimit> read_limit(TomlTable& table, const char* key) {
    const auto text = table.string(key);
    if (!text) return std::nullopt;
    const auto limit = MetadataLimit::parse(*text);
    if (const auto* fault = std::get_if<std::string>(&limit)) table.fail(key, *fault);
    return std::get<MetadataLimit>(limit);
}

SourceRules read_rules(TomlTable& table) {
    SourceRules rules{.dialect = dialect_names(table),
                      .encoding = table.string("encoding"),
                      .placeholder = table.string("placeholder"),
                      .placeholder_inline = table.string("placeholder_inline"),
                      .content = {},
                      .keep_attributes = table.strings("keep_attributes"),
                      .structured_data = {},
                      .unmarked = {},
                      .teaser = {},
                      .metadata_run = read_limit(table, "metadata_run"),
                      .metadata_sentence = read_limit(table, "metadata_sentence"),
                      .deny = table.strings("deny"),
                      .allow = table.strings("allow")};
    if (const auto choice = table.choice("content", {"text", "html", "markdown"}))
        rules.content = static_cast<Content>(*choice);
    if (const auto is_added = table.boolean("structured_data"))
        rules.structured_data = *is_added ? StructuredData::added : StructuredData::none;
    if (const auto choice = table.choice("unmarked", {"free", "paid", "refuse"}))
        rules.unmarked = static_cast<Unmarked>(*choice);
    if (const auto text = table.string("teaser")) {
        const auto teaser = Teaser::parse(*text);
        if (const auto* fault = std::get_if<std::string>(&teaser)) table.fail("teaser", *fault);
        rules.teaser = std::get<Teaser>(teaser);
    }
    return rules;
}

Gate read_gate_table(TomlTable table) {
    Gate gate{table.string("key").value_or(""), {}};
    if (gate.key.empty()) table.fail("key", "a gate needs a key");
    const auto add = [&](const std::string& value, const Audience& audience) {
        if (!gate.values.emplace(value, audience).second)
            table.fail("key", "the gate's value '" + escape(value) + "' is named twice");
    };
    for (const auto& value : table.strings("free")) add(value, Audience::everyone());
    for (const auto& value : table.strings("members")) add(value, {false, true, true, {}});
    for (const auto& value : table.strings("payers")) add(value, Audience::paid());
    if (auto plans = table.table("plans"))
        for (const auto& [value, plan] : plans->all_strings())
            add(value, {false, false, true, {Plans::Kind::of, {plan}}});
    table.finish();
    return gate;
}

void read_build(Project& project, TomlTable table) {
    const auto here = [&](const std::string& path) { return seen_from_here(project.path, path); };
    const auto directory = [&](const char* key) {
        auto path = table.string(key);
        if (path) path = here(*path);
        return path;
    };
    for (const auto& path : table.strings("paths")) project.paths.push_back(here(path));
    project.preview = directory("preview");
    project.full = directory("full");
    project.member = directory("member");
    if (auto plans = table.table("plans"))
        for (const auto& [plan, path] : plans->all_strings())
            project.plans.push_back({plan, here(path)});
    table.finish();
}

void read_table(Project& project, TomlTable table) {
    project.all = read_rules(table);
    project.literal = table.strings("literal");
    if (auto gate = table.table("gate")) project.gate = read_gate_table(*gate);
    if (auto build = table.table("build")) read_build(project, *build);
    for (auto& dialect : table.tables("dialects"))
        project.dialects.push_back(read_own_dialect(dialect));
    for (auto& rule : table.tables("rules")) {
        ProjectRule read{rule.strings("files"), read_rules(rule), rule.line()};
        if (read.files.empty()) rule.fail("files", "a rule needs files");
        rule.finish();
        project.rules.push_back(std::move(read));
    }
    table.finish();
}

}  // namespace

std::optional<std::string> find_project(const std::string& path) {
    const auto named = find_path(path);
    std::string directory = named && named->kind == EntryKind::directory ? path : parent_of(path);
    const std::string top = absolute_path(directory);
    // As many steps up as the absolute path has names; the shown path stays as the user wrote it.
    const auto names = static_cast<std::size_t>(std::count(top.begin(), top.end(), '/'));
    for (std::size_t step = 0; step <= names; ++step) {
        const std::string file = directory == "." ? file_name : directory + "/" + file_name;
        const auto found = find_path(file);
        if (found && found->kind == EntryKind::file) return file;
        directory = directory == "." ? ".." : directory + "/..";
    }
    return std::nullopt;
}

Project read_project(const std::string& path) {
    Buffer buffer;
    Project project;
    project.path = path;
    project.text = read_named(path, buffer).bytes;
    try {
        const toml::table parsed = toml::parse(project.text, path);
        read_table(project, TomlTable(project.path, parsed));
    } catch (const toml::parse_error& error) {
        const auto& place = error.source().begin;
        throw UsageError(path + ":" + std::to_string(place.line) + ":" +
                         std::to_string(place.column) + ": " + std::string(error.description()));
    }
    return project;
}

}  // namespace paywall::tools
