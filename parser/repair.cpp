#include "parser/repair.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "parser/encoding.hpp"
#include "parser/safe_fix.hpp"

namespace paywall {
namespace {

using Reason = NoRepair::Reason;

/// A replacement in the source's own bytes.
struct Edit {
    Span span;
    std::string bytes;
};

/// More faults than that are no slips.
constexpr std::size_t most_faults = 10'000;

std::vector<Diagnostic> fixable(const Diagnostics& diagnostics) {
    std::vector<Diagnostic> found;
    for (const auto& diagnostic : diagnostics.kept) {
        if (diagnostic.severity == Severity::error && diagnostic.fix) found.push_back(diagnostic);
    }
    return found;
}

Rule first_error(const Diagnostics& diagnostics) {
    return std::ranges::find(diagnostics.kept, Severity::error, &Diagnostic::severity)->rule;
}

/// The replacements in the source's encoding; nothing if one cannot be written, or two overlap.
std::optional<std::vector<Edit>> edits_of(const std::vector<Diagnostic>& fixed, const Text& text) {
    std::vector<Edit> edits;
    for (const auto& diagnostic : fixed) {
        const auto bytes = text.encode(diagnostic.fix->text);
        const auto span = diagnostic.fix->span;
        if (bytes.index() != 0) return std::nullopt;
        if (!edits.empty() && span.offset < edits.back().span.end()) return std::nullopt;
        edits.push_back({span, std::get<std::string>(bytes)});
    }
    return edits;
}

std::vector<Replaced> replaced_by(const std::vector<Diagnostic>& fixed, const Text& text) {
    std::vector<Replaced> all;
    for (const auto& diagnostic : fixed) {
        const auto span = text.to_utf8(diagnostic.fix->span);
        all.push_back({text.utf8().substr(span.offset, span.length), diagnostic.fix->text});
    }
    return all;
}

std::string applied(std::string_view source, const std::vector<Edit>& edits) {
    std::string bytes;
    std::size_t at = 0;
    for (const auto& edit : edits) {
        bytes.append(source.substr(at, edit.span.offset - at)).append(edit.bytes);
        at = edit.span.end();
    }
    return bytes.append(source.substr(at));
}

/// The same source with spaces, as many bytes, where the edits are.
std::optional<std::string> blanked(const Text& text, const std::vector<Edit>& edits) {
    const auto space = text.encode(" ");
    if (space.index() != 0) return std::nullopt;
    const auto& unit = std::get<std::string>(space);
    std::vector<Edit> blanks;
    for (const auto& edit : edits) {
        blanks.push_back({edit.span, {}});
        while (blanks.back().bytes.size() < edit.span.length) blanks.back().bytes += unit;
        if (blanks.back().bytes.size() != edit.span.length) return std::nullopt;
    }
    return applied(text.bytes(), blanks);
}

/// From offsets in the repaired bytes to offsets in the source. For offsets that do not decrease.
class Origin {
public:
    explicit Origin(const std::vector<Edit>& edits) : edits_(edits) {}

    std::size_t operator()(std::size_t offset) {
        while (next_ < edits_.size() && offset >= edits_[next_].span.offset + grown_ - shrunk_ +
                                                      edits_[next_].bytes.size()) {
            grown_ += edits_[next_].bytes.size();
            shrunk_ += edits_[next_].span.length;
            ++next_;
        }
        return offset + shrunk_ - grown_;
    }

private:
    const std::vector<Edit>& edits_;
    std::size_t next_ = 0;
    std::size_t grown_ = 0;
    std::size_t shrunk_ = 0;
};

bool admits_no_more(const Audience& one, const Audience& other) {
    return plain(both(one, other)) == plain(one);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Does the repaired source show somebody what the same source with text in the place of the
/// lookalikes keeps from them?
bool publishes_more(const Document& repaired, const Document& other,
                    const std::vector<Edit>& edits) {
    Origin origin(edits);
    const auto source = other.text.bytes();
    std::size_t i = 0;
    for (const auto& segment : repaired.segments) {
        const auto begin = origin(segment.exact.offset);
        const auto end = origin(segment.exact.end());
        const auto audience = repaired.accesses.audience(segment.access);
        while (i < other.segments.size() && other.segments[i].exact.end() <= begin) ++i;
        for (auto k = i; k < other.segments.size() && other.segments[k].exact.offset < end; ++k) {
            const auto& exact = other.segments[k].exact;
            const auto from = std::max(begin, exact.offset);
            const auto to = std::min(end, exact.end());
            if (from >= to || is_blank(source.substr(from, to - from))) continue;
            const auto kept = other.accesses.audience(other.segments[k].access);
            if (!admits_no_more(audience, kept)) return true;
        }
    }
    return false;
}

/// Is a section empty that begins or ends with a marker that was put there?
bool empties_section(const Document& repaired, const std::vector<Edit>& edits) {
    const auto& told = repaired.warnings.kept;
    return std::ranges::any_of(told, [&](const Diagnostic& warning) {
        if (warning.rule != Rule::empty_section) return false;
        const auto bytes = repaired.text.bytes();
        std::size_t moved = 0;  // modulo the size of the type: edits may shrink the text
        return std::ranges::any_of(edits, [&](const Edit& edit) {
            const Span written{edit.span.offset + moved, edit.bytes.size()};
            moved += edit.bytes.size() - edit.span.length;
            if (written == warning.span) return true;
            const auto end = warning.span.end();
            return written.offset >= end && is_blank(bytes.substr(end, written.offset - end));
        });
    });
}

/// Its own markers left, it is sound where the lookalikes are text. (With none left nothing says
/// what it is.)
std::optional<Document> other_reading(const Parser& parser, const std::string& blank,
                                      const ParseOptions& options) {
    auto parsed = parser.parse(blank, options);
    auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr || document->segments.size() < 2) return std::nullopt;
    return std::move(*document);
}

}  // namespace

std::variant<Repair, NoRepair> repair(const Parser& parser, std::string_view source,
                                      const ParseOptions& given) {
    auto options = given;
    options.max_diagnostics = most_faults;
    const auto parsed = parser.parse(source, options);
    const auto* faults = std::get_if<Diagnostics>(&parsed);
    if (faults == nullptr) return NoRepair{Reason::sound};
    auto fixed = fixable(*faults);
    const auto decoded = decode(source, options.encoding);
    const auto* text = std::get_if<Text>(&decoded);
    if (fixed.empty() || text == nullptr || faults->errors > most_faults)
        return NoRepair{Reason::no_fix};
    const auto edits = edits_of(fixed, *text);
    if (!edits) return NoRepair{Reason::no_fix};

    if (!keep_elements_whole(replaced_by(fixed, *text))) return NoRepair{Reason::half_element};
    Repair result{applied(source, *edits), std::move(fixed)};
    const auto again = parser.parse(result.bytes, options);
    if (const auto* left = std::get_if<Diagnostics>(&again))
        return NoRepair{Reason::still_faulty, first_error(*left)};
    const auto& repaired = std::get<Document>(again);
    if (empties_section(repaired, *edits)) return NoRepair{Reason::empty_section};
    const auto blank = blanked(*text, *edits);
    if (!blank) return NoRepair{Reason::ambiguous};
    const auto other = other_reading(parser, *blank, options);
    if (other && publishes_more(repaired, *other, *edits)) return NoRepair{Reason::ambiguous};
    return result;
}

}  // namespace paywall
