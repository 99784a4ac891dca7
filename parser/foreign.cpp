#include "parser/foreign.hpp"

#include <algorithm>

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

/// What it always begins with.
std::string head_of(const Marker& marker) {
    return marker.before + (marker.padding != Padding::none ? "" : marker.word);
}

/// What the scan can look for of that: so many bytes as are always the same.
std::string scanned_head_of(const Marker& marker) {
    constexpr std::size_t longest = 6;
    const bool is_any_case = marker.letters == Letters::any_case;
    return (is_any_case ? marker.before : head_of(marker)).substr(0, longest);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}

/// Tells at a glance which markers cannot begin at a place: many have the same signs before their
/// word, which white space may part from them, and not the same first letter.
class FirstLetter {
public:
    FirstLetter(std::string_view text, std::size_t at) : rest_(text.substr(at)) {}

    [[nodiscard]] bool may_be_of(const Marker& marker) {
        const auto signs = marker.before.size();
        if (signs == 0 || signs > rest_.size() || marker.word.empty()) return true;
        if (signs != signs_) {
            constexpr std::size_t far = 64;
            const auto behind = rest_.substr(signs, far);
            const auto begin = behind.find_first_not_of(" \t\n\v\f\r");
            signs_ = signs;
            is_known_ = begin != std::string_view::npos;
            if (is_known_) letter_ = lower(behind[begin]);
        }
        return !is_known_ || letter_ == lower(marker.word.front());
    }

private:
    std::string_view rest_;
    std::size_t signs_ = 0;  // so many before the letter that is known
    bool is_known_ = false;
    char letter_ = '\0';
};

}  // namespace

ForeignMarkers::ForeignMarkers(const Dialect& own, const std::vector<Dialect>& others) {
    for (const auto& dialect : others) {
        for (const auto& marker : dialect.markers) {
            if (is_escape(marker) || is_own(marker, own)) continue;
            const auto sureness = sureness_of(marker);
            auto& list = sureness == Foreign::certain ? certain_ : possible_;
            list.entries.push_back({dialect.name, marker});
            list.guard.add(head_of(marker), marker.letters);
            const auto head = scanned_head_of(marker);
            if (firsts_.find(head[0]) == std::string::npos) firsts_.push_back(head[0]);
            const bool is_known = std::ranges::find(heads_, head) != heads_.end();
            if (sureness == Foreign::certain && !is_known) heads_.push_back(head);
        }
    }
}

std::optional<ForeignMarkers::Found> ForeignMarkers::find_at(Foreign sureness,
                                                             std::string_view text,
                                                             std::size_t at) const {
    if (at >= text.size()) return std::nullopt;
    const auto& [entries, guard] = of(sureness);
    const auto admitted = guard.admitted(text.substr(at));
    FirstLetter letter(text, at);
    for (std::size_t i = 0; i < entries.size() && admitted != 0; ++i) {
        if ((admitted & LiteralGuard::bit_of(i)) == 0) continue;
        if (!letter.may_be_of(entries[i].marker)) continue;
        const auto written = read_marker(entries[i].marker, text, at);
        if (written) return Found{entries[i].dialect, {at, written->length}};
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
