#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/derived.hpp"
#include "audit/markup.hpp"
#include "parser/source.hpp"

namespace paywall::audit {

/// One text within another, down to the file. Views its parent and its bytes.
struct Layer {
    /// How its offsets are those of its parent.
    enum class Way {
        packed,   ///< not at all: it has lines of its own, like the file
        derived,  ///< through `derived`
        slice,    ///< it is a part of the parent, from `begin`
        spot,     ///< all of it comes from the place `begin`
    };
    /// By what its places are called.
    enum class Places { none, elements, special_elements, keys };

    const Layer* parent = nullptr;
    std::string name;  ///< empty: it is called what its parent is called
    std::string_view bytes;
    Way way = Way::packed;
    const Derived* derived = nullptr;
    std::size_t begin = 0;
    Places places = Places::none;
    Markup markup = Markup::page;
    std::size_t depth = 0;
    Location start = {};  ///< of what is packed: where it begins, if it is read in parts
    bool is_mail = false;
    mutable std::optional<Source> lines = std::nullopt;  ///< made by locate()
};

/// The place in the whole of what is `location` in the part of it that begins at `start`.
[[nodiscard]] Location behind(Location start, Location location);

/// Where a place is in the file, or in the packed member that holds it.
[[nodiscard]] Location locate(const Layer& layer, std::size_t offset);

/// What the places (ascending) are called: `rss > description > html`.
[[nodiscard]] std::vector<std::string> call_places(const Layer& layer,
                                                   std::vector<std::size_t> offsets);

}  // namespace paywall::audit
