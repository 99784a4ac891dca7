#include <algorithm>

#include "parser/html/plan.hpp"

namespace paywall::html {
namespace {

/// Follows the construction of two trees, the source's and the edition's, wherever they may differ.
class Proof {
public:
    Proof(const Outline& outline, const std::vector<Piece>& pieces, const Plan& plan)
        : outline_(outline),
          pieces_(pieces),
          plan_(plan),
          source_(outline.text, outline.root, outline.scripting),
          edition_(source_) {}

    std::vector<Flaw> find_flaws() {
        std::vector<Flaw> flaws;
        for (at_ = 0; at_ < outline_.items.size() && !source_.is_lost();) {
            if (!skip_to_difference()) break;
            source_.forget_moves();
            edition_ = source_;
            const auto from = begin_ = at_;
            spoilt_ = false;
            if (!follow()) flaws.push_back({segment_, {from, at_}});
        }
        return flaws;
    }

private:
    [[nodiscard]] bool is_withheld() const {
        return pieces_[segment_].fate == Piece::Fate::withheld;
    }

    /// Is the item where we are missing from the edition?
    [[nodiscard]] bool is_missing() {
        while (range_ < plan_.gone.size() && plan_.gone[range_].end <= at_) ++range_;
        const bool is_gone = range_ < plan_.gone.size() && plan_.gone[range_].begin <= at_;
        return is_withheld() || is_gone;
    }

    [[nodiscard]] std::size_t next_difference() const {
        auto next = outline_.items.size();
        if (range_ < plan_.gone.size()) next = std::max(plan_.gone[range_].begin, at_);
        for (auto segment = segment_; segment < pieces_.size(); ++segment) {
            if (pieces_[segment].fate == Piece::Fate::kept) continue;
            const auto begin = segment == 0 ? 0 : outline_.places[segment - 1].item;
            return std::min(next, std::max(begin, at_));
        }
        return next;
    }

    /// Reads the source to where the edition begins to differ; is there such a place?
    bool skip_to_difference() {
        while (range_ < plan_.gone.size() && plan_.gone[range_].end <= at_) ++range_;
        const auto next = next_difference();
        if (next == outline_.items.size()) return false;
        const auto& snapshots = outline_.snapshots;
        const auto behind = std::ranges::upper_bound(snapshots, next, {},
                                                     [](const auto& one) { return one.first; });
        if (behind != snapshots.begin() && (behind - 1)->first >= at_) {
            at_ = (behind - 1)->first;
            source_ = (behind - 1)->second;
        }
        while (at_ < next) source_.apply(outline_.items[at_], at_), ++at_;
        source_.closed().clear();
        segment_ = outline_.segment_of(at_);
        if (outline_.items[at_].kind == Item::Kind::marker) --segment_;
        return true;
    }

    [[nodiscard]] bool is_same() const {
        return source_.is_same(edition_, [&](std::size_t item) {
            const auto behind = std::ranges::upper_bound(plan_.gone, item, {}, &ItemRange::begin);
            const bool is_gone = behind != plan_.gone.begin() && item < (behind - 1)->end;
            return is_gone ||
                   (item < outline_.items.size() && plan_.is_withheld(outline_.segment_of(item)));
        });
    }

    /// Reads both to where they are the same again.
    bool follow() {
        if (at_ < outline_.items.size()) {
            if (!skip_missing() || spoilt_) return false;
            if (is_same()) return true;
            if (is_at_page_end()) {  // nothing comes to tell
                at_ = outline_.items.size();
                return outline_.is_whole;
            }
            return is_settled_by_next();
        }
        return true;
    }

    /// Do only the page's own end tags come, of what is kept?
    [[nodiscard]] bool is_at_page_end() const {
        for (auto at = at_; at < outline_.items.size(); ++at) {
            const auto& item = outline_.items[at];
            const auto behind = item.marker + 1;
            if (item.kind == Item::Kind::marker && plan_.is_withheld(behind)) {
                if (!plan_.bare[behind].empty()) return false;
                at = outline_.items_of(behind).end - 1;
            } else if (item.kind != Item::Kind::marker && item.kind != Item::Kind::blank &&
                       !ends_page(item)) {
                return false;
            }
        }
        return true;
    }

    /// Reads what only the source has, and what stands for it in the edition.
    bool skip_missing() {
        for (; at_ < outline_.items.size(); ++at_) {
            const auto& item = outline_.items[at_];
            if (item.kind == Item::Kind::marker) {
                begin_ = at_;
                source_.forget_moves();
                if (is_withheld()) put_bare();
                segment_ = item.marker + 1;
                if (is_withheld() && !plan_.bare[segment_].empty() && has_more_formatting())
                    spoilt_ = true;
                if (is_withheld() && segment_ < outline_.places.size()) skip_segment();
            } else if (is_missing()) {
                if (!is_withheld() && is_content(item)) spoilt_ = true;  // nothing free goes
                source_.apply(item, at_);
                source_.closed().clear();
                if (source_.first_moved() < begin_) spoilt_ = true;  // free nodes were moved
            } else {
                break;
            }
        }
        if (at_ == outline_.items.size() && is_withheld()) put_bare();
        return !source_.is_lost() && !edition_.is_lost();
    }

