#include "parser/html/cut.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>

#include "parser/html/framing.hpp"
#include "parser/html/placement.hpp"
#include "parser/html/plan.hpp"
#include "parser/html/structured_data.hpp"

namespace paywall::html {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// Something that stands in an edition where nothing of the source does.
struct Insertion {
    std::size_t offset;
    Part part;
};

/// Puts an edition together from what is kept of a text.
class Composer {
public:
    Composer(const Outline& outline, const std::vector<Piece>& pieces, const CutOptions& options,
             const Plan& plan)
        : outline_(outline), pieces_(pieces), options_(options), plan_(plan) {}

    Composition compose() {
        keep_pieces();
        drop_gone();
        place_placeholders();
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            if (pieces_[i].fate == Piece::Fate::withheld) stand_in(i);
        std::ranges::stable_sort(insertions_, {}, &Insertion::offset);
        drop_lines();
        return join();
    }

private:
    [[nodiscard]] Span marker_item(std::size_t place) const {
        return outline_.items[outline_.places[place].item].span;
    }

    void keep(std::size_t begin, std::size_t end) {
        if (begin < end) kept_.push_back({begin, end - begin});
    }

    void keep_pieces() {
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const auto& piece = pieces_[i];
            const bool is_exact = options_.empty == Empty::kept;
            const auto before = i > 0 ? marker_item(i - 1).end() : 0;
            const auto after =
                i + 1 < pieces_.size() ? marker_item(i).offset : outline_.text.size();
            if (piece.fate == Piece::Fate::kept) {
                if (is_exact) {
                    keep(piece.exact.offset, piece.exact.end());
                } else {
                    keep(std::max(piece.content.offset, before),
                         std::min(piece.content.end(), after));
                }
            } else if (is_exact) {  // a comment that is a marker loses the marker only
                keep(piece.exact.offset, std::min(before, piece.exact.end()));
                keep(std::max(after, piece.exact.offset), piece.exact.end());
            }
        }
    }

    [[nodiscard]] Span span_of(const ItemRange& range) const {
        const auto begin = outline_.items[range.begin].span.offset;
        return {begin, outline_.items[range.end - 1].span.end() - begin};
    }

    void drop_gone() {
        if (options_.empty == Empty::kept) return;
        for (const auto& range : plan_.gone) grown_.push_back(span_of(range));
        std::vector<Span> left;
        auto gone = grown_.begin();
        for (auto span : kept_) {
            while (gone != grown_.end() && gone->end() <= span.offset) ++gone;
            for (auto at = gone; at != grown_.end() && at->offset < span.end(); ++at) {
                if (at->offset > span.offset)
                    left.push_back({span.offset, at->offset - span.offset});
                const auto end = std::max(span.offset, std::min(at->end(), span.end()));
                span = {end, span.end() - end};
            }
            if (span.length > 0) left.push_back(span);
        }
        kept_ = std::move(left);
        for (const auto& place : outline_.places)
            if (marker_item(static_cast<std::size_t>(&place - outline_.places.data())) !=
                place.marker)
                grown_.push_back(outline_.items[place.item].span);
        std::ranges::sort(grown_, {}, &Span::offset);
    }

