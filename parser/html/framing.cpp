#include "parser/html/framing.hpp"

#include <array>
#include <string>
#include <utility>

namespace paywall::html {
namespace {

bool is_placeholder(const Part& part) {
    return part.kind == Part::Kind::placeholder || part.kind == Part::Kind::inline_placeholder;
}

/// An edition without its placeholders, and where they stood.
struct Bare {
    std::string text;
    std::vector<Span> places;
    std::vector<std::size_t> segments;
};

Bare without_placeholders(const Outline& outline, const Composition& composition) {
    Bare bare;
    for (const auto& part : composition) {
        if (is_placeholder(part)) {
            bare.places.push_back({bare.text.size(), 0});
            bare.segments.push_back(part.segment);
        } else if (part.kind == Part::Kind::source) {
            bare.text += outline.view(part.span);
        } else {
            bare.text += part.text;
        }
    }
    return bare;
}

/// Any text, and whatever it is made of, in the frame or without it.
TreeState with_placeholder(const TreeState& before, bool has_frame) {
    constexpr auto id = nowhere - 3;
    const Item text{.kind = Item::Kind::text, .span = {}};
    const std::array around{
        Item{.kind = Item::Kind::start_tag, .element = Element::div, .span = {}},
        Item{.kind = Item::Kind::end_tag, .element = Element::div, .span = {}}};
    auto state = before;
    if (has_frame) state.apply(around[0], id);
    state.apply(text, id);
    if (has_frame) state.apply(around[1], id);
    return state;
}

bool is_same(const TreeState& one, const TreeState& other) {
    return one.is_same(other, [](std::size_t) { return false; });
}

/// Is the tree around a placeholder, from what follows it on, what it is without it? A frame must
/// leave nothing behind; without one, what follows may take the formatting on itself, or end it.
bool is_neutral(const Outline& edition, const Place& place, bool has_frame) {
    auto without = edition.snapshots[place.snapshot].second;
    // Whether white space there has taken formatting on already, parsers do not agree.
    const bool is_moved = without.in_table() && without.has_formatting();
    if (without.is_settled() && !is_moved) return true;
    if (is_moved && !has_frame) return false;
    auto with = with_placeholder(without, has_frame);
    if (has_frame) return is_same(without, with);
    auto next = place.item;
    while (next < edition.items.size() && edition.items[next].kind == Item::Kind::marker) ++next;
    if (next == edition.items.size()) return true;
    without.apply(edition.items[next], next);
    with.apply(edition.items[next], next);
    return is_same(without, with);
}

}  // namespace

std::vector<std::size_t> find_disturbing(const Outline& outline, const Composition& composition,
                                         const Frames& frames) {
    const auto bare = without_placeholders(outline, composition);
    if (bare.places.empty()) return {};
    const auto read = read_outline(bare.text, bare.places, LastSegment::paid, outline.scripting);
    const auto* edition = std::get_if<Outline>(&read);
    if (edition == nullptr) return bare.segments;
    std::vector<std::size_t> disturbing;
    for (std::size_t i = 0; i < bare.places.size(); ++i)
        if (!is_neutral(*edition, edition->places[i], frames[bare.segments[i]]))
            disturbing.push_back(bare.segments[i]);
    return disturbing;
}

Composition with_frames(Composition composition, const Frames& frames) {
    Composition result;
    result.reserve(composition.size());
    for (auto& part : composition) {
        if (!is_placeholder(part) || !frames[part.segment]) {
            result.push_back(std::move(part));
            continue;
        }
        const auto segment = part.segment;
        const auto line_end = std::exchange(part.span, {});
        result.push_back({.kind = Part::Kind::text, .text = "<div>", .segment = segment});
        result.push_back(std::move(part));
        result.push_back({.kind = Part::Kind::text, .text = "</div>", .segment = segment});
        if (line_end.length > 0) result.push_back({.kind = Part::Kind::source, .span = line_end});
    }
    return result;
}

}  // namespace paywall::html
