#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "parser/html/item.hpp"
#include "parser/html/raw_text.hpp"

namespace paywall::html {

/// One entry of the stack of open elements (WHATWG 13.2.4.2).
struct OpenElement {
    enum class Space : std::uint8_t { html, foreign };
    /// The insertion mode while this is the current node (13.2.4.1): its own, or of what it is in.
    enum class Mode : std::uint8_t {
        body,
        table,
        caption,
        column_group,
        table_body,
        row,
        cell,
        select,
        none,  ///< of no element: keeps the mode
    };
    /// Was it made by a tag, without one (`<tbody>` for a lone `<tr>`), or as a formatting
    /// element's copy (13.2.4.3, reconstruct)?
    enum class Origin : std::uint8_t { tag, implied, copy };

    Element element = Element::other;
    Space space = Space::html;
    Mode mode = Mode::body;
    Origin origin = Origin::tag;
    bool is_torn = false;        ///< does it stand in an element that is not open any more?
    bool is_in_p = false;        ///< is a <p> in button scope, seen from here (13.2.4.2)?
    bool has_content = false;    ///< for whoever reads: something stands in it
    std::size_t node = no_node;  ///< for whoever reads: what is kept of it
    std::size_t id = 0;          ///< the number of the start tag's item; a copy has its original's
    Span name = {};

    static constexpr std::size_t no_node = static_cast<std::size_t>(-1);

    [[nodiscard]] bool is(Element other) const { return element == other && space == Space::html; }
};

enum class Root : std::uint8_t { fragment, document };

/// Where the construction of the tree stands (13.2.6) after some tokens of a text: the open
/// elements and the active formatting elements. The tree itself is never built. Exact as long as
/// it is not lost; it gets lost in what no content needs (framesets, markup within <select>, …) or
/// what parsers do not agree on, and where more than `most_open` elements are open. Views the text.
class TreeState {
public:
    static constexpr std::size_t most_open = 512;

    explicit TreeState(std::string_view text, Root root = Root::fragment,
                       Scripting scripting = Scripting::on);

    /// What the next item does. `id` is its number, and that of the element that it opens.
    void apply(const Item& item, std::size_t id);
    /// The same of a tag that does what most do, where nothing in the way of tables, SVG or a head
    /// has a say: with no question asked in vain. Nothing, and no, of any other.
    [[nodiscard]] bool apply_plainly(const Item& tag, std::size_t id);

    [[nodiscard]] const std::vector<OpenElement>& open() const { return open_; }
    [[nodiscard]] std::vector<OpenElement>& open() { return open_; }
    /// An element that ended. One without `node` is content of what it stood in.
    struct Closed {
        std::size_t node;
        bool has_content;
    };
    /// Those with a `node` that ended, and what ended behind them, in turn; whoever reads clears
    /// it.
    [[nodiscard]] std::vector<Closed>& closed() { return closed_; }
    [[nodiscard]] std::size_t created() const { return created_; }  ///< elements, so far

    [[nodiscard]] bool is_lost() const { return is_lost_; }
    /// The item where it got lost.
    [[nodiscard]] std::size_t lost_at() const { return lost_at_; }
    /// Is the current node of SVG or MathML?
    [[nodiscard]] bool in_foreign() const {
        return open_.back().space == OpenElement::Space::foreign &&
               open_.back().element == Element::foreign;
    }
    /// Is it between the cells of a table?
    [[nodiscard]] bool in_table() const {
        return mode() != Mode::body && mode() != Mode::cell && mode() != Mode::caption;
    }
    [[nodiscard]] bool in_head() const { return phase_ == Phase::head; }
    [[nodiscard]] bool in_template() const { return templates_ > 0; }
    [[nodiscard]] bool in_select() const { return mode() == Mode::select; }
    /// Does text only become content of the current node, whatever it is?
    [[nodiscard]] bool takes_any_text() const { return in_flow() && is_settled(); }
    /// Is any formatting active?
    [[nodiscard]] bool has_formatting() const {
        return !formatting_.empty() && !formatting_.back().is_barrier;
    }
    /// Is all of it open? Text takes on what is not.
    [[nodiscard]] bool is_settled() const {
        if (!has_formatting()) return true;
        const auto id = formatting_.back().element.id;
        return id == open_.back().id || index_of(id) != nowhere;
    }
    /// Has there ever been any that was not?
    [[nodiscard]] bool has_left_formatting() const { return has_left_formatting_; }
    /// How the text behind a start tag that was just applied is to be read.
    [[nodiscard]] TextModel model_behind(const Item& item) const {
        return in_foreign() || is_markup(item.element) ? TextModel::data
                                                       : text_model_of(item.element);
    }

