#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "parser/diagnostic.hpp"
#include "parser/html/item.hpp"
#include "parser/html/tree_state.hpp"

namespace paywall::html {

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// An element that is open at a marker: the ones that a cut may have to close, open or take along.
struct Node {
    Element element;
    OpenElement::Space space;
    OpenElement::Origin origin;
    Span name;
    std::size_t start;          ///< the item that opened it
    std::size_t end = nowhere;  ///< the item that ended it, if one did
    bool has_end_tag = false;   ///< is that its own end tag?
    std::size_t parent = nowhere;
    std::vector<std::size_t> content;  ///< the segments with content in it that is of no other node
};

/// A run of items: from `begin` to before `end`.
struct ItemRange {
    std::size_t begin;
    std::size_t end;
};

/// Where a marker stands.
struct Place {
    std::size_t item;
    Span marker;                         ///< its own bytes; its item's may be those of a comment
    std::vector<std::size_t> open = {};  ///< the nodes it is in, outermost first
    bool in_head = false;
    std::size_t snapshot = 0;  ///< the tree's state before it
    /// The first element that was moved since the marker before (TreeState::first_moved).
    std::size_t first_moved = TreeState::nothing_moved;
};

/// The outline of an HTML source as a cut needs it: its tokens as far as any matters, and the
/// elements around its markers. Made once a source; every edition is cut by it. Views the text.
struct Outline {
    std::string_view text;  ///< UTF-8, as all spans here
    Root root = Root::fragment;
    Scripting scripting = Scripting::on;
    std::vector<Item> items;
    std::vector<std::size_t> telling;  ///< those that may say something beside the text
    bool is_whole = true;              ///< are the items those of all the text?
    bool leaves_formatting = false;    ///< does an element end while its formatting goes on?
    std::vector<Node> nodes;           ///< parents before children
    std::vector<Place> places;         ///< one a marker
    /// The tree's state before some items, in order: to start from when a part is read again.
    std::vector<std::pair<std::size_t, TreeState>> snapshots;
    /// The same text as it is read where no scripts run; none if it is read alike.
    std::unique_ptr<Outline> without_scripts = {};

    [[nodiscard]] std::string_view view(Span span) const {
        return text.substr(span.offset, span.length);
    }
    /// The name of an element, also of one that no tag in the text opens.
    [[nodiscard]] std::string_view view_name(const Node& node) const;
    /// How many markers stand before an item: the segment that it is in.
    [[nodiscard]] std::size_t segment_of(std::size_t item) const;
    [[nodiscard]] ItemRange items_of(std::size_t segment) const;
    /// The nodes that are open where a segment begins and ends, outermost first.
    [[nodiscard]] std::vector<std::size_t> open_before(std::size_t segment) const;
    [[nodiscard]] std::vector<std::size_t> open_behind(std::size_t segment) const;
};

enum class LastSegment { free, paid };

/// The outline of a text; or what refuses the source, spans of the text: `marker_in_markup`, and
/// `crossed_containers` for markers at places that cannot be judged. `markers` are in order.
[[nodiscard]] std::variant<Outline, std::vector<Diagnostic>> read_outline(
    std::string_view text, const std::vector<Span>& markers, LastSegment last);
/// The same in one reading, whatever the other says.
[[nodiscard]] std::variant<Outline, std::vector<Diagnostic>> read_outline(
    std::string_view text, const std::vector<Span>& markers, LastSegment last, Scripting scripting);

}  // namespace paywall::html
