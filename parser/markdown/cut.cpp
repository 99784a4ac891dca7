#include "parser/markdown/cut.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "parser/markdown/amount.hpp"
#include "parser/markdown/assembly.hpp"
#include "parser/markdown/cause.hpp"
#include "parser/markdown/comparison.hpp"
#include "parser/markdown/definition_rules.hpp"
#include "parser/markdown/dividers.hpp"
#include "parser/markdown/free_letters.hpp"
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

    /// The edition, if it is read as the source is.
    std::optional<Composition> cut(Proof proof) {
        if (proof == Proof::cheapest && is_plain())
            return assembly_.compose(Withheld::yes, Changes::no);
        whole_.read();
        free_ = take_free_part(whole_, pieces_);
        if (free_.is_unbalanced) return std::nullopt;
        divide(Divider::blank_line);
        if (has_flaw() && (!divide(Divider::comment) || has_flaw())) return std::nullopt;
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

    /// Is the edition read otherwise than the source?
    [[nodiscard]] bool has_flaw() {
        const auto edition = join();
        const auto flat = whole_.read(edition, Lines(whole_.body(edition)));
        if (!is_left(free_.units, flat.units, cuts_)) return true;
        if (free_.units.size() != flat.units.size()) find_sure_part();
        if (sure_ && !is_left(sure_->units, flat.units, cuts_)) return true;
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            if (pieces_[i].fate == Piece::Fate::withheld && breaks_rule(edition, i)) return true;
        return makes_head(whole_, edition, flat) || loses_text(sure_ ? *sure_ : free_, flat) ||
               !are_notes_left(whole_.flat(), flat, cuts_);
    }

    [[nodiscard]] bool breaks_rule(const Joined& edition, std::size_t segment) const {
        return tears_table(whole_, edition, segment) || may_make_head(whole_, edition, segment) ||
               may_go_on(whole_, segment) || tears_sign(whole_, edition, segment) ||
               tears_definition(outline_, pieces_[segment].exact);
    }

    /// Free text may be seen no longer: a cell that is too many, a definition, an entity's name. A
    /// free block may have become part of what is not seen: the title of a link's definition.
    [[nodiscard]] bool loses_text(const FreePart& free, const Flat& edition) const {
        auto left_out = amount_of(free.units);
        for (const auto& note : whole_.flat().footnotes) left_out += amount_of(note);
        for (const auto& note : edition.footnotes) left_out -= amount_of(note);
        left_out -= amount_of(edition.units);
        return left_out.letters > free.paid.letters || left_out.bytes > free.paid.bytes ||
               edition.leaves.size() < free.leaves;
    }

    /// The free part without what is surely paid: in it nothing is found by chance.
    void find_sure_part() {
        if (!is_sure_) sure_ = without_paid_letters(free_, whole_, pieces_);
        is_sure_ = true;
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    Assembly assembly_;
    Whole whole_;
    std::size_t cuts_;
    FreePart free_;
    std::optional<FreePart> sure_;
    bool is_sure_ = false;  // … is looked for already
};

Diagnostic crossed(const Outline& outline, std::size_t segment) {
    const auto opener = segment > 0 ? segment - 1 : 0;
    Diagnostic diagnostic{.rule = Rule::crossed_containers, .span = outline.markers[opener]};
    if (segment > 0 && segment < outline.markers.size())
        diagnostic.related = outline.markers[segment];
    return diagnostic;
}

}  // namespace

std::variant<Composition, Diagnostic> cut(const Outline& outline, const std::vector<Piece>& pieces,
                                          Empty empty, Proof proof) {
    if (std::ranges::find(pieces, Piece::Fate::withheld, &Piece::fate) == pieces.end())
        return Assembly(outline, pieces, empty).compose(Withheld::no, Changes::no);
    if (auto parts = Cutter(outline, pieces, empty).cut(proof)) return *std::move(parts);
    return crossed(outline,
                   find_cause(pieces, outline.text.size(), [&](const std::vector<Piece>& some) {
                       return !Cutter(outline, some, empty).cut(proof);
                   }));
}

}  // namespace paywall::markdown
