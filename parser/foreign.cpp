#include "parser/foreign.hpp"

#include <algorithm>

#include "parser/dialects.hpp"
#include "parser/marker_text.hpp"

namespace paywall {
namespace {

bool is_written_alike(const Marker& one, const Marker& other) {
    return one.before == other.before && one.folded_word() == other.folded_word();
}

bool is_own(const Marker& marker, const Dialect& own) {
    return std::ranges::any_of(
        own.markers, [&](const Marker& other) { return is_written_alike(marker, other); });
}

bool is_escape(const Marker& marker) {
    return marker.role == Role::escape || marker.role == Role::unescape;
}

/// Words that are their dialect's own, in delimiters that are no one else's.
Foreign sureness_of(const Marker& marker) {
    const bool is_comment = marker.form == Form::comment;
    const bool is_distinctive = marker.kind == WordKind::distinctive;
    const bool is_uncommon = marker.kind == WordKind::uncommon && is_comment;
    const bool has_frame = !marker.before.empty();
    return has_frame && (is_distinctive || is_uncommon) ? Foreign::certain : Foreign::possible;
}

/// What the scan can look for: so many bytes as are always the same.
std::string head_of(const Marker& marker) {
    constexpr std::size_t longest = 6;
    const bool is_padded = marker.padding != Padding::none;
    const bool is_any_case = marker.letters == Letters::any_case;
    return (marker.before + (is_padded || is_any_case ? "" : marker.word)).substr(0, longest);
}

}  // namespace

ForeignMarkers::ForeignMarkers(const Dialect& own) {
    for (const auto& dialect : built_in_dialects()) {
        for (const auto& marker : dialect.markers) {
            if (is_escape(marker) || is_own(marker, own)) continue;
            const auto sureness = sureness_of(marker);
            entries_.push_back({dialect.name, marker, sureness});
            const auto head = head_of(marker);
            if (sureness == Foreign::certain) {
                const bool is_padded = marker.padding != Padding::none;
                guard_.add(marker.before + (is_padded ? "" : marker.word), marker.letters);
            }
            if (firsts_.find(head[0]) == std::string::npos) firsts_.push_back(head[0]);
            const bool is_known = std::ranges::find(heads_, head) != heads_.end();
            if (sureness == Foreign::certain && !is_known) heads_.push_back(head);
        }
    }
}

std::optional<ForeignMarkers::Found> ForeignMarkers::find_at(Foreign sureness,
                                                             std::string_view text,
                                                             std::size_t at) const {
    if (at >= text.size() || firsts_.find(text[at]) == std::string::npos) return std::nullopt;
    if (sureness == Foreign::certain && !guard_.admits(text.substr(at))) return std::nullopt;
    for (const auto& entry : entries_) {
        if (entry.sureness != sureness) continue;
        const auto written = read_marker(entry.marker, text, at);
        if (written) return Found{entry.dialect, {at, written->length}};
    }
    return std::nullopt;
}

std::vector<ForeignMarkers::Found> ForeignMarkers::find_possible(std::string_view text) const {
    std::vector<Found> all;
    for (auto at = text.find_first_of(firsts_); at < text.size();
         at = text.find_first_of(firsts_, at + 1)) {
        if (auto found = find_at(Foreign::possible, text, at)) all.push_back(std::move(*found));
    }
    return all;
}

}  // namespace paywall
