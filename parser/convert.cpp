#include "parser/convert.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "parser/edition.hpp"
#include "parser/grammar.hpp"
#include "parser/marker_text.hpp"
#include "parser/marker_writer.hpp"
#include "parser/runs.hpp"

namespace paywall {
namespace {

/// What keeps a source from being said in a dialect.
struct Obstacle {
    Span span;  ///< of the source
    std::string what;
};

/// The markers to put between the segments: by the number of the segment behind them.
struct Plan {
    std::map<std::size_t, std::vector<std::string>> markers;
    Form form = Form::run;

    void add(std::size_t gap, const std::vector<std::string>& texts) {
        auto& there = markers[gap];
        there.insert(there.end(), texts.begin(), texts.end());
    }
};

using PlanOr = std::variant<Plan, Obstacle>;

bool is_for_everyone(const Run& run) {
    return run.audience == Audience::everyone();
}

/// ` with a message, a price`
std::string with_details(const Details& details) {
    std::string text;
    const auto add = [&](const std::string& value, const char* name) {
        if (!value.empty()) text += (text.empty() ? " with " : ", ") + std::string(name);
    };
    add(details.message, "a message");
    add(details.price, "a price");
    add(details.label, "a label");
    add(details.indent, "an indent");
    return text;
}

/// Says one document in another dialect's markers.
class Translation {
public:
    Translation(const Document& document, const Dialect& to)
        : document_(document), to_(to), runs_(runs_of(document)) {}

    /// The ways to say it, the best first; or the obstacle on the one that the dialect is for.
    [[nodiscard]] std::variant<std::vector<Plan>, Obstacle> plans() const {
        std::vector<Plan> plans;
        std::optional<Obstacle> first;
        const auto add = [&](PlanOr plan) {
            if (auto* found = std::get_if<Plan>(&plan)) plans.push_back(std::move(*found));
            if (auto* obstacle = std::get_if<Obstacle>(&plan); obstacle != nullptr && !first)
                first = std::move(*obstacle);
        };
        const bool divides = has_role(Role::divide);
        const bool has_sections = has_section();
        if (divides && is_divided()) add(divided());
        if (has_sections) add(in_sections());
        if (write_free_part(to_)) add(in_free_parts());
        if (divides && !is_divided() && !has_sections) {
            add(Obstacle{at(runs_.back().first),
                         "the dialect " + to_.name +
                             " divides a source in two, and this one has more parts"});
        }
        if (!plans.empty()) return plans;
        return first.value_or(Obstacle{{}, "the dialect " + to_.name + " cannot say this"});
    }

    [[nodiscard]] std::variant<std::string, Obstacle> write(const Plan& plan) const {
        const auto& text = document_.text;
        const auto bytes = text.bytes();
        const auto& segments = document_.segments;
        std::string out(bytes.substr(0, text.to_source(0)));
        const auto append = [&](std::size_t begin, std::size_t end) {
            out += bytes.substr(begin, end - begin);
        };
        for (std::size_t i = 0; i <= segments.size(); ++i) {
            const auto found = plan.markers.find(i);
            const bool has_markers = found != plan.markers.end();
            if (has_markers) {
                const bool is_line = plan.form == Form::line;
                const auto before = i > 0 ? segments[i - 1] : Segment{};
                if (i > 0 && !is_line) append(before.content.end(), before.exact.end());
                if (i == 0 && has_front_matter())
                    return Obstacle{at(i), "the front matter would stand behind a marker"};
                if (is_line && !is_own_line(i)) {
                    return Obstacle{at(i), "the dialect " + to_.name +
                                               " has markers on lines of their own, and this one "
                                               "stands within a line"};
                }
                const auto encoded = text.encode(joined(found->second, is_line));
                if (encoded.index() != 0) {
                    return Obstacle{
                        at(i), "the marker cannot be written in " + std::string(text.encoding())};
                }
                out += std::get<std::string>(encoded);
                if (i == 0) out += line_end_at_start();
                if (i > 0 && i < segments.size())
                    append(is_line ? end_of_blanks(segments[i]) : segments[i].exact.offset,
                           segments[i].content.offset);
            }
            if (i == segments.size()) break;
            append(segments[i].content.offset, segments[i].content.end());
        }
        return out;
    }

    [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }

    /// Where the marker before a segment stands, or the end of the source.
    [[nodiscard]] Span at(std::size_t segment) const {
        const auto& segments = document_.segments;
        const auto begin =
            segment == 0 ? document_.text.to_source(0) : segments[segment - 1].exact.end();
        const auto end = segment == segments.size() ? document_.text.bytes().size()
                                                    : segments[segment].exact.offset;
        return {begin, end - begin};
    }

private:
    [[nodiscard]] bool has_role(Role role) const {
        return std::ranges::find(to_.markers, role, &Marker::role) != to_.markers.end();
    }
    /// One that is not inverse?
    [[nodiscard]] bool has_section() const {
        return std::ranges::any_of(to_.markers, [&](const Marker& marker) {
            return marker.role == Role::open && to_.region(marker).audience != Audience::everyone();
        });
    }
    /// Is all of it for everyone, but for one section at its end?
    [[nodiscard]] bool is_divided() const {
        const auto paid = std::ranges::find_if_not(runs_, is_for_everyone);
        return paid == runs_.end() || std::next(paid) == runs_.end();
    }