    /// Does a tag end formatting that is active, but not open? That is one error more than if it
    /// were.
    [[nodiscard]] bool ends_what_is_not_open(const Item& tag) const {
        const bool ends = tag.kind == Item::Kind::end_tag
                              ? has_trait(tag.element, trait::formatting)
                              : tag.element == Element::a;
        const auto listed = ends ? find_formatting(tag) : nowhere;
        return listed != nowhere && index_of(formatting_[listed].element.id) == nowhere;
    }

    /// Formatting that ends across blocks moves what already stands in it. The first such element
    /// that did since this was last forgotten; `nothing_moved` if none did.
    [[nodiscard]] std::size_t first_moved() const { return first_moved_; }
    void forget_moves() { first_moved_ = nothing_moved; }
    static constexpr std::size_t nothing_moved = static_cast<std::size_t>(-1);

    /// Will the same tokens have the same effect on both from here on? Elements that no tag made
    /// count as the same where the tag that implied this state's is `is_missing` from the other's
    /// text.
    [[nodiscard]] bool is_same(const TreeState& other,
                               const std::function<bool(std::size_t)>& is_missing) const;

private:
    using Mode = OpenElement::Mode;
    using Origin = OpenElement::Origin;
    enum class Phase : std::uint8_t { head, body, after_body };
    enum class Scope : std::uint8_t { any, list_item, table };
    /// An active formatting element (13.2.4.3); `is_barrier`: a marker of that list.
    struct Formatting {
        OpenElement element;
        Span tag;
        bool is_barrier = false;
    };
    struct Tag {
        const Item& item;
        std::size_t id;
    };

    void lose(std::size_t id);
    void doctype(const Item& item);
    void text(Item::Kind kind);
    void start_tag(const Tag& tag);
    void end_tag(const Tag& tag);

    [[nodiscard]] bool start_plain(const Item& item, std::size_t id);
    [[nodiscard]] bool end_plain(const Item& item);
    [[nodiscard]] bool is_too_much_open() const {
        return open_.size() > most_open || formatting_.size() > most_open;
    }

    // Before and behind the body (tree_state.cpp).
    [[nodiscard]] bool start_in_head(const Tag& tag);
    [[nodiscard]] bool leave_head_noscript(const Tag& tag);
    void begin_body(std::size_t id);
    void skip_template(const Tag& tag);

    // In the body (in_body.cpp).
    void start_in_body(const Tag& tag);
    bool start_block(const Tag& tag);
    bool start_inline(const Tag& tag);
    void start_item(const Tag& tag);
    void start_select(const Tag& tag);
    void end_in_body(const Tag& tag);
    bool end_block(const Tag& tag);
    void end_form(const Tag& tag);
    void end_other(const Tag& tag);
    void close_p();

    // In tables (in_table.cpp): whether the tag is dealt with.
    bool start_in_table(const Tag& tag);
    bool start_table_part(const Tag& tag);
    bool end_in_table(const Tag& tag);
    bool end_table_part(const Tag& tag);
    void close_cell();
    void clear_to(std::initializer_list<Element> context);
    void imply(Element element, std::size_t id);

    // Within SVG and MathML (foreign.cpp).
    [[nodiscard]] bool in_math() const;
    bool start_in_foreign(const Tag& tag);
    bool end_in_foreign(const Tag& tag);
    void push_foreign(const Tag& tag);

    // Formatting elements (formatting.cpp).
    void reconstruct();
    void push_formatting(const Tag& tag);
    void clear_formatting();
    void forget_formatting(std::size_t index);
    void adopt(const Tag& tag);
    bool adopt_once(const Tag& tag);
    [[nodiscard]] std::size_t find_formatting(const Item& item) const;
    void rebuild_between(std::size_t formatting, std::size_t furthest);

    /// Is it raw text for others, and markup for who runs no scripts?
    [[nodiscard]] bool is_markup(Element element) const {
        return element == Element::noscript && scripting_ == Scripting::off;
    }

