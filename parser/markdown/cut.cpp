#include "parser/markdown/cut.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "parser/markdown/amount.hpp"
#include "parser/markdown/comparison.hpp"
#include "parser/markdown/flat.hpp"
#include "parser/markdown/front_matter.hpp"
#include "parser/markdown/harmless.hpp"
#include "parser/markdown/hash.hpp"
#include "parser/markdown/tree.hpp"

namespace paywall::markdown {
namespace {

/// What stands at a cut to keep what is left apart.
enum class Divider { none, blank_line, comment };

/// A text put together, and where its pieces begin in it.
struct Joined {
    std::string text;
    std::vector<std::size_t> begins;  ///< by piece, and the end
};

/// Where the lines of a text begin.
class Lines {
public:
    Lines() = default;
    explicit Lines(std::string_view text) {
        if (text.find('\r') != text.npos) {
            ends_ = find_lines(text, 0);
            ends_.erase(ends_.begin());
            return;
        }
        for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos;) ends_.push_back(++at);
    }

    /// Where a line begins; one behind the last begins nowhere.
    [[nodiscard]] std::size_t begin_of(std::size_t line) const {
        if (line <= 1) return 0;
        return line - 2 < ends_.size() ? ends_[line - 2] : static_cast<std::size_t>(-1);
    }

    /// The line that an offset is in, from 1.
    [[nodiscard]] std::size_t line_of(std::size_t offset) const {
        const auto behind = std::ranges::upper_bound(ends_, offset);
        return 1 + static_cast<std::size_t>(behind - ends_.begin());
    }

private:
    std::vector<std::size_t> ends_;
};

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Cutter {
public:
    Cutter(const Outline& outline, const std::vector<Piece>& pieces, Empty empty)
        : outline_(outline),
          pieces_(pieces),
          empty_(empty),
          changes_(find_changes(outline, pieces)),
          dividers_(pieces.size()) {}

    std::variant<Composition, Diagnostic> cut(Proof proof) {
        cuts_ = static_cast<std::size_t>(
            std::ranges::count(pieces_, Piece::Fate::withheld, &Piece::fate));
        if (cuts_ == 0) return compose(Withheld::no, Changes::no);
        whole_ = join(compose(Withheld::no, Changes::yes));
        if (proof == Proof::cheapest && is_plain()) return compose(Withheld::yes, Changes::no);
        if (outline_.text.find("\r\n") != outline_.text.npos) line_end_ = "\r\n";
        lines_ = Lines(body(whole_));
        notes_ = references_to_notes();
        flat_ = read(whole_, lines_);
        free_ = free_units();
        if (unbalanced_) return crossed(*unbalanced_);
        divide(Divider::blank_line);
        auto flaw = find_flaw();
        if (flaw && divide(Divider::comment)) flaw = find_flaw();
        if (flaw) return crossed(*flaw);
        auto parts = compose(Withheld::yes, Changes::yes);
        // A rule that has come to the beginning is no front matter.
        if (outline_.front_matter == 0 && front_matter_length(join(parts).text) > 0)
            parts.insert(parts.begin(),
                         {.kind = Part::Kind::text, .text = std::string(line_end())});
        return parts;
    }

private:
    enum class Withheld { no, yes };
    enum class Changes { no, yes };

    /// Is the textual cut surely harmless?
    [[nodiscard]] bool is_plain() const {
        if (!changes_.empty() || may_open_front_matter()) return false;
        std::vector<Span> cuts;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const auto begin = body_offset(whole_.begins[i]);
            if (pieces_[i].fate == Piece::Fate::withheld)
                cuts.push_back({begin, body_offset(whole_.begins[i + 1]) - begin});
        }
        return is_surely_harmless(body(whole_), cuts);
    }

    /// Could what is left begin with front matter, where the source does not?
    [[nodiscard]] bool may_open_front_matter() const {
        if (outline_.front_matter > 0) return false;
        for (const auto& piece : pieces_) {
            const auto span = span_of(piece);
            if (piece.fate == Piece::Fate::withheld || span.length == 0) continue;
            const char first = outline_.text[span.offset];
            return first == '-' || first == '+' || first == '{';
        }
        return false;
    }

    [[nodiscard]] Span span_of(const Piece& piece) const {
        return empty_ == Empty::kept ? piece.exact : piece.content;
    }