    [[nodiscard]] Obstacle no_marker_for(const Run& run) const {
        return {at(run.first), "no marker of the dialect " + to_.name + " is for " +
                                   describe(run.audience) + with_details(run.details)};
    }

    [[nodiscard]] PlanOr divided() const {
        Plan plan;
        for (const auto& run : runs_) {
            if (is_for_everyone(run)) continue;
            const auto divider = write_divider(to_, run.audience, run.details);
            if (!divider) return no_marker_for(run);
            plan.form = divider->form;
            plan.add(run.first, divider->open);
        }
        return plan;
    }

    [[nodiscard]] PlanOr in_sections() const {
        Plan plan;
        for (const auto& run : runs_) {
            if (is_for_everyone(run)) continue;
            const auto section = write_section(to_, run.audience, run.details);
            if (!section) return no_marker_for(run);
            plan.form = section->form;
            plan.add(run.first, section->open);
            plan.add(run.end, section->close);
        }
        return plan;
    }

    /// All that is for everyone is marked, and the rest is not.
    [[nodiscard]] PlanOr in_free_parts() const {
        const auto part = write_free_part(to_);
        Plan plan{{}, part->form};
        const auto& opener = *std::ranges::find(to_.markers, Role::open, &Marker::role);
        for (const auto& run : runs_) {
            if (!is_for_everyone(run)) {
                const bool is_plain = run.audience == Audience::paid() && run.details == Details{};
                if (!is_plain) return no_marker_for(run);
                continue;
            }
            const bool begins_source = &run == &runs_.front();
            if (!begins_source || !to_.region(opener).may_begin_source)
                plan.add(run.first, part->open);
            plan.add(run.end, part->close);
        }
        return plan;
    }

    [[nodiscard]] bool has_front_matter() const {
        const auto utf8 = document_.text.utf8();
        const auto first = utf8.substr(0, utf8.find_first_of("\r\n"));
        return first == "---" || first == "+++";
    }

    [[nodiscard]] std::string_view line_end() const {
        const auto utf8 = document_.text.utf8();
        const auto at = utf8.find_first_of("\r\n");
        if (at == std::string_view::npos) return "\n";
        return utf8.substr(at, utf8.substr(at).starts_with("\r\n") ? 2 : 1);
    }

    /// A marker put at the start has a line of its own, unless a placeholder would have none.
    [[nodiscard]] std::string line_end_at_start() const {
        const auto& first = runs_.front();
        if (!is_for_everyone(first)) return first.line_end;
        const auto encoded = document_.text.encode(line_end());
        return encoded.index() == 0 ? std::get<std::string>(encoded) : std::string();
    }

    [[nodiscard]] std::string joined(const std::vector<std::string>& markers, bool is_line) const {
        std::string text;
        for (const auto& marker : markers) {
            if (is_line && !text.empty()) text += line_end();
            text += marker;
        }
        return text;
    }

    /// Does the marker before a segment fill a line, or could one that is put there?
    [[nodiscard]] bool is_own_line(std::size_t i) const {
        const auto& text = document_.text;
        const auto utf8 = text.utf8();
        const auto gap = text.to_utf8(at(i));
        const auto before = utf8.substr(0, gap.offset);
        const auto last = before.find_last_not_of(" \t");
        const bool begins =
            last == std::string_view::npos || before[last] == '\n' || before[last] == '\r';
        if (i == 0) return true;
        const auto behind = utf8.find_first_not_of(" \t", gap.end());
        const bool ends =
            behind == std::string_view::npos || utf8[behind] == '\n' || utf8[behind] == '\r';
        return begins && ends;
    }

    /// Behind the blanks that a segment begins with.
    [[nodiscard]] std::size_t end_of_blanks(const Segment& segment) const {
        const auto& text = document_.text;
        const auto utf8 = text.utf8();
        const auto begin = text.to_utf8(segment.exact.offset);
        const auto end = std::min(utf8.find_first_not_of(" \t", begin), utf8.size());
        return std::min(text.to_source(end), segment.content.offset);
    }

