#include "audit/layer.hpp"

#include <algorithm>
#include <array>

#include "audit/place_names.hpp"

namespace paywall::audit {
namespace {

/// What is worth saying of an HTML page: not which paragraph it is.
bool is_special(std::string_view place) {
    constexpr std::array<std::string_view, 8> special = {
        "title", "script", "style", "comment", "noscript", "template", "textarea", "svg"};
    return place.find(' ') != place.npos || std::ranges::find(special, place) != special.end();
}

std::vector<std::string> own_places(const Layer& layer, const std::vector<std::size_t>& offsets) {
    switch (layer.places) {
        case Layer::Places::none:
            break;
        case Layer::Places::keys:
            return keys_of_places(layer.bytes, offsets);
        case Layer::Places::elements:
            return names_of_places(layer.bytes, offsets);
        case Layer::Places::special_elements: {
            auto names = names_of_places(layer.bytes, offsets);
            for (auto& name : names)
                if (!is_special(name)) name.clear();
            return names;
        }
    }
    return std::vector<std::string>(offsets.size());
}

std::size_t parent_offset(const Layer& layer, std::size_t offset) {
    switch (layer.way) {
        case Layer::Way::packed:
            break;
        case Layer::Way::derived:
            return layer.derived->origin(offset);
        case Layer::Way::slice:
            return layer.begin + offset;
        case Layer::Way::spot:
            return layer.begin;
    }
    return 0;
}

void add_name(std::string& to, std::string_view name) {
    if (name.empty()) return;
    if (!to.empty()) to += " > ";
    to += name;
}

}  // namespace

Location behind(Location start, Location location) {
    if (location.line == 1) location.column += start.column - 1;
    location.line += start.line - 1;
    return location;
}

Location locate(const Layer& layer, std::size_t offset) {
    const Layer* at = &layer;
    for (; at->way != Layer::Way::packed; at = at->parent) offset = parent_offset(*at, offset);
    if (!at->lines) at->lines.emplace(at->bytes);
    return behind(at->start, at->lines->locate(std::min(offset, at->bytes.size())));
}

std::vector<std::string> call_places(const Layer& layer, std::vector<std::size_t> offsets) {
    const auto places = own_places(layer, offsets);
    std::vector<std::string> names(offsets.size());
    if (layer.parent != nullptr) {
        for (auto& offset : offsets) offset = parent_offset(layer, offset);
        names = call_places(*layer.parent, std::move(offsets));
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        add_name(names[i], layer.name);
        add_name(names[i], places[i]);
    }
    return names;
}

}  // namespace paywall::audit
