#include "parser/html/outline.hpp"

#include <algorithm>
#include <optional>

#include "parser/html/blank.hpp"
#include "parser/html/telling.hpp"

namespace paywall::html {
namespace {

/// Reads a source once, from its first token to where no marker can matter any more.
class OutlineReader {
public:
    OutlineReader(std::string_view text, const std::vector<Span>& markers, LastSegment last,
                  Scripting scripting)
        : markers_(markers),
          last_(last),
          state_(text, Root::fragment, scripting),
          recent_(0, state_) {
        outline_.text = text;
        outline_.scripting = scripting;
        constexpr std::size_t bytes_per_item = 20;  // fewer are unusual
        outline_.items.reserve(text.size() / bytes_per_item);
        if (!markers.empty()) next_offset_ = markers[0].offset;
    }

    std::variant<Outline, std::vector<Diagnostic>> read() {
        TagReader reader(outline_.text);
        Token token{};
        for (ReadingContext context; context.read_on == ReadOn::yes;) {
            const bool is_left = can_read_plainly(context) && !pass_plain(reader, token);
            if (!is_left && !reader.next(token, context)) break;
            context = {};
            take(token);
            prepare(context, token);
        }
        take_edges(outline_.text.size());
        if (!faults_.empty()) return std::move(faults_);
        outline_.leaves_formatting = state_.has_left_formatting();
        end_text();
        return std::move(outline_);
    }

private:
    /// What is still open ends here.
    void end_text() {
        auto& open = state_.open();
        for (auto i = open.size(); i-- > 1;) {
            if (open[i].node == OpenElement::no_node) {
                open[i - 1].has_content = true;
            } else {
                note_content(outline_.nodes[open[i].node], open[i].has_content);
            }
        }
    }

    [[nodiscard]] bool can_read_plainly(const ReadingContext& context) const {
        return is_root_known_ && (next_offset_ != nowhere || last_ == LastSegment::paid) &&
               context.model == TextModel::data && context.cdata == CdataSections::no;
    }

    /// Takes tags and text as long as they do what most do; or is there one left that does not?
    bool pass_plain(TagReader& reader, Token& left) {
        for (Token token; reader.next_plain(token);) {
            if (add_plainly(token)) continue;
            left = token;
            return false;
        }
        return true;
    }

    /// All of it, or nothing.
    [[gnu::always_inline]] bool add_plainly(const Token& token) {
        if (token.span.end() > next_offset_ || token.span.offset < behind_marker_) return false;
        if (token.kind == Token::Kind::text) return add_text_plainly(token.span);
        const auto id = outline_.items.size();
        keep_recent(id, token.span.offset);
        auto& item = outline_.items.emplace_back();  // set in place: a copy would be read back
        item.kind = kind_of(token.kind);
        item.element = token.element;
        item.closing = token.closing;
        item.span.offset = token.span.offset;
        item.span.length = token.span.length;
        item.name.offset = token.name.offset;
        item.name.length = token.name.length;
        if (!state_.apply_plainly(item, id)) {
            outline_.items.pop_back();
            return false;
        }
        if (has_telling_attribute(token)) outline_.telling.push_back(id);
        if (has_trait(token.element, trait::void_element) && token.element != Element::br)
            state_.open().back().has_content = true;
        if (!state_.closed().empty()) close(item, id);
        return true;
    }

    /// Text that only becomes content of what it is in.
    [[gnu::always_inline]] bool add_text_plainly(Span span) {
        if (!state_.takes_any_text()) return false;
        auto& item = outline_.items.emplace_back();
        item.kind = kind_of_text(outline_.view(span));
        item.span.offset = span.offset;
        item.span.length = span.length;
        if (item.kind == Item::Kind::text) state_.open().back().has_content = true;
        return true;
    }

    void take(const Token& token) {
        const bool is_near_marker =
            token.span.end() > next_offset_ || token.span.offset < behind_marker_;
        if (is_near_marker || !is_root_known_) return take_at_marker(token);
        if (token.kind == Token::Kind::text) return add_text(token.span);
        add_markup(token);
    }

    [[nodiscard]] static bool is_tag(const Token& token) {
        return token.kind == Token::Kind::start_tag || token.kind == Token::Kind::end_tag;
    }

    void note_telling(const Token& token, std::size_t id) {
        if (may_tell(token)) outline_.telling.push_back(id);
    }

    [[nodiscard]] static Item item_of(const Token& tag) {
        return {.kind = kind_of(tag.kind),
                .element = tag.element,
                .closing = tag.closing,
                .span = tag.span,
                .name = tag.name};
    }