    const Document& document_;
    const Dialect& to_;
    std::vector<Run> runs_;
};

/// Are the editions of both for all kinds of readers the same? Anchors apart, which are the
/// dialect's own.
bool have_the_same_editions(const Document& one, const Document& other) {
    const auto anchor = [](const Document& document) { return document.grammar->dialect().anchor; };
    if (anchor(one) != anchor(other)) return true;
    for (const auto kind : {Reader::Kind::anonymous, Reader::Kind::member, Reader::Kind::payer}) {
        const auto before = render(one, {kind, {}});
        const auto after = render(other, {kind, {}});
        if (before.index() != 0 || after.index() != 0) return false;
        if (std::get<Edition>(before).text() != std::get<Edition>(after).text()) return false;
    }
    return true;
}

/// What is wrong with bytes that are to say the same as a document; empty: nothing.
std::string fault_of(const Document& document, const std::vector<Run>& runs, const Parser& parser,
                     const Dialect& to, const std::string& bytes, const ParseOptions& options) {
    const auto parsed = parser.parse(bytes, options);
    if (const auto* faults = std::get_if<Diagnostics>(&parsed)) {
        const auto error = std::ranges::find(faults->kept, Severity::error, &Diagnostic::severity);
        return "with markers of the dialect " + to.name + " it would be refused, for " +
               (error == faults->kept.end() ? "a fault" : std::string(rule_name(error->rule)));
    }
    const auto& again = std::get<Document>(parsed);
    if (say_the_same(runs, runs_of(again)) && have_the_same_editions(document, again)) return {};
    return "the dialect " + to.name + " would cut it in another way";
}

Diagnostics only(Diagnostic diagnostic) {
    return {.kept = {std::move(diagnostic)}, .errors = 1, .warnings = 0};
}

Diagnostics refused(Obstacle obstacle) {
    return only(
        {.rule = Rule::inexpressible, .span = obstacle.span, .subject = std::move(obstacle.what)});
}

/// Attributes of a marker that neither say who may read nor are kept as details.
void add_dropped(const Dialect& dialect, const Text& text, Span span,
                 std::vector<Diagnostic>& dropped) {
    const auto utf8 = text.utf8();
    for (const auto& marker : dialect.markers) {
        if (marker.attributes == Syntax::none || marker.role == Role::escape) continue;
        const auto written = read_marker(marker, utf8, text.to_utf8(span).offset);
        if (!written || written->length != text.to_utf8(span).length) continue;
        const auto& rules = dialect.region(marker).rules;
        for (const auto& [key, value] : written->attributes.attributes) {
            auto rule = std::ranges::find(rules, key, &AttributeRule::key);
            if (rule == rules.end()) rule = std::ranges::find(rules, "*", &AttributeRule::key);
            const bool says_nothing = rule != rules.end() && key != "label" &&
                                      rule->meaning == AttributeRule::Meaning::none;
            if (!says_nothing) continue;
            dropped.push_back({.rule = Rule::dropped_attribute,
                               .severity = Severity::warning,
                               .span = span,
                               .subject = key.empty() ? "a value" : std::string(key),
                               .is_secret = dialect.has_secrets()});
        }
        return;
    }
}

std::vector<Diagnostic> dropped_attributes(const Document& document) {
    std::vector<Diagnostic> dropped;
    const auto& segments = document.segments;
    for (std::size_t i = 1; i < segments.size(); ++i) {
        const auto begin = segments[i - 1].exact.end();
        const Span mark{begin, segments[i].exact.offset - begin};
        if (mark.length > 0) add_dropped(document.grammar->dialect(), document.text, mark, dropped);
    }
    return dropped;
}

/// Those of the source, and what is dropped; errors where that is denied.
std::variant<Conversion, Diagnostics> told(std::string bytes, Document document,
                                           const ParseOptions& options) {
    Diagnostics diagnostics = document.warnings;
    for (auto& dropped : dropped_attributes(document)) {
        const bool is_denied = options.deny.contains(Rule::dropped_attribute);
        if (options.allow.contains(Rule::dropped_attribute) && !is_denied) continue;
        if (is_denied) dropped.severity = Severity::error;
        ++(is_denied ? diagnostics.errors : diagnostics.warnings);
        if (diagnostics.kept.size() < options.max_diagnostics)
            diagnostics.kept.push_back(std::move(dropped));
    }
    std::ranges::stable_sort(diagnostics.kept, {},
                             [](const Diagnostic& diagnostic) { return diagnostic.span.offset; });
    if (diagnostics.errors > 0) return diagnostics;
    return Conversion{std::move(bytes), std::move(document), std::move(diagnostics)};
}

}  // namespace

std::variant<Conversion, Diagnostics> Converter::convert(const Parser& from,
                                                         std::string_view source,
                                                         const ParseOptions& given) const {
    auto options = given;
    options.gate = {};
    auto parsed = from.parse(source, options);
    if (auto* faults = std::get_if<Diagnostics>(&parsed)) return std::move(*faults);
    const auto& document = std::get<Document>(parsed);
    const Translation translation(document, dialect_);
    const auto plans = document.segments.size() > 1
                           ? translation.plans()
                           : std::variant<std::vector<Plan>, Obstacle>(std::vector{Plan{}});
    if (const auto* obstacle = std::get_if<Obstacle>(&plans)) return refused(*obstacle);
    std::optional<Obstacle> first;
    for (const auto& plan : std::get<std::vector<Plan>>(plans)) {
        auto written = translation.write(plan);
        if (auto* bytes = std::get_if<std::string>(&written)) {
            const auto fault =
                fault_of(document, translation.runs(), parser_, dialect_, *bytes, options);
            if (fault.empty()) return told(std::move(*bytes), document, options);
            written = Obstacle{translation.at(document.segments.size() > 1 ? 1 : 0), fault};
        }
        if (!first) first = std::get<Obstacle>(written);
    }
    return refused(*first);
}

}  // namespace paywall
