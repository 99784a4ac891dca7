#include "parser/excerpt.hpp"

#include <algorithm>

#include "parser/breaks.hpp"

namespace paywall {
namespace {

std::string_view without_spaces_behind(std::string_view text) {
    return text.substr(0, text.find_last_not_of(" \n") + 1);
}

/// Where the text has had so many grapheme clusters.
std::size_t end_of(std::string_view text, std::size_t characters) {
    Breaks breaks(Breaks::Unit::character);
    breaks.read(text);
    std::size_t end = 0;
    for (; characters > 0; --characters) {
        const auto next = breaks.next();
        if (!next) return text.size();
        end = *next;
    }
    return end;
}

/// The longest beginning of whole units with no more than `most` bytes; white space behind the
/// last does not count.
std::string_view whole_units(std::string_view text, std::size_t most, Breaks::Unit unit) {
    Breaks breaks(unit);
    breaks.read(text);
    std::string_view whole;
    for (auto end = breaks.next(); end; end = breaks.next()) {
        const auto part = without_spaces_behind(text.substr(0, *end));
        if (part.size() > most) break;
        if (unit != Breaks::Unit::word || breaks.is_word()) whole = part;
    }
    return whole;
}

}  // namespace

std::string make_excerpt(std::string_view visible, std::size_t characters) {
    const auto most = end_of(visible, characters);
    if (most == visible.size()) return std::string(without_spaces_behind(visible));
    for (const auto unit : {Breaks::Unit::sentence, Breaks::Unit::word})
        if (const auto whole = whole_units(visible, most, unit); !whole.empty())
            return std::string(whole);
    return std::string(without_spaces_behind(visible.substr(0, most)));
}

}  // namespace paywall
