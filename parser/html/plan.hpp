#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "parser/diagnostic.hpp"
#include "parser/html/cut.hpp"
#include "parser/html/outline.hpp"

namespace paywall::html {

/// A tag without its attributes, for an element whose own tag is withheld.
struct BareTag {
    enum class Kind : std::uint8_t { start, end, end_of_body, end_of_document };
    Kind kind;
    std::size_t node;  ///< the element's, of start and end
};

/// What a cut does to the elements around it. Indices are of the outline's items and nodes.
struct Plan {
    std::vector<ItemRange> gone;             ///< goes with the markers; in order, apart
    std::vector<std::vector<BareTag>> bare;  ///< by segment: what stands for a withheld one
    std::vector<bool> is_gone;               ///< by node
    std::vector<bool> withheld;              ///< by segment

    [[nodiscard]] bool is_withheld(std::size_t segment) const { return withheld[segment]; }
};

/// A bare tag as the tree's builder reads it, and the number of the element that it opens.
struct BareItem {
    Item item;
    std::size_t id;
};
[[nodiscard]] BareItem item_of(const BareTag& tag, const Outline& outline);

/// The plan of an edition. Fault: what cannot be cut whatever is done.
[[nodiscard]] std::variant<Plan, Diagnostic> make_plan(const Outline& outline,
                                                       const std::vector<Piece>& pieces,
                                                       Empty empty);

/// Does the edition so planned have the tree of the source without what is withheld? Where the
/// two differ the tree's construction is followed in both, and has to come to the same behind it.
/// If not: the segment at which it does not.
[[nodiscard]] std::optional<std::size_t> find_flaw(const Outline& outline,
                                                   const std::vector<Piece>& pieces,
                                                   const Plan& plan);

}  // namespace paywall::html