    void place_placeholders() {
        places_.resize(pieces_.size());
        const auto page_ends = find_page_ends(outline_, plan_);
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].stand_in == StandIn::none) continue;
            const auto flow = pieces_[i].stand_in == StandIn::inlined ? Flow::inlined : Flow::block;
            places_[i] = page_ends[i] == nowhere
                             ? place_placeholder(outline_, plan_, i, flow, page_ends.back())
                             : place_before_page_end(outline_, plan_, page_ends[i]);
            if (places_[i].withheld_in) deferred_.emplace(*places_[i].withheld_in, i);
        }
    }

    void insert(std::size_t offset, Part part) { insertions_.push_back({offset, std::move(part)}); }

    void insert_placeholder(std::size_t offset, std::size_t segment, Span line_end) {
        insert(offset, {.kind = Part::Kind::placeholder, .span = line_end, .segment = segment});
    }

    /// What stands for a withheld segment: end tags, its placeholder, start tags.
    void stand_in(std::size_t segment) {
        auto offset = pieces_[segment].exact.offset;
        if (segment > 0) offset = std::max(offset, marker_item(segment - 1).end());
        bool is_placed = false;
        const auto place_own = [&] {
            if (!is_placed) put_own(offset, segment);
            is_placed = true;
        };
        for (const auto& tag : plan_.bare[segment]) {
            if (tag.kind != BareTag::Kind::end) place_own();
            if (is_end_of_page(tag)) put_deferred(offset, segment, std::nullopt);
            insert(offset, {.kind = Part::Kind::text, .text = text_of(tag), .segment = segment});
            if (tag.kind == BareTag::Kind::end) put_deferred(offset, segment, tag.node);
        }
        place_own();
        put_deferred(offset, segment, std::nullopt);
    }

    /// Nothing is to stand behind it.
    [[nodiscard]] static bool is_end_of_page(const BareTag& tag) {
        return tag.kind == BareTag::Kind::end_of_body || tag.kind == BareTag::Kind::end_of_document;
    }

    void put_own(std::size_t offset, std::size_t segment) {
        if (pieces_[segment].stand_in == StandIn::none) return;
        const auto& place = places_[segment];
        if (place.is_put) return;
        if (!place.exit) {
            insert_placeholder(offset, segment, pieces_[segment].opener_line_end);
            return;
        }
        if (pieces_[segment].stand_in == StandIn::block_or_inline && place.is_in_line) {
            insert(offset, {.kind = Part::Kind::inline_placeholder, .segment = segment});
            places_[segment].exit.reset();
            return;
        }
        if (place.withheld_in) return;  // put_deferred() puts it there
        insert_placeholder(place.offset, segment, {});
    }

    /// Placeholders of earlier segments that were to stand behind an element that this one closes.
    void put_deferred(std::size_t offset, std::size_t segment, std::optional<std::size_t> node) {
        const auto [begin, end] = deferred_.equal_range(segment);
        for (auto at = begin; at != end; ++at) {
            auto& place = places_[at->second];
            if (!place.exit || (node && *place.exit != *node)) continue;
            insert_placeholder(offset, at->second, {});
            place.exit.reset();
            place.is_put = true;
        }
    }

    [[nodiscard]] std::string text_of(const BareTag& tag) const {
        if (tag.kind == BareTag::Kind::end_of_body) return "</body>";
        if (tag.kind == BareTag::Kind::end_of_document) return "</html>";
        const auto& node = outline_.nodes[tag.node];
        const std::string name(outline_.view_name(node));
        if (tag.kind == BareTag::Kind::end) return "</" + name + ">";
        return "<" + name + attributes_of(node) + ">";
    }

    /// The attributes that are kept although their tag is withheld.
    [[nodiscard]] std::string attributes_of(const Node& node) const {
        std::string kept;
        if (options_.keep_attributes == nullptr || node.origin != OpenElement::Origin::tag)
            return kept;
        read_attributes(outline_.view(outline_.items[node.start].span),
                        [&](const Attribute& attribute) {
                            const auto is_it = [&](const std::string& name) {
                                return is_same_name(name, attribute.name);
                            };
                            if (std::ranges::any_of(*options_.keep_attributes, is_it))
                                kept.append(" ").append(attribute.source);
                        });
        return kept;
    }

    /// Lines that hold nothing but what goes vanish whole, as marker lines do.
    void drop_lines() {
        if (options_.empty == Empty::kept) return;
        for (std::size_t gap = 0; gap <= kept_.size();) {  // before the span of that number
            auto last = gap;
            while (last < kept_.size() && is_blank_line_part(kept_[last])) ++last;
            drop_line(gap, last);
            gap = last + 1;
        }
        std::erase_if(kept_, [](const Span& span) { return span.length == 0; });
    }

    [[nodiscard]] bool is_blank_line_part(const Span& span) const {
        return std::ranges::all_of(outline_.view(span), is_blank);
    }

    void drop_line(std::size_t gap, std::size_t last) {
        const auto begin = gap == 0 ? 0 : kept_[gap - 1].end();
        const auto end = last == kept_.size() ? outline_.text.size() : kept_[last].offset;
        if (!is_grown(begin, end) || has_bare_tag(begin, end)) return;
        auto from = begin;
        const auto floor = gap == 0 ? 0 : kept_[gap - 1].offset;
        while (from > floor && is_blank(outline_.text[from - 1])) --from;
        const bool begins_line = from == 0 || is_line_end(outline_.text[from - 1]);
        auto to = end;
        const auto ceiling = last == kept_.size() ? outline_.text.size() : kept_[last].end();
        while (to < ceiling && is_blank(outline_.text[to])) ++to;
        const auto length = to < ceiling ? line_end_length(to) : 0;
        if (!begins_line || (to < outline_.text.size() && length == 0)) return;
        for (auto i = gap; i < last; ++i) kept_[i].length = 0;
        if (gap > 0) kept_[gap - 1].length = from - kept_[gap - 1].offset;
        if (last < kept_.size()) {
            const auto stop = kept_[last].end();
            kept_[last] = {to + length, stop - (to + length)};
        }
        give_line_end(begin, end, {to, length});
    }

    [[nodiscard]] static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

    [[nodiscard]] std::size_t line_end_length(std::size_t at) const {
        if (outline_.text.substr(at, 2) == "\r\n") return 2;
        return is_line_end(outline_.text[at]) ? 1 : 0;
    }

    [[nodiscard]] bool is_grown(std::size_t begin, std::size_t end) const {
        const auto first = std::ranges::lower_bound(grown_, begin, {}, &Span::offset);
        return first != grown_.end() && first->offset < end;
    }

    [[nodiscard]] bool has_bare_tag(std::size_t begin, std::size_t end) const {
        for (auto at = std::ranges::lower_bound(insertions_, begin, {}, &Insertion::offset);
             at != insertions_.end() && at->offset <= end; ++at)
            if (at->part.kind == Part::Kind::text) return true;
        return false;
    }

    /// A placeholder in the place of whole lines gets a line of its own.
    void give_line_end(std::size_t begin, std::size_t end, Span line_end) {
        for (auto at = std::ranges::lower_bound(insertions_, begin, {}, &Insertion::offset);
             at != insertions_.end() && at->offset <= end; ++at)
            if (at->part.kind == Part::Kind::placeholder) at->part.span = line_end;
    }

    Composition join() {
        Composition composition;
        auto next = insertions_.begin();
        const auto put_source = [&](std::size_t begin, std::size_t end) {
            if (begin < end)
                composition.push_back({.kind = Part::Kind::source, .span = {begin, end - begin}});
        };
        for (const auto& span : kept_) {
            auto begin = span.offset;
            for (; next != insertions_.end() && next->offset < span.end(); ++next) {
                put_source(begin, next->offset);
                begin = std::max(begin, next->offset);
                composition.push_back(std::move(next->part));
            }
            put_source(begin, span.end());
        }
        for (; next != insertions_.end(); ++next) composition.push_back(std::move(next->part));
        return composition;
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    const CutOptions& options_;
    const Plan& plan_;
    std::vector<Span> kept_;   // of the text, in order, apart
    std::vector<Span> grown_;  // what goes with a marker, beside its line
    std::vector<PlaceholderPlace> places_;
    std::multimap<std::size_t, std::size_t>
        deferred_;  // placeholders, by the segment they wait for
    std::vector<Insertion> insertions_;
};

