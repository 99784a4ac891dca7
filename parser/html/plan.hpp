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

/// Elements that stay although nothing of what is kept stands in them: by node.
using KeptEmpty = std::vector<bool>;

/// The plan of an edition. Fault: what cannot be cut whatever is done.
[[nodiscard]] std::variant<Plan, Diagnostic> make_plan(const Outline& outline,
                                                       const std::vector<Piece>& pieces,
                                                       const KeptEmpty& kept_empty);

/// A place where an edition's tree comes out otherwise than the source's.
struct Flaw {
    std::size_t segment;
    ItemRange items;  ///< what goes there
};

/// Does the edition so planned have the tree of the source without what is withheld? Where the
/// two differ the tree's construction is followed in both, and has to come to the same behind it.
/// Where it does not, in order.
[[nodiscard]] std::vector<Flaw> find_flaws(const Outline& outline, const std::vector<Piece>& pieces,
                                           const Plan& plan);

}  // namespace paywall::html