    [[nodiscard]] std::string_view line_end() const { return line_end_; }

    [[nodiscard]] Composition compose(Withheld withheld, Changes changes) const {
        Composition parts;
        parts.reserve(pieces_.size() + 2 * changes_.size());
        auto change = changes_.begin();
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const auto span = span_of(pieces_[i]);
            if (withheld == Withheld::yes && pieces_[i].fate == Piece::Fate::withheld) {
                put_withheld(parts, i);
                continue;
            }
            auto begin = span.offset;
            while (change != changes_.end() && change->span.offset < begin) ++change;
            for (; changes == Changes::yes && change != changes_.end() &&
                   change->span.end() <= span.end();
                 ++change) {
                put_source(parts, i, begin, change->span.offset);
                put_text(parts, i, change->text);
                begin = change->span.end();
            }
            put_source(parts, i, begin, span.end());
        }
        return parts;
    }

    static void put_source(Composition& parts, std::size_t segment, std::size_t begin,
                           std::size_t end) {
        if (begin < end)
            parts.push_back(
                {.kind = Part::Kind::source, .span = {begin, end - begin}, .segment = segment});
    }

    static void put_text(Composition& parts, std::size_t segment, std::string text) {
        if (!text.empty())
            parts.push_back(
                {.kind = Part::Kind::text, .text = std::move(text), .segment = segment});
    }

    void put_withheld(Composition& parts, std::size_t segment) const {
        const auto divider = dividers_[segment];
        const bool has_stand_in = pieces_[segment].stand_in != StandIn::none;
        const std::string end(line_end());
        if (divider == Divider::none) {
            const auto own_line = empty_ == Empty::kept ? Span{} : pieces_[segment].opener_line_end;
            if (has_stand_in) put_placeholder(parts, segment, own_line);
            return;
        }
        std::string before = ends_line(parts) ? end : end + end;
        if (divider == Divider::comment) before.append(list_divider).append(end).append(end);
        put_text(parts, segment, before);
        if (!has_stand_in) return;
        put_placeholder(parts, segment, {});
        put_text(parts, segment, end + end);
    }

    static void put_placeholder(Composition& parts, std::size_t segment, Span line_end) {
        parts.push_back({.kind = Part::Kind::placeholder, .span = line_end, .segment = segment});
    }

    [[nodiscard]] bool ends_line(const Composition& parts) const {
        if (parts.empty()) return true;
        const auto& last = parts.back();
        const auto text = last.kind == Part::Kind::source
                              ? outline_.text.substr(last.span.offset, last.span.length)
                              : std::string_view(last.text);
        return text.ends_with('\n');
    }

    /// The text of an edition, placeholders left out.
    [[nodiscard]] Joined join(const Composition& parts) const {
        Joined joined;
        joined.text.reserve(outline_.text.size());
        for (const auto& part : parts) {
            while (joined.begins.size() <= part.segment)
                joined.begins.push_back(joined.text.size());
            if (part.kind == Part::Kind::source)
                joined.text += outline_.text.substr(part.span.offset, part.span.length);
            if (part.kind == Part::Kind::text) joined.text += part.text;
        }
        while (joined.begins.size() <= pieces_.size()) joined.begins.push_back(joined.text.size());
        return joined;
    }

    [[nodiscard]] std::string_view body(const Joined& joined) const {
        return std::string_view(joined.text)
            .substr(std::min(outline_.front_matter, joined.text.size()));
    }

    /// The source as it is read, without the blocks that stand in paid lines.
    [[nodiscard]] Units free_units() {
        std::vector<bool> is_paid(flat_.leaves.size());
        auto leaf = flat_.leaves.begin();
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].fate == Piece::Fate::kept) continue;
            const auto first = first_line_from(whole_.begins[i]);
            const auto last = last_line_to(whole_.begins[i + 1]);
            while (leaf != flat_.leaves.end() && leaf->first_line < first) ++leaf;
            paid_ += amount_of(whole_text(whole_.begins[i], whole_.begins[i + 1]));
            int tags = 0;
            for (; leaf != flat_.leaves.end() && leaf->last_line <= last; ++leaf) {
                is_paid[static_cast<std::size_t>(leaf - flat_.leaves.begin())] = true;
                paid_ -= amount_of(lines_text(leaf->first_line, leaf->last_line));
                for (auto at = leaf->first_unit; at < leaf->end_unit; ++at) {
                    tags += flat_.units[at].tags;
                    if (tags < 0) unbalanced_ = i;
                }
            }
            if (tags != 0) unbalanced_ = i;
        }
        const bool is_any = std::ranges::find(is_paid, true) != is_paid.end();
        return is_any ? without(flat_, is_paid) : std::exchange(flat_.units, {});
    }

    /// The blocks that no paid part reaches into.
    [[nodiscard]] std::size_t free_leaves() const {
        auto count = flat_.leaves.size();
        auto leaf = flat_.leaves.begin();
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const auto begin = whole_.begins[i];
            const auto end = whole_.begins[i + 1];
            if (pieces_[i].fate == Piece::Fate::kept || begin == end) continue;
            const auto first = lines_.line_of(body_offset(begin));
            const auto last = lines_.line_of(body_offset(end - 1));
            while (leaf != flat_.leaves.end() && leaf->last_line < first) ++leaf;
            for (; leaf != flat_.leaves.end() && leaf->first_line <= last; ++leaf) --count;
        }
        return count;
    }

    /// The first line that begins at an offset or behind it, and the last that ends before it or
    /// there.
    [[nodiscard]] std::size_t first_line_from(std::size_t offset) const {
        const bool begins = offset <= outline_.front_matter || whole_.text[offset - 1] == '\n';
        return lines_.line_of(body_offset(offset)) + (begins ? 0 : 1);
    }
    [[nodiscard]] std::size_t last_line_to(std::size_t offset) const {
        const bool ends = offset >= whole_.text.size() || whole_.text[offset] == '\n';
        return lines_.line_of(body_offset(offset)) - (ends ? 0 : 1);
    }
    [[nodiscard]] std::string_view whole_text(std::size_t begin, std::size_t end) const {
        return std::string_view(whole_.text).substr(begin, end - begin);
    }
    [[nodiscard]] std::string_view lines_text(std::size_t first, std::size_t last) const {
        return body(whole_).substr(lines_.begin_of(first),
                                   lines_.begin_of(last + 1) - lines_.begin_of(first));
    }
    [[nodiscard]] std::size_t body_offset(std::size_t offset) const {
        return std::max(offset, outline_.front_matter) - outline_.front_matter;
    }

    [[nodiscard]] Flat read(const Joined& joined, const Lines& lines) const {
        const auto near_cuts = lines_near_cuts(joined, lines);
        if (notes_.empty()) return flatten(body(joined), near_cuts);
        return flatten(std::string(body(joined)).append(notes_), near_cuts);
    }

    /// A paragraph that refers to each footnote that is kept: the parser drops those that nothing
    /// refers to, and what a cut brings into one would not be seen.
    [[nodiscard]] std::string references_to_notes() const {
        std::string text;
        for (const auto& definition : outline_.references.definitions) {
            const auto begin = definition.span.offset;
            if (definition.kind != Definition::Kind::footnote || is_withheld(begin) ||
                std::ranges::binary_search(changes_, begin, {},
                                           [](const Change& change) { return change.span.offset; }))
                continue;
            text.append(text.empty() ? "\n\n[^" : " [^").append(definition.label).append("]");
        }
        return text;
    }

    [[nodiscard]] bool is_withheld(std::size_t offset) const {
        const auto behind = std::ranges::upper_bound(
            pieces_, offset, {}, [](const Piece& piece) { return piece.exact.offset; });
        return behind != pieces_.begin() && (behind - 1)->fate == Piece::Fate::withheld;
    }

    /// The lines that cuts begin and end in, and those next to them: there only, source and edition
    /// may differ.
    [[nodiscard]] std::vector<LineRange> lines_near_cuts(const Joined& joined,
                                                         const Lines& lines) const {
        std::vector<LineRange> ranges;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].fate == Piece::Fate::kept) continue;
            const auto first = lines.line_of(body_offset(joined.begins[i]));
            const auto last = lines.line_of(body_offset(joined.begins[i + 1]));
            ranges.push_back({first - 1, last + 1});
        }
        return ranges;
    }

    /// The segment at which the edition is read otherwise than the source; none if nowhere.
    [[nodiscard]] std::optional<std::size_t> find_flaw() const {
        const auto edition = join(compose(Withheld::yes, Changes::yes));
        const auto flat = read(edition, Lines(body(edition)));
        if (const auto unit = find_difference(free_, flat.units, cuts_))
            return segment_at(edition, flat, *unit);
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            if (pieces_[i].fate != Piece::Fate::kept &&
                (tears_table(edition, i) || tears_definition(i)))
                return i;
        if (const auto line = find_made_head(edition, flat)) return segment_before(edition, *line);
        // Free text may be seen no longer: a cell that is too many, a definition, an entity's name.
        auto left_out = amount_of(free_);
        for (const auto& note : flat_.footnotes) left_out += amount_of(note);
        for (const auto& note : flat.footnotes) left_out -= amount_of(note);
        left_out -= amount_of(flat.units);
        if (left_out.letters > paid_.letters || left_out.bytes > paid_.bytes)
            return segment_at(edition, flat, flat.units.size());
        // A free block may have become part of what is not seen: the title of a link's definition.
        if (flat.leaves.size() < free_leaves()) return segment_at(edition, flat, flat.units.size());
        if (!are_notes_left(flat)) return segment_at(edition, flat, flat.units.size());
        return std::nullopt;
    }

    /// Is each footnote of the edition one of the source's, or what is left of one?
    [[nodiscard]] bool are_notes_left(const Flat& flat) const {
        std::unordered_set<std::uint64_t> whole;
        for (const auto& note : flat_.footnotes) whole.insert(hash(note));
        std::size_t effort = 1 << 16;  // comparisons, so that the work stays linear
        for (const auto& note : flat.footnotes) {
            if (whole.contains(hash(note))) continue;
            if (effort < flat_.footnotes.size()) return false;
            effort -= flat_.footnotes.size();
            const auto is_it = [&](const Units& other) {
                return !find_difference(other, note, cuts_);
            };
            if (std::ranges::none_of(flat_.footnotes, is_it)) return false;
        }
        return true;
    }

    [[nodiscard]] static std::uint64_t hash(const Units& units) {
        std::uint64_t sum = 0;
        for (const auto& unit : units) sum = mix(sum, unit.value);
        return sum;
    }

    /// The last withheld segment before the end of the block that a unit is in.
    [[nodiscard]] std::size_t segment_at(const Joined& edition, const Flat& flat,
                                         std::size_t unit) const {
        auto line = Lines(body(edition)).line_of(edition.text.size());
        const auto behind = std::ranges::upper_bound(flat.leaves, unit, {}, &Leaf::first_unit);
        if (behind != flat.leaves.end() && behind != flat.leaves.begin()) line = behind->first_line;
        return segment_before(edition, line);
    }

    /// The last withheld segment up to a line.
    [[nodiscard]] std::size_t segment_before(const Joined& edition, std::size_t line) const {
        const Lines lines(body(edition));
        std::size_t found = nowhere;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].fate == Piece::Fate::kept) continue;
            const auto begin = std::max(edition.begins[i], outline_.front_matter);
            if (found != nowhere && lines.line_of(begin - outline_.front_matter) > line) break;
            found = i;
        }
        return found;
    }

    /// Is part of the line cut out that delimits a table's head, or are two rows joined?
    [[nodiscard]] bool tears_table(const Joined& edition, std::size_t segment) const {
        const auto begin = body_offset(whole_.begins[segment]);
        const auto end = body_offset(whole_.begins[segment + 1]);
        const auto first = lines_.line_of(begin);
        const auto last = lines_.line_of(end);
        const auto* before = table_at(first);
        const auto* behind = table_at(last);
        const auto touches = [&](std::size_t line) {
            const auto from = std::max(begin, lines_.begin_of(line));
            const auto to = std::min(end, lines_.begin_of(line + 1));
            return from < to && amount_of(body(whole_).substr(from, to - from)).bytes > 0;
        };
        const auto touches_head = [&](const Leaf* table) {
            if (table == nullptr) return false;
            const auto head = lines_.begin_of(table->first_line);
            const auto second = lines_.begin_of(table->first_line + 1);
            const bool is_all = begin <= head && end >= lines_.begin_of(table->last_line + 1);
            const bool holds_head = begin <= head && end + 1 >= second;
            return !is_all && (holds_head || touches(table->first_line + 1));
        };
        if (touches_head(before) || touches_head(behind)) return true;
        if (first == last || (before == nullptr && behind == nullptr)) return false;
        const auto at = edition.begins[segment];
        const auto next = edition.begins[segment + 1];
        const auto line = edition.text.substr(0, at).find_last_of("\r\n") + 1;
        const auto line_end =
            std::min(edition.text.find_first_of("\r\n", next), edition.text.size());
        const auto holds = [&](std::size_t from, std::size_t to, std::string_view nothing) {
            return std::string_view(edition.text)
                       .substr(from, to - from)
                       .find_first_not_of(nothing) != std::string_view::npos;
        };
        return next == at && holds(line, at, " \t") && holds(next, line_end, " \t|");
    }

    /// A line of the edition that delimits a table's head, and is none in the source.
    [[nodiscard]] std::optional<std::size_t> find_made_head(const Joined& edition,
                                                            const Flat& flat) const {
        std::optional<Lines> lines;
        for (const auto& leaf : flat.leaves) {
            if (!leaf.is_table) continue;
            if (!lines) lines.emplace(body(edition));
            const auto offset = lines->begin_of(leaf.first_line + 1) + outline_.front_matter;
            const auto behind = std::ranges::upper_bound(edition.begins, offset);
            const auto piece = static_cast<std::size_t>(behind - edition.begins.begin()) - 1;
            const auto source = whole_.begins[piece] + (offset - edition.begins[piece]);
            const auto line = lines_.line_of(body_offset(source));
            const auto* table = table_at(line);
            if (table == nullptr || table->first_line + 1 != line) return leaf.first_line + 1;
        }
        return std::nullopt;
    }

    [[nodiscard]] const Leaf* table_at(std::size_t line) const {
        const auto* leaf = leaf_on(flat_.leaves, line);
        if (leaf == nullptr) leaf = leaf_on(flat_.note_leaves, line);
        return leaf != nullptr && leaf->is_table ? leaf : nullptr;
    }

    /// Does a section hold part of a link's definition, or does it begin in a footnote and end in
    /// a line behind it of which something is left? (What an unused one says is not seen.)
    [[nodiscard]] bool tears_definition(std::size_t segment) const {
        const auto cut = pieces_[segment].exact;
        const auto& found = outline_.references.definitions;
        auto one = std::ranges::upper_bound(
            found, cut.offset, {}, [](const Definition& other) { return other.span.offset; });
        if (one != found.begin() && (one - 1)->span.end() > cut.offset) --one;
        for (; one != found.end() && one->span.offset < cut.end(); ++one) {
            const auto begin = one->span.offset;
            const auto end = one->span.end();
            if (one->kind == Definition::Kind::link) {
                const bool is_kept_before = has_text(begin, cut.offset);
                const bool is_kept_behind = has_text(cut.end(), end);
                if ((is_kept_before || is_kept_behind) &&
                    has_text(std::max(begin, cut.offset), std::min(end, cut.end())))
                    return true;
            } else if (begin < cut.offset && end <= cut.end() && has_text_in_line(cut.end())) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool has_text(std::size_t begin, std::size_t end) const {
        return begin < end && amount_of(outline_.text.substr(begin, end - begin)).bytes > 0;
    }
    [[nodiscard]] bool has_text_in_line(std::size_t begin) const {
        return has_text(begin, std::min(outline_.text.find('\n', begin), outline_.text.size()));
    }

    /// Puts dividers where blocks that were apart could join, at most of this strength. (What
    /// follows a paragraph, a table or HTML without a blank line, parsers do not agree on.) Were
    /// there any?
    bool divide(Divider strongest) {
        bool is_divided = false;
        std::ranges::fill(dividers_, Divider::none);
        const auto edition = join(compose(Withheld::yes, Changes::yes));
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].fate == Piece::Fate::kept) continue;
            dividers_[i] = divider_at(edition, i, strongest);
            is_divided = is_divided || dividers_[i] != Divider::none;
        }
        return is_divided;
    }

    [[nodiscard]] Divider divider_at(const Joined& edition, std::size_t segment,
                                     Divider strongest) const {
        const auto end_before = text_before(whole_.begins[segment]);
        const auto begin_behind = text_behind(whole_.begins[segment + 1]);
        if (end_before == outline_.front_matter || begin_behind == whole_.text.size())
            return Divider::none;
        const auto* before = leaf_at(end_before - 1);
        const auto* behind = leaf_at(begin_behind);
        if (before == behind) return Divider::none;
        // What is in no block defines something: it would be text of what it goes on, or take what
        // goes on it for a title.
        if (before == nullptr || behind == nullptr) {
            if (is_between_quoted(end_before - 1) || is_between_quoted(begin_behind))
                return Divider::none;
            const bool joins = before == nullptr || before->joins == Leaf::Joins::a_next_line;
            return joins && !has_blank_line(edition, segment) ? Divider::blank_line : Divider::none;
        }
        if (before->list != 0 && before->list == behind->list) return Divider::none;
        // A list takes on what is indented like its items, however many blank lines there are.
        const bool takes_indented =
            before->list != 0 || (before->joins == Leaf::Joins::indented_lines &&
                                  behind->joins == Leaf::Joins::indented_lines);
        if (takes_indented) return std::min(Divider::comment, strongest);
        if (before->joins == Leaf::Joins::nothing || has_blank_line(edition, segment))
            return Divider::none;
        return Divider::blank_line;
    }

    /// Where the text before a place ends, and where that behind it begins.
    [[nodiscard]] std::size_t text_before(std::size_t offset) const {
        offset = std::max(offset, outline_.front_matter);
        while (offset > outline_.front_matter && is_space(whole_.text[offset - 1])) --offset;
        return offset;
    }
    [[nodiscard]] std::size_t text_behind(std::size_t offset) const {
        while (offset < whole_.text.size() && is_space(whole_.text[offset])) ++offset;
        return offset;
    }

    /// Is it in a line of a quote with nothing in it?
    [[nodiscard]] bool is_between_quoted(std::size_t offset) const {
        const auto begin = whole_.text.rfind('\n', offset) + 1;
        return whole_.text.find_first_not_of(" \t>", begin) >=
               std::min(whole_.text.find_first_of("\r\n", begin), whole_.text.size());
    }

    [[nodiscard]] const Leaf* leaf_at(std::size_t offset) const {
        const auto line = lines_.line_of(offset - outline_.front_matter);
        const auto* leaf = leaf_on(flat_.leaves, line);
        return leaf != nullptr ? leaf : leaf_on(flat_.note_leaves, line);
    }

    [[nodiscard]] static const Leaf* leaf_on(const std::vector<Leaf>& leaves, std::size_t line) {
        const auto behind = std::ranges::upper_bound(leaves, line, {}, &Leaf::first_line);
        if (behind == leaves.begin() || (behind - 1)->last_line < line) return nullptr;
        return &*(behind - 1);
    }

    [[nodiscard]] static bool has_blank_line(const Joined& edition, std::size_t segment) {
        auto at = edition.begins[segment];
        while (at > 0 && is_space(edition.text[at - 1])) --at;
        std::size_t ends = 0;
        for (; at < edition.text.size() && is_space(edition.text[at]); ++at)
            if (edition.text[at] == '\n') ++ends;
        return ends >= 2;
    }

    [[nodiscard]] Diagnostic crossed(std::size_t segment) const {
        const auto opener = segment > 0 ? segment - 1 : 0;
        Diagnostic diagnostic{.rule = Rule::crossed_containers, .span = outline_.markers[opener]};
        if (segment > 0 && segment < outline_.markers.size())
            diagnostic.related = outline_.markers[segment];
        return diagnostic;
    }

    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    Empty empty_;
    std::vector<Change> changes_;
    std::string_view line_end_ = "\n";  // of what is put there
    std::vector<Divider> dividers_;
    std::size_t cuts_ = 0;
    Joined whole_;  // the source without markers
    Lines lines_;
    std::string notes_;                      // that refers to them
    Flat flat_;                              // … as it is read
    std::optional<std::size_t> unbalanced_;  // a segment with one end of an HTML element
    Units free_;                             // … without the blocks that are all paid
    Amount paid_;                            // … and what is paid in others
};

}  // namespace

std::variant<Composition, Diagnostic> cut(const Outline& outline, const std::vector<Piece>& pieces,
                                          Empty empty, Proof proof) {
    return Cutter(outline, pieces, empty).cut(proof);
}

}  // namespace paywall::markdown
