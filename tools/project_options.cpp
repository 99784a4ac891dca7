#include "tools/project_options.hpp"

#include <sstream>

#include "tools/exit_status.hpp"
#include "tools/file/path.hpp"

namespace paywall::tools {
namespace {

std::optional<std::string> project_of(const Options& options) {
    std::optional<std::string> found;
    const bool audits = options.command == Command::audit;
    std::vector<std::string> paths = audits ? options.audit.against : options.paths;
    if (paths.empty() || options.reads_stdin()) paths = {"."};
    for (std::size_t i = 0; i < paths.size(); ++i) {
        auto file = find_project(paths[i]);
        const bool is_same = found.has_value() == file.has_value() &&
                             (!file || absolute_path(*file) == absolute_path(*found));
        if (i > 0 && !is_same)
            throw UsageError("'" + paths.front() + "' and '" + paths[i] +
                             "' belong to different projects (paywall.toml)");
        if (i == 0) found = std::move(file);
    }
    return found;
}

template <typename Value>
void fill(const Options& options, const char* option, Value& value,
          const std::optional<Value>& from) {
    if (from && !options.given.contains(option)) value = *from;
}

void fill_list(const Options& options, const char* option, std::vector<std::string>& list,
               const std::vector<std::string>& from) {
    if (!from.empty() && !options.given.contains(option)) list = from;
}

void apply_rules(Options& options, const SourceRules& rules) {
    fill(options, "dialect", options.dialect, rules.dialect);
    fill(options, "encoding", options.encoding, rules.encoding);
    fill(options, "unmarked", options.unmarked, rules.unmarked);
    if (rules.teaser && !options.given.contains("teaser")) options.teaser = rules.teaser;
    fill(options, "metadata-run", options.metadata.run, rules.metadata_run);
    fill(options, "metadata-sentence", options.metadata.sentence, rules.metadata_sentence);
    if (rules.content && !options.given.contains("content")) options.content = rules.content;
    if (rules.placeholder_inline && !options.given.contains("placeholder-inline"))
        options.placeholder_inline = rules.placeholder_inline;
    fill_list(options, "keep-attributes", options.keep_attributes, rules.keep_attributes);
    fill(options, "structured-data", options.structured_data, rules.structured_data);
    const bool has_file = options.given.contains("placeholder-file");
    if (rules.placeholder && !has_file && !options.given.contains("placeholder"))
        options.placeholder = rules.placeholder;
    fill_list(options, "deny", options.deny, rules.deny);
    fill_list(options, "allow", options.allow, rules.allow);
}

void apply_build(Options& options, const Project& project) {
    if (options.paths.empty() && !options.files_from) options.paths = project.paths;
    const auto directory = [&](const char* option, std::optional<std::string>& value,
                               const std::optional<std::string>& from) {
        if (from && !options.given.contains(option)) value = from;
    };
    directory("preview", options.preview_directory, project.preview);
    directory("full", options.full_directory, project.full);
    if (project.member && !options.given.contains("member"))
        options.more_trees.push_back({{Reader::Kind::member, {}}, *project.member});
    if (options.given.contains("plan")) return;
    for (const auto& tree : project.plans)
        options.more_trees.push_back({{Reader::Kind::payer, tree.plan}, tree.directory});
}

}  // namespace

void apply_project(Options& options) {
    const auto file = project_of(options);
    if (!file) return;
    auto project = std::make_shared<const Project>(read_project(*file));
    apply_rules(options, project->all);
    fill_list(options, "literal", options.literal, project->literal);
    if (options.command == Command::build || options.command == Command::config)
        apply_build(options, *project);
    options.deciding += project->text;
    options.project = std::move(project);
}

Options options_of(const Options& options, const SourceRules& rule) {
    Options own = options;
    apply_rules(own, rule);
    return own;
}

namespace {

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        constexpr std::string_view digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += std::string("\\") + c;
        } else if (byte < 0x20 || byte == 0x7F) {
            result += std::string("\\u00") + digits[byte / 16] + digits[byte % 16];
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string quoted(const std::vector<std::string>& list) {
    std::string result = "[";
    for (const auto& text : list) result += (result.size() > 1 ? ", " : "") + quoted(text);
    return result + "]";
}

/// Lines `key = value  # where from`.
class Settings {
public:
    explicit Settings(const Options& options) : options_(options) {}

    void add(const char* key, const std::string& value, const char* option, bool in_project) {
        text_ << key << " = " << value << "  # "
              << (options_.given.contains(option) ? "command line"
                  : in_project                    ? options_.project->path
                                                  : "default")
              << "\n";
    }
    void add_heading(const std::string& heading) { text_ << "\n" << heading << "\n"; }
    [[nodiscard]] std::string take() const { return text_.str(); }

private:
    const Options& options_;
    std::ostringstream text_;
};

std::string unmarked_name(Unmarked unmarked) {
    constexpr std::string_view names[] = {"free", "paid", "refuse"};
    return quoted(std::string(names[static_cast<std::size_t>(unmarked)]));
}

/// Where nothing says it, every source's extension does.
std::string content_name(const std::optional<Content>& content) {
    constexpr std::string_view names[] = {"text", "html", "markdown"};
    return content ? quoted(std::string(names[static_cast<std::size_t>(*content)])) : "\"\"";
}

/// `said` in one table; the others are the project's own.
SourceRules joined(SourceRules said, const SourceRules& all) {
    if (!said.dialect) said.dialect = all.dialect;
    if (!said.encoding) said.encoding = all.encoding;
    if (!said.unmarked) said.unmarked = all.unmarked;
    if (!said.teaser) said.teaser = all.teaser;
    if (!said.metadata_run) said.metadata_run = all.metadata_run;
    if (!said.metadata_sentence) said.metadata_sentence = all.metadata_sentence;
    if (!said.placeholder) said.placeholder = all.placeholder;
    if (!said.placeholder_inline) said.placeholder_inline = all.placeholder_inline;
    if (!said.content) said.content = all.content;
    if (said.keep_attributes.empty()) said.keep_attributes = all.keep_attributes;
    if (!said.structured_data) said.structured_data = all.structured_data;
    if (said.deny.empty()) said.deny = all.deny;
    if (said.allow.empty()) said.allow = all.allow;
    return said;
}

void add_rules(Settings& settings, const Options& options, const SourceRules& said) {
    settings.add("dialect", quoted(options.dialect), "dialect", said.dialect.has_value());
    settings.add("encoding", quoted(options.encoding), "encoding", said.encoding.has_value());
    settings.add("unmarked", unmarked_name(options.unmarked), "unmarked",
                 said.unmarked.has_value());
    settings.add("teaser", quoted(options.teaser ? options.teaser->text() : std::string()),
                 "teaser", said.teaser.has_value());
    settings.add("metadata_run", quoted(options.metadata.run.text()), "metadata-run",
                 said.metadata_run.has_value());
    settings.add("metadata_sentence", quoted(options.metadata.sentence.text()), "metadata-sentence",
                 said.metadata_sentence.has_value());
    if (options.placeholder_file)
        settings.add("placeholder-file", quoted(*options.placeholder_file), "placeholder-file",
                     false);
    else
        settings.add("placeholder", quoted(options.placeholder.value_or("")), "placeholder",
                     said.placeholder.has_value());
    settings.add("placeholder_inline", quoted(options.placeholder_inline.value_or("")),
                 "placeholder-inline", said.placeholder_inline.has_value());
    settings.add("content", content_name(options.content), "content", said.content.has_value());
    settings.add("keep_attributes", quoted(options.keep_attributes), "keep-attributes",
                 !said.keep_attributes.empty());
    const bool is_structured = options.structured_data == StructuredData::added;
    settings.add("structured_data", is_structured ? "true" : "false", "structured-data",
                 said.structured_data.has_value());
    settings.add("deny", quoted(options.deny), "deny", !said.deny.empty());
    settings.add("allow", quoted(options.allow), "allow", !said.allow.empty());
}

void add_gate(Settings& settings, const Project& project) {
    if (project.gate.key.empty()) return;
    settings.add_heading("[gate]");
    settings.add("key", quoted(project.gate.key), "", true);
    for (const auto& [value, audience] : project.gate.values)
        settings.add(("# " + quoted(value) + " is for").c_str(), describe(audience), "", true);
}

void add_build(Settings& settings, const Options& options, const Project& project) {
    settings.add_heading("[build]");
    settings.add("paths", quoted(options.paths), "PATH", !project.paths.empty());
    settings.add("preview", quoted(options.preview_directory.value_or("")), "preview",
                 project.preview.has_value());
    settings.add("full", quoted(options.full_directory.value_or("")), "full",
                 project.full.has_value());
    for (const auto& tree : options.more_trees) {
        const bool is_member = tree.reader.kind == Reader::Kind::member;
        const std::string key = is_member ? "member" : "plans." + quoted(tree.reader.plan);
        settings.add(key.c_str(), quoted(tree.directory), is_member ? "member" : "plan", true);
    }
}

}  // namespace

std::string describe_settings(const Options& options) {
    static const Project none{};
    const Project& project = options.project ? *options.project : none;
    Settings settings(options);
    add_rules(settings, options, project.all);
    settings.add("literal", quoted(options.literal), "literal", !project.literal.empty());
    add_gate(settings, project);
    if (options.project) add_build(settings, options, project);
    for (const auto& rule : project.rules) {
        settings.add_heading("[[rules]]");
        settings.add("files", quoted(rule.files), "", true);
        add_rules(settings, options_of(options, rule.settings), joined(rule.settings, project.all));
    }
    return settings.take();
}

}  // namespace paywall::tools