    void take_at_marker(const Token& token) {
        if (token.span.offset < behind_marker_) return take_behind_marker(token);
        take_edges(token.span.offset);
        if (!is_root_known_) find_root(token);
        // A place between two tokens: a teaser ends there.
        while (next_offset_ == token.span.offset && markers_[next_].length == 0)
            take_marker(markers_[next_], markers_[next_]);
        if (token.kind == Token::Kind::text) {
            take_text(token);
        } else if (token.span.end() <= next_offset_) {
            add_markup(token);
        } else if (const auto marker = marker_of(token)) {
            take_marker(*marker, token.span);
        } else {
            refuse_markers_in(token);
            add_markup(token);
        }
    }

    /// How to read on behind a token that was taken.
    void prepare(ReadingContext& context, const Token& token) {
        if (token.kind == Token::Kind::start_tag && !outline_.items.empty())
            context.model = state_.model_behind(outline_.items.back());
        if (state_.in_foreign()) context.cdata = CdataSections::yes;
        if (next_offset_ != nowhere || last_ == LastSegment::paid) return;
        const bool is_done = marked_ == 0 && !state_.is_lost() &&
                             (outline_.root == Root::fragment || !state_.in_head());
        // One more token may have to settle what a cut leaves open (proof.cpp).
        if (is_done && was_done_) {
            context.read_on = ReadOn::no;
            outline_.is_whole = false;
        }
        was_done_ = is_done;
    }

    void pass_marker() {
        ++next_;
        next_offset_ = next_ < markers_.size() ? markers_[next_].offset : nowhere;
    }

    /// A marker may hold what reads as tags: `{{<paid>}}`. Those are none; text goes on behind it.
    void take_behind_marker(Token token) {
        if (token.span.end() <= behind_marker_) return;
        if (token.kind != Token::Kind::text) {
            refuse(Rule::marker_in_markup, markers_[next_ - 1]);
            behind_marker_ = 0;
            return take_at_marker(token);
        }
        token.span = {behind_marker_, token.span.end() - behind_marker_};
        return take_at_marker(token);
    }

    /// Places up to here where a segment begins and no marker stands.
    void take_edges(std::size_t offset) {
        while (next_offset_ <= offset && markers_[next_].length == 0)
            take_marker(markers_[next_], markers_[next_]);
    }

    /// A source that begins like a document is read as one, any other as what stands in a <body>.
    void find_root(const Token& token) {
        if (token.kind == Token::Kind::comment || token.kind == Token::Kind::dropped) return;
        if (token.kind == Token::Kind::text) {
            const bool is_blank = kind_of_text(outline_.view(token.span)) == Item::Kind::blank;
            const bool has_marker = next_offset_ < token.span.end();
            is_root_known_ = !is_blank && !has_marker;
            return;
        }
        is_root_known_ = true;
        const auto element = token.element;
        const bool is_document =
            token.kind == Token::Kind::doctype ||
            (token.kind == Token::Kind::start_tag &&
             (element == Element::html || element == Element::head || element == Element::body));
        if (!is_document) return;
        outline_.root = Root::document;
        state_ = TreeState(outline_.text, Root::document, outline_.scripting);
        // What was before it does nothing.
        for (auto& snapshot : outline_.snapshots) snapshot.second = state_;
        recent_.second = state_;
        for (auto& place : outline_.places) place.in_head = true;
    }

    void take_text(const Token& token) {
        auto begin = token.span.offset;
        while (next_offset_ < token.span.end()) {
            const auto marker = markers_[next_];
            add_text({begin, marker.offset - begin});
            // Without the marker, what stands on both sides of it could be a tag.
            if (begin < marker.offset && outline_.text[marker.offset - 1] == '<')
                refuse(Rule::marker_in_markup, marker);
            take_marker(marker, marker);
            begin = marker.end();
        }
        if (begin < token.span.end()) add_text({begin, token.span.end() - begin});
    }

    void add_text(Span span) {
        if (span.length == 0 || add_text_plainly(span)) return;
        keep_recent(outline_.items.size(), span.offset);
        follow(outline_.items.emplace_back(
            Item{.kind = kind_of_text(outline_.view(span)), .span = span}));
    }

