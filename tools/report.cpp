#include "tools/report.hpp"

#include <nlohmann/json.hpp>

#include "parser/quote.hpp"
#include "tools/inspect.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;

Json fix_object(const std::optional<Fix>& fix) {
    if (!fix) return nullptr;
    return {{"start", fix->span.offset}, {"end", fix->span.end()}, {"text", fix->text}};
}

/// What a diagnostic says in itself; never content.
Json object_of(const Diagnostic& diagnostic, const Source& source) {
    const Location location = source.locate(diagnostic.span.offset);
    const bool error = diagnostic.severity == Severity::error;
    return {{"rule", rule_name(diagnostic.rule)},
            {"severity", error ? "error" : "warning"},
            {"start", diagnostic.span.offset},
            {"end", diagnostic.span.end()},
            {"line", location.line},
            {"column", location.column},
            {"message", message(diagnostic)},
            {"help", help(diagnostic)},
            {"fix", fix_object(diagnostic.fix)}};
}

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void add_diagnostics(Said& said, const ReportOptions& options, std::string_view name,
                     std::string_view bytes, const Diagnostics& diagnostics) {
    if (options.stream == DiagnosticStream::none) return;
    const Source source(bytes, options.encoding);
    std::string& text = options.stream == DiagnosticStream::output ? said.output : said.error;
    for (const auto& diagnostic : diagnostics.kept)
        text += options.format == Format::jsonl ? json_line(diagnostic, name, source, options.fixed)
                                                : format(diagnostic, name, source, options.looks);
    if (const std::size_t rest = diagnostics.suppressed(); rest > 0)
        said.error += note_line(
            name, counted(rest, "more diagnostic is", "more diagnostics are") + " not shown");
}

}  // namespace

Said report(const ReportOptions& options, std::string_view name, std::string_view bytes,
            const Cutting& cutting) {
    Said said;
    if (cutting.diagnostics.errors + cutting.diagnostics.warnings > 0)
        add_diagnostics(said, options, name, bytes, cutting.diagnostics);
    if (options.command != Command::inspect) return said;
    if (cutting.document) {
        const Inspected inspected{name, *cutting.document, Source(bytes, options.encoding),
                                  options.cut, account_of(cutting, options.excerpt)};
        said.output +=
            options.format == Format::json ? inspect_json(inspected) : inspect_text(inspected);
    } else if (options.format == Format::json) {
        said.output +=
            refused_json(name, bytes.size(), diagnostics_json(options, bytes, cutting.diagnostics));
    }
    return said;
}

std::string json_line(const Diagnostic& diagnostic, std::string_view name, const Source& source,
                      Fixed fixed) {
    Json whole = object_of(diagnostic, source);
    Json object{
        {"rule", whole["rule"]}, {"severity", whole["severity"]}, {"path", to_valid_utf8(name)}};
    object.update(whole);
    if (fixed != Fixed::not_asked) object["fixed"] = fixed == Fixed::yes;
    if (!is_valid_utf8(name)) object["path_base64"] = base64(name);
    return text_of(object) + "\n";
}

std::string diagnostics_json(const ReportOptions& options, std::string_view bytes,
                             const Diagnostics& diagnostics) {
    const Source source(bytes, options.encoding);
    Json array = Json::array();
    for (const auto& diagnostic : diagnostics.kept) array.push_back(object_of(diagnostic, source));
    return text_of(array);
}

std::string failure_line(std::string_view what) {
    return "paywall: " + escape(what) + "\n";
}

std::string note_line(std::string_view name, std::string_view what) {
    return escape(name).append(": ").append(what).append("\n");
}

}  // namespace paywall::tools