    // The stack (tree_state.cpp).
    [[nodiscard]] OpenElement& current() { return open_.back(); }
    [[nodiscard]] Mode mode() const { return open_.back().mode; }
    /// Is it in the body or a cell, where most content is?
    [[nodiscard]] bool in_flow() const {
        return phase_ == Phase::body && templates_ == 0 &&
               (mode() == Mode::body || mode() == Mode::cell);
    }
    [[nodiscard]] static bool is_list(Element element) {
        return element == Element::ul || element == Element::ol;
    }
    [[nodiscard]] bool is_filler(const OpenElement& open) const;
    static void set_inherited(OpenElement& element, const OpenElement& parent);
    void note_closed(std::size_t index);
    void note_left(const OpenElement& ended);
    void push(const Tag& tag, Origin origin = Origin::tag);
    void push(OpenElement element);
    void put_void() { ++created_; }
    void pop() {
        if (!formatting_.empty()) note_left(current());
        const bool is_told = current().node != OpenElement::no_node || !closed_.empty();
        if (is_told || current().element == Element::other)
            note_closed(open_.size() - 1);
        else
            open_[open_.size() - 2].has_content = true;
        open_.pop_back();
    }
    void remove(std::size_t index);
    void tear_out(std::size_t index);
    void pop_until(Element element);
    [[nodiscard]] bool in_scope(Element element, Scope scope = Scope::any) const;
    [[nodiscard]] std::size_t index_of(std::size_t id) const;
    void imply_end_tags(Element but = Element::other);
    [[nodiscard]] bool is_element(const OpenElement& open, const Item& tag) const;
    [[nodiscard]] bool has_name(const OpenElement& open, const Item& tag) const;
    [[nodiscard]] std::string_view name_of(const Item& tag) const;
    void renew_modes(std::size_t from);

    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    std::string_view text_;
    std::vector<OpenElement> open_;
    std::vector<Formatting> formatting_;
    std::vector<Closed> closed_;
    std::size_t created_ = 0;
    std::size_t form_ = nowhere;  // the id of the form element (13.2.4.4)
    std::size_t templates_ = 0;   // open ones: what is in them is not looked at
    std::size_t lost_at_ = 0;
    std::size_t first_moved_ = nothing_moved;
    Root root_;
    Scripting scripting_;
    Phase phase_ = Phase::body;
    bool is_behind_head_ = false;  // has a </head> been?
    bool is_lost_ = false;
    bool has_left_formatting_ = false;
    bool is_quirky_ = false;  // may a <table> stand in a <p>? (13.2.6.4.7, quirks mode)
};

inline bool TreeState::apply_plainly(const Item& tag, std::size_t id) {
    return !is_lost_ && (tag.kind == Item::Kind::start_tag ? start_plain(tag, id) : end_plain(tag));
}

inline bool TreeState::start_plain(const Item& item, std::size_t id) {
    const auto traits = traits_of(item.element);
    if ((traits & trait::plain_start) == 0 || !in_flow() ||
        current().space != OpenElement::Space::html)
        return false;
    if (item.element == Element::li) {
        if (!is_list(current().element)) return false;  // it may end one
        if (current().is_in_p) close_p();
    } else if ((traits & (trait::closes_p | trait::heading)) != 0) {
        if (current().is_in_p) close_p();
        if ((traits & trait::heading) != 0 && has_trait(current().element, trait::heading)) pop();
    } else if (!formatting_.empty()) {
        reconstruct();
    }
    if ((traits & trait::void_element) != 0) {
        put_void();
        return true;
    }
    // None of them brings a mode of its own, or ends a scope. Set in place: a copy would be read
    // back before it is written.
    const auto own_mode = mode();
    const bool is_in_p = current().is_in_p || item.element == Element::p;
    auto& open = open_.emplace_back();
    open.element = item.element;
    open.mode = own_mode;
    open.is_in_p = is_in_p;
    open.id = id;
    open.name.offset = item.name.offset;
    open.name.length = item.name.length;
    ++created_;
    if ((traits & trait::formatting) != 0) push_formatting({item, id});
    if (is_too_much_open()) lose(id);
    return true;
}

/// Of the current node.
inline bool TreeState::end_plain(const Item& item) {
    const auto traits = traits_of(item.element);
    const auto& top = current();
    if ((traits & trait::plain_end) == 0 || top.element != item.element || !in_flow() ||
        !is_element(top, item))
        return false;
    if ((traits & trait::formatting) != 0) {
        if (formatting_.empty() || formatting_.back().is_barrier ||
            formatting_.back().element.id != top.id)
            return false;
        formatting_.pop_back();
    }
    pop();
    return true;
}

inline bool TreeState::is_element(const OpenElement& open, const Item& tag) const {
    if (open.space != OpenElement::Space::html || open.element != tag.element) return false;
    return tag.element != Element::other || has_name(open, tag);
}

}  // namespace paywall::html