    [[nodiscard]] static bool is_content(const Item& item) {
        return item.kind == Item::Kind::text || item.kind == Item::Kind::raw_text;
    }

    /// On to the end of a withheld segment, whose state is known.
    void skip_segment() {
        const auto& end = outline_.places[segment_];
        if (end.first_moved < at_) spoilt_ = true;  // free nodes were moved
        source_ = outline_.snapshots[end.snapshot].second;
        at_ = end.item - 1;
    }

    /// Is formatting open in the edition only? (An `<a>`, where the one that ends it has gone.)
    [[nodiscard]] bool has_more_formatting() const {
        const auto end = source_.open().end();
        auto at = source_.open().begin();
        return std::ranges::any_of(edition_.open(), [&](const OpenElement& open) {
            if (has_trait(open.element, trait::formatting))
                at = std::ranges::find(at, end, open.id, &OpenElement::id);
            return at == end;
        });
    }

    /// Would a bare tag end formatting that is active, but not open? That is an error.
    [[nodiscard]] bool ends_what_is_not_open(const Item& tag, std::size_t id) const {
        if (edition_.ends_what_is_not_open(tag)) return true;
        return tag.kind == Item::Kind::end_tag && has_trait(tag.element, trait::formatting) &&
               std::ranges::find(edition_.open(), id, &OpenElement::id) == edition_.open().end();
    }

    void put_bare() {
        for (const auto& tag : plan_.bare[segment_]) {
            const auto [item, id] = item_of(tag, outline_);
            if (ends_what_is_not_open(item, id)) spoilt_ = true;
            const auto created = edition_.created();
            edition_.apply(item, id);
            edition_.closed().clear();
            if (edition_.created() != created + made_by(item, id)) spoilt_ = true;
        }
    }

    /// What a bare tag may make: a start tag its element, and what that implies.
    [[nodiscard]] std::size_t made_by(const Item& tag, std::size_t id) const {
        if (tag.kind == Item::Kind::end_tag) return 0;
        const auto implied = std::ranges::count_if(edition_.open(), [&](const OpenElement& open) {
            return open.id == id && open.origin == OpenElement::Origin::implied;
        });
        return 1 + static_cast<std::size_t>(implied);
    }

    /// What both have next may bring them together: the end of a paragraph that only one had open,
    /// text behind formatting that only one had opened again.
    bool is_settled_by_next() {
        source_.forget_moves();
        edition_.forget_moves();
        const auto in_source = source_.created();
        const auto in_edition = edition_.created();
        const auto& item = outline_.items[at_];
        if (edition_.ends_what_is_not_open(item) && !source_.ends_what_is_not_open(item))
            return false;  // an error that the source does not have
        source_.apply(item, at_);
        edition_.apply(item, at_);
        source_.closed().clear();
        edition_.closed().clear();
        ++at_;
        const bool is_text = item.kind == Item::Kind::text || item.kind == Item::Kind::spacing ||
                             item.kind == Item::Kind::blank;
        const bool has_moved = source_.first_moved() != TreeState::nothing_moved ||
                               edition_.first_moved() != TreeState::nothing_moved;
        const bool made_the_same = source_.created() - in_source == edition_.created() - in_edition;
        return !has_moved && (is_text || made_the_same) && is_same();
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    const Plan& plan_;
    TreeState source_;
    TreeState edition_;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;  // of what is missing
    std::size_t segment_ = 0;
    std::size_t range_ = 0;
    bool spoilt_ = false;
};

}  // namespace

BareItem item_of(const BareTag& tag, const Outline& outline) {
    BareItem bare{{.kind = Item::Kind::end_tag, .span = {}}, nowhere - 2};
    if (tag.kind == BareTag::Kind::start || tag.kind == BareTag::Kind::end) {
        const auto& node = outline.nodes[tag.node];
        bare.item.element = node.element;
        bare.item.name = node.name;
        bare.id = node.start;
    }
    if (tag.kind == BareTag::Kind::start) bare.item.kind = Item::Kind::start_tag;
    if (tag.kind == BareTag::Kind::end_of_body) bare.item.element = Element::body;
    if (tag.kind == BareTag::Kind::end_of_document) bare.item.element = Element::html;
    return bare;
}

std::vector<Flaw> find_flaws(const Outline& outline, const std::vector<Piece>& pieces,
                             const Plan& plan) {
    return Proof(outline, pieces, plan).find_flaws();
}

}  // namespace paywall::html
