#include "parser/markdown/definition_rules.hpp"

#include <algorithm>
#include <unordered_set>

#include "parser/markdown/amount.hpp"
#include "parser/markdown/comparison.hpp"
#include "parser/markdown/hash.hpp"

namespace paywall::markdown {
namespace {

bool has_text(std::string_view text, std::size_t begin, std::size_t end) {
    return begin < end && amount_of(text.substr(begin, end - begin)).bytes > 0;
}

bool has_text_in_line(std::string_view text, std::size_t begin) {
    return has_text(text, begin, std::min(text.find('\n', begin), text.size()));
}

/// Does it hold a part, and is a part left?
bool tears(std::string_view text, Span section, Span definition) {
    const bool is_left = has_text(text, definition.offset, section.offset) ||
                         has_text(text, section.end(), definition.end());
    return is_left && has_text(text, std::max(definition.offset, section.offset),
                               std::min(definition.end(), section.end()));
}

std::uint64_t hash(const Units& units) {
    std::uint64_t sum = 0;
    for (const auto& unit : units) sum = mix(sum, unit.value);
    return sum;
}

}  // namespace

bool tears_definition(const Outline& outline, Span section) {
    const auto& found = outline.references.definitions;
    auto one = std::ranges::upper_bound(found, section.offset, {},
                                        [](const Definition& other) { return other.span.offset; });
    if (one != found.begin() && (one - 1)->span.end() > section.offset) --one;
    for (; one != found.end() && one->span.offset < section.end(); ++one) {
        if (one->kind == Definition::Kind::link) {
            if (tears(outline.text, section, one->span)) return true;
        } else if (one->span.offset < section.offset && one->span.end() <= section.end() &&
                   has_text_in_line(outline.text, section.end())) {
            return true;
        }
    }
    return false;
}

bool are_notes_left(const Flat& source, const Flat& edition, std::size_t cuts) {
    std::unordered_set<std::uint64_t> whole;
    for (const auto& note : source.footnotes) whole.insert(hash(note));
    std::size_t effort = 1 << 16;  // comparisons, so that the work stays linear
    for (const auto& note : edition.footnotes) {
        if (whole.contains(hash(note))) continue;
        if (effort < source.footnotes.size()) return false;
        effort -= source.footnotes.size();
        const auto is_it = [&](const Units& other) { return is_left(other, note, cuts); };
        if (std::ranges::none_of(source.footnotes, is_it)) return false;
    }
    return true;
}

}  // namespace paywall::markdown