    /// The marker that a token is: `<paid>`, or a comment that holds nothing else.
    [[nodiscard]] std::optional<Span> marker_of(const Token& token) const {
        if (next_offset_ >= token.span.end()) return std::nullopt;
        const auto marker = markers_[next_];
        const bool is_comment = token.kind == Token::Kind::comment;
        const bool is_tag =
            token.kind == Token::Kind::start_tag || token.kind == Token::Kind::end_tag;
        if (marker == token.span && (is_tag || is_comment)) return marker;
        if (!is_comment || marker.offset < token.span.offset + 4) return std::nullopt;
        const auto is_blank = [&](std::string_view text) {
            return text.find_first_not_of(" \t\n\f\r") == text.npos;
        };
        const auto before = outline_.view({token.span.offset, marker.offset - token.span.offset});
        const auto after = outline_.view({marker.end(), token.span.end() - marker.end()});
        if (!before.starts_with("<!--") || !is_blank(before.substr(4)) || !after.ends_with("-->") ||
            !is_blank(after.substr(0, after.size() - 3)))
            return std::nullopt;
        return marker;
    }

    void refuse_markers_in(const Token& token) {
        for (; next_offset_ < token.span.end(); pass_marker()) {
            refuse(Rule::marker_in_markup, markers_[next_]);
            outline_.places.push_back({.item = outline_.items.size(), .marker = markers_[next_]});
        }
    }

    void refuse(Rule rule, Span span, std::optional<Span> related = {}) {
        faults_.push_back({.rule = rule, .span = span, .related = related});
    }

    void add_markup(const Token& token) {
        const auto id = outline_.items.size();
        keep_recent(id, token.span.offset);
        note_telling(token, id);
        follow(outline_.items.emplace_back(
            is_tag(token) ? item_of(token)
                          : Item{.kind = kind_of(token.kind), .span = token.span}));
    }

    /// The tree behind the last item.
    void follow(const Item& item) {
        const auto id = outline_.items.size() - 1;
        const auto created = state_.created();
        state_.apply(item, id);
        if (state_.is_lost()) return;
        if (item.kind == Item::Kind::end_tag) return close(item, id);
        const bool is_leaf = item.kind == Item::Kind::start_tag && state_.created() > created &&
                             state_.open().back().id != id;
        const bool is_content =
            item.kind == Item::Kind::text || item.kind == Item::Kind::raw_text ||
            item.kind == Item::Kind::other || (is_leaf && item.element != Element::br);
        if (is_content) state_.open().back().has_content = true;
        close(item, id);
    }

    /// Before a marker the state of now and then, so that what is read again begins near it; so far
    /// apart that all that is copied is in proportion to the items.
    void keep_recent(std::size_t item, std::size_t offset) {
        if (item < next_recent_) return;
        constexpr std::size_t near = 4096;
        if (next_offset_ - offset > near) return;
        constexpr std::size_t apart = 16;
        recent_.first = item;
        recent_.second = state_;
        recent_.second.closed().clear();
        next_recent_ = item + apart + state_.open().size();
    }

    void add_snapshot(std::size_t item) {
        auto& snapshots = outline_.snapshots;
        if (recent_.first < item && (snapshots.empty() || snapshots.back().first < recent_.first))
            snapshots.push_back(recent_);
        snapshots.emplace_back(item, state_);
        snapshots.back().second.closed().clear();
    }

    void close(const Item& item, std::size_t id) {
        if (state_.closed().empty()) return;
        for (const auto& element : state_.closed()) {
            if (element.node == OpenElement::no_node) continue;
            auto& node = outline_.nodes[element.node];
            note_content(node, element.has_content);
            node.end = id;
            node.has_end_tag = item.kind == Item::Kind::end_tag &&
                               &element == &state_.closed().back() &&
                               is_same_name(outline_.view(node.name), outline_.view(item.name));
            if (node.element != Element::body) --marked_;
        }
        state_.closed().clear();
    }

    void note_content(Node& node, bool has_content) const {
        if (has_content) node.content.push_back(next_);
    }

    void take_marker(Span marker, Span whole) {
        behind_marker_ = std::max(behind_marker_, whole.end());
        const auto id = outline_.items.size();
        if (!may_remember()) {
            refuse(Rule::crossed_containers, marker);
            outline_.places.push_back({.item = id, .marker = marker});
            pass_marker();
            return;
        }
        add_snapshot(id);
        outline_.items.push_back({.kind = Item::Kind::marker, .span = whole, .marker = next_});
        if (state_.is_lost() || state_.in_template() || state_.in_select()) {
            const auto where = state_.is_lost() ? state_.lost_at() : state_.open().back().id;
            refuse(Rule::crossed_containers, marker,
                   where < id ? std::optional(outline_.items[where].span) : std::nullopt);
        }
        Place place{.item = id,
                    .marker = marker,
                    .in_head = state_.in_head(),
                    .snapshot = outline_.snapshots.size() - 1,
                    .first_moved = state_.first_moved()};
        state_.forget_moves();
        if (outline_.root == Root::fragment) place.in_head = false;
        auto parent = nowhere;
        for (std::size_t i = 1; i < state_.open().size(); ++i) {
            parent = mark(state_.open()[i], parent);
            place.open.push_back(parent);
        }
        outline_.places.push_back(std::move(place));
        pass_marker();
    }