/// A flaw shows behind the section that makes it.
Diagnostic crossed(const Outline& outline, const std::vector<Piece>& pieces, std::size_t segment) {
    while (segment > 0 && pieces[segment].fate == Piece::Fate::kept) --segment;
    const auto opener = segment > 0 ? segment - 1 : 0;
    Diagnostic diagnostic{.rule = Rule::crossed_containers, .span = outline.places[opener].marker};
    if (segment > 0 && segment < outline.places.size())
        diagnostic.related = outline.places[segment].marker;
    return diagnostic;
}

/// The elements of a plan that go where there are flaws; whether there are any more of them than
/// are kept.
bool keep_where(const std::vector<Flaw>& flaws, const Outline& outline, const Plan& plan,
                KeptEmpty& kept) {
    bool keeps_more = false;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (kept[i] || !plan.is_gone[i]) continue;
        const auto start = outline.nodes[i].start;
        const auto flaw = std::ranges::lower_bound(flaws, start, std::less_equal<>(),
                                                   [](const Flaw& one) { return one.items.end; });
        if (flaw == flaws.end() || flaw->items.begin > start) continue;
        kept[i] = keeps_more = true;
    }
    return keeps_more;
}

/// A plan without flaws. Taken out, an empty element may change the tree around it: then it stays.
std::variant<Plan, Diagnostic> plan(const Outline& outline, const std::vector<Piece>& pieces,
                                    Empty empty) {
    constexpr int most_tries = 4;  // before all of them stay
    KeptEmpty kept(outline.nodes.size(), empty == Empty::kept);
    for (int tries = 1;; ++tries) {
        auto planned = make_plan(outline, pieces, kept);
        if (std::holds_alternative<Diagnostic>(planned)) return planned;
        const auto flaws = find_flaws(outline, pieces, std::get<Plan>(planned));
        if (flaws.empty()) return planned;
        const bool is_last = empty == Empty::kept || tries > most_tries;
        if (is_last) return crossed(outline, pieces, flaws.front().segment);
        if (tries == most_tries || !keep_where(flaws, outline, std::get<Plan>(planned), kept))
            kept.assign(kept.size(), true), tries = most_tries;
    }
}

