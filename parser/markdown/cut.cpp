#include "parser/markdown/cut.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "parser/markdown/amount.hpp"
#include "parser/markdown/assembly.hpp"
#include "parser/markdown/comparison.hpp"
#include "parser/markdown/definition_rules.hpp"
#include "parser/markdown/dividers.hpp"
#include "parser/markdown/free_part.hpp"
#include "parser/markdown/front_matter.hpp"
#include "parser/markdown/harmless.hpp"
#include "parser/markdown/sign_rules.hpp"
#include "parser/markdown/table_rules.hpp"
#include "parser/markdown/whole.hpp"

namespace paywall::markdown {
namespace {

class Cutter {
public:
    Cutter(const Outline& outline, const std::vector<Piece>& pieces, Empty empty)
        : outline_(outline),
          pieces_(pieces),
          assembly_(outline, pieces, empty),
          whole_(outline, pieces, assembly_),
          cuts_(static_cast<std::size_t>(
              std::ranges::count(pieces, Piece::Fate::withheld, &Piece::fate))) {}

    std::variant<Composition, Diagnostic> cut(Proof proof) {
        if (proof == Proof::cheapest && is_plain())
            return assembly_.compose(Withheld::yes, Changes::no);
        whole_.read();
        free_ = take_free_part(whole_, pieces_);
        if (free_.unbalanced) return crossed(*free_.unbalanced);
        divide(Divider::blank_line);
        auto flaw = find_flaw();
        if (flaw && divide(Divider::comment)) flaw = find_flaw();
        if (flaw) return crossed(*flaw);
        auto parts = assembly_.compose(Withheld::yes, Changes::yes);
        // A rule that has come to the beginning is no front matter.
        if (outline_.front_matter == 0 && front_matter_length(assembly_.join(parts).text) > 0)
            parts.insert(parts.begin(),
                         {.kind = Part::Kind::text, .text = std::string(assembly_.line_end())});
        return parts;
    }

private:
    /// Is the textual cut surely harmless?
    [[nodiscard]] bool is_plain() const {
        if (!assembly_.changes().empty() || may_open_front_matter()) return false;
        std::vector<Span> cuts;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const auto begin = whole_.body_offset(whole_.begin_of(i));
            if (pieces_[i].fate == Piece::Fate::withheld)
                cuts.push_back({begin, whole_.body_offset(whole_.begin_of(i + 1)) - begin});
        }
        return is_surely_harmless(whole_.body(), cuts);
    }

    /// Could what is left begin with front matter, where the source does not?
    [[nodiscard]] bool may_open_front_matter() const {
        if (outline_.front_matter > 0) return false;
        for (const auto& piece : pieces_) {
            const auto span = assembly_.span_of(piece);
            if (piece.fate == Piece::Fate::withheld || span.length == 0) continue;
            const char first = outline_.text[span.offset];
            return first == '-' || first == '+' || first == '{';
        }
        return false;
    }

    /// Keeps apart what has to be. Is there anything?
    bool divide(Divider strongest) {
        assembly_.divide(std::vector<Divider>(pieces_.size()));
        auto dividers = find_dividers(whole_, pieces_, join(), strongest);
        const bool is_divided =
            std::ranges::any_of(dividers, [](Divider one) { return one != Divider::none; });
        assembly_.divide(std::move(dividers));
        return is_divided;
    }

    [[nodiscard]] Joined join() const {
        return assembly_.join(assembly_.compose(Withheld::yes, Changes::yes));
    }

    /// The segment at which the edition is read otherwise than the source; none if nowhere.
    [[nodiscard]] std::optional<std::size_t> find_flaw() const {
        const auto edition = join();
        const auto flat = whole_.read(edition, Lines(whole_.body(edition)));
        if (const auto unit = find_difference(free_.units, flat.units, cuts_))
            return segment_at(edition, flat, *unit);
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            if (pieces_[i].fate == Piece::Fate::withheld && breaks_rule(edition, i)) return i;
        if (const auto line = find_made_head(whole_, edition, flat))
            return segment_before(edition, *line);
        if (loses_text(flat) || !are_notes_left(whole_.flat(), flat, cuts_))
            return segment_at(edition, flat, flat.units.size());
        return std::nullopt;
    }

    [[nodiscard]] bool breaks_rule(const Joined& edition, std::size_t segment) const {
        return tears_table(whole_, edition, segment) || may_make_head(whole_, edition, segment) ||
               may_go_on(whole_, segment) || tears_sign(whole_, edition, segment) ||
               tears_definition(outline_, pieces_[segment].exact);
    }

    /// Free text may be seen no longer: a cell that is too many, a definition, an entity's name. A
    /// free block may have become part of what is not seen: the title of a link's definition.
    [[nodiscard]] bool loses_text(const Flat& edition) const {
        auto left_out = amount_of(free_.units);
        for (const auto& note : whole_.flat().footnotes) left_out += amount_of(note);
        for (const auto& note : edition.footnotes) left_out -= amount_of(note);
        left_out -= amount_of(edition.units);
        return left_out.letters > free_.paid.letters || left_out.bytes > free_.paid.bytes ||
               edition.leaves.size() < free_.leaves;
    }

    /// The last withheld segment before the end of the block that a unit is in.
    [[nodiscard]] std::size_t segment_at(const Joined& edition, const Flat& flat,
                                         std::size_t unit) const {
        auto line = Lines(whole_.body(edition)).line_of(edition.text.size());
        const auto behind = std::ranges::upper_bound(flat.leaves, unit, {}, &Leaf::first_unit);
        if (behind != flat.leaves.end() && behind != flat.leaves.begin()) line = behind->first_line;
        return segment_before(edition, line);
    }

    /// The last withheld segment up to a line.
    [[nodiscard]] std::size_t segment_before(const Joined& edition, std::size_t line) const {
        const Lines lines(whole_.body(edition));
        constexpr auto nowhere = static_cast<std::size_t>(-1);
        std::size_t found = nowhere;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].fate == Piece::Fate::kept) continue;
            if (found != nowhere && lines.line_of(whole_.body_offset(edition.begins[i])) > line)
                break;
            found = i;
        }
        return found;
    }

    [[nodiscard]] Diagnostic crossed(std::size_t segment) const {
        const auto opener = segment > 0 ? segment - 1 : 0;
        Diagnostic diagnostic{.rule = Rule::crossed_containers, .span = outline_.markers[opener]};
        if (segment > 0 && segment < outline_.markers.size())
            diagnostic.related = outline_.markers[segment];
        return diagnostic;
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    Assembly assembly_;
    Whole whole_;
    std::size_t cuts_;
    FreePart free_;
};

}  // namespace

std::variant<Composition, Diagnostic> cut(const Outline& outline, const std::vector<Piece>& pieces,
                                          Empty empty, Proof proof) {
    if (std::ranges::find(pieces, Piece::Fate::withheld, &Piece::fate) == pieces.end())
        return Assembly(outline, pieces, empty).compose(Withheld::no, Changes::no);
    return Cutter(outline, pieces, empty).cut(proof);
}

}  // namespace paywall::markdown