    /// What is kept of the markers stays in proportion to the text: so many elements open at all of
    /// them together. No more is kept, and the source is refused, where there are more.
    [[nodiscard]] bool may_remember() {
        constexpr std::size_t least = 65536;
        if (remembered_ > outline_.text.size() + least) return false;
        remembered_ += state_.open().size();
        return true;
    }

    /// The node of an element that is open at a marker.
    std::size_t mark(OpenElement& open, std::size_t parent) {
        if (open.node == OpenElement::no_node) {
            open.node = outline_.nodes.size();
            outline_.nodes.push_back({.element = open.element,
                                      .space = open.space,
                                      .origin = open.origin,
                                      .name = open.name,
                                      .start = open.id,
                                      .parent = parent,
                                      .content = {}});
            if (open.element != Element::body) ++marked_;  // it is open to the end
        }
        note_content(outline_.nodes[open.node], open.has_content);
        open.has_content = false;
        return open.node;
    }

    const std::vector<Span>& markers_;
    LastSegment last_;
    TreeState state_;
    Outline outline_;
    std::vector<Diagnostic> faults_;
    std::size_t next_ = 0;               // the marker to come
    std::size_t next_offset_ = nowhere;  // where it stands
    std::size_t behind_marker_ = 0;
    std::size_t marked_ = 0;                    // nodes that are open
    std::pair<std::size_t, TreeState> recent_;  // the state before some item, maybe of use
    std::size_t next_recent_ = 0;
    std::size_t remembered_ = 0;  // open elements, at all markers together
    bool is_root_known_ = false;
    bool was_done_ = false;
};

bool has_noscript(const Outline& outline) {
    return std::ranges::any_of(outline.telling, [&](std::size_t item) {
        return outline.items[item].element == Element::noscript;
    });
}

}  // namespace

std::string_view Outline::view_name(const Node& node) const {
    if (node.name.length > 0) return view(node.name);
    switch (node.element) {
        case Element::tbody:
            return "tbody";
        case Element::tr:
            return "tr";
        case Element::colgroup:
            return "colgroup";
        default:
            return "body";
    }
}

std::size_t Outline::segment_of(std::size_t item) const {
    const auto behind = std::ranges::upper_bound(places, item, {}, &Place::item);
    return static_cast<std::size_t>(behind - places.begin());
}

ItemRange Outline::items_of(std::size_t segment) const {
    return {segment == 0 ? 0 : places[segment - 1].item + 1,
            segment < places.size() ? places[segment].item : items.size()};
}

std::vector<std::size_t> Outline::open_before(std::size_t segment) const {
    return segment == 0 ? std::vector<std::size_t>() : places[segment - 1].open;
}

std::vector<std::size_t> Outline::open_behind(std::size_t segment) const {
    if (segment < places.size()) return places[segment].open;
    auto open = open_before(segment);
    std::erase_if(open, [&](std::size_t node) { return nodes[node].end != nowhere; });
    return open;
}

std::variant<Outline, std::vector<Diagnostic>> read_outline(std::string_view text,
                                                            const std::vector<Span>& markers,
                                                            LastSegment last, Scripting scripting) {
    return OutlineReader(text, markers, last, scripting).read();
}

std::variant<Outline, std::vector<Diagnostic>> read_outline(std::string_view text,
                                                            const std::vector<Span>& markers,
                                                            LastSegment last) {
    auto read = read_outline(text, markers, last, Scripting::on);
    auto* outline = std::get_if<Outline>(&read);
    if (outline == nullptr || !has_noscript(*outline)) return read;
    auto other = read_outline(text, markers, last, Scripting::off);
    if (auto* faults = std::get_if<std::vector<Diagnostic>>(&other)) return std::move(*faults);
    outline->without_scripts = std::make_unique<Outline>(std::get<Outline>(std::move(other)));
    return read;
}

}  // namespace paywall::html