/// The edition of a plan. A placeholder that would change the tree around it gets a frame, and
/// stands where a block does.
std::variant<Composition, Diagnostic> compose(const Outline& outline,
                                              const std::vector<Piece>& pieces,
                                              const CutOptions& options, const Plan& plan) {
    auto composition = Composer(outline, pieces, options, plan).compose();
    if (!outline.leaves_formatting) return composition;
    Frames frames(pieces.size());
    auto disturbing = find_disturbing(outline, composition, frames);
    if (disturbing.empty()) return composition;
    auto moved = pieces;
    for (const auto segment : disturbing) {
        frames[segment] = true;
        moved[segment].stand_in = StandIn::block;
    }
    composition = Composer(outline, moved, options, plan).compose();
    disturbing = find_disturbing(outline, composition, frames);
    if (!disturbing.empty()) return crossed(outline, pieces, disturbing.front());
    return with_frames(std::move(composition), frames);
}

std::variant<Composition, Diagnostic> cut_as_read(const Outline& outline,
                                                  const std::vector<Piece>& pieces,
                                                  const CutOptions& options) {
    auto planned = plan(outline, pieces, options.empty);
    if (auto* fault = std::get_if<Diagnostic>(&planned)) return std::move(*fault);
    auto made = compose(outline, pieces, options, std::get<Plan>(planned));
    if (auto* fault = std::get_if<Diagnostic>(&made)) return std::move(*fault);
    auto& composition = std::get<Composition>(made);
    if (std::ranges::any_of(pieces, &Piece::is_gated))
        if (auto fault = add_structured_data(outline, pieces, std::get<Plan>(planned), composition))
            return std::move(*fault);
    return std::move(composition);
}

}  // namespace

std::variant<Composition, Diagnostic> cut(const Outline& outline, const std::vector<Piece>& pieces,
                                          const CutOptions& options) {
    auto made = cut_as_read(outline, pieces, options);
    if (!outline.without_scripts || std::holds_alternative<Diagnostic>(made)) return made;
    auto other = cut_as_read(*outline.without_scripts, pieces, options);
    if (std::holds_alternative<Diagnostic>(other)) return other;
    if (std::get<Composition>(made) == std::get<Composition>(other)) return made;
    const auto withheld = std::ranges::find(pieces, Piece::Fate::withheld, &Piece::fate);
    const auto segment = withheld == pieces.end() ? 0 : withheld - pieces.begin();
    auto fault = crossed(outline, pieces, static_cast<std::size_t>(segment));
    if (std::ranges::any_of(pieces, &Piece::is_gated)) fault.rule = Rule::unwrappable_section;
    return fault;
}

Flow flow_of(std::string_view html) {
    auto flow = Flow::inlined;
    read_tags(html, [&](const Token& token, ReadingContext&) {
        if (token.kind == Token::Kind::start_tag && is_block(token.element)) flow = Flow::block;
    });
    return flow;
}

}  // namespace paywall::html
