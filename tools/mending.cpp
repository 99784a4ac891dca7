#include "tools/mending.hpp"

#include "parser/encoding.hpp"
#include "parser/quote.hpp"
#include "parser/repair.hpp"
#include "tools/cutting.hpp"
#include "tools/unified_diff.hpp"

namespace paywall::tools {
namespace {

std::string reason(const NoRepair& none) {
    switch (none.reason) {
        case NoRepair::Reason::sound:
        case NoRepair::Reason::no_fix:
            break;
        case NoRepair::Reason::still_faulty:
            return "with all fixes it would still be refused, for " +
                   std::string(rule_name(none.rule));
        case NoRepair::Reason::empty_section:
            return "a fix would leave a section with nothing in it";
        case NoRepair::Reason::half_element:
            return "the fixes would take one tag of an element and leave the other";
        case NoRepair::Reason::ambiguous:
            return "the lookalikes may be text, and less is published then";
    }
    return {};
}

}  // namespace

Mending mend(const Settings& all_settings, std::string_view bytes, std::string_view name) {
    const Settings& settings = all_settings.of(name);
    auto result = repair(settings.parser, bytes, parse_options(settings, name));
    if (const auto* none = std::get_if<NoRepair>(&result)) return {{}, {}, reason(*none)};
    auto& done = std::get<Repair>(result);
    const Cutting cutting = cut(all_settings, done.bytes, name);
    if (cutting.refused())
        return {{},
                {},
                reason({NoRepair::Reason::still_faulty,
                        cutting.diagnostics.kept.empty() ? Rule::marker_residue
                                                         : cutting.diagnostics.kept.front().rule})};
    return {std::move(done.bytes), std::move(done.fixed), {}};
}

Said report_fixes(const ReportOptions& options, std::string_view name, std::string_view bytes,
                  const std::vector<Diagnostic>& fixed) {
    Said said;
    const Source source(bytes, options.encoding);
    for (const auto& diagnostic : fixed) {
        if (options.format == Format::jsonl) {
            said.output += json_line(diagnostic, name, source, Fixed::yes);
            continue;
        }
        const auto place = source.locate(diagnostic.span.offset);
        said.error += escape(name) + ":" + std::to_string(place.line) + ":" +
                      std::to_string(place.column) + ": fixed: wrote " + diagnostic.fix->text +
                      " [" + std::string(rule_name(diagnostic.rule)) + "]\n";
    }
    return said;
}

std::string diff_of(const ReportOptions& options, std::string_view name, std::string_view bytes,
                    const std::vector<Diagnostic>& fixed) {
    const auto decoded = decode(bytes, options.encoding);
    const auto* text = std::get_if<Text>(&decoded);
    if (text == nullptr) return {};
    const bool is_utf8 = text->encoding() == "UTF-8";  // then the byte-order mark is shown, too
    std::vector<TextEdit> edits;
    auto lines = options.looks.redact == Redact::yes ? DiffLines::changes : DiffLines::whole;
    for (const auto& diagnostic : fixed) {
        const auto span = diagnostic.fix->span;
        edits.push_back({is_utf8 ? span : text->to_utf8(span), diagnostic.fix->text});
        if (diagnostic.is_secret) lines = DiffLines::nothing;
    }
    return unified_diff(name, is_utf8 ? bytes : text->utf8(), edits, lines);
}

}  // namespace paywall::tools
