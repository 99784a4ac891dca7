#include "parser/markdown/whole.hpp"

#include <algorithm>

namespace paywall::markdown {
namespace {

const Leaf* find_on(const std::vector<Leaf>& leaves, std::size_t line) {
    const auto behind = std::ranges::upper_bound(leaves, line, {}, &Leaf::first_line);
    if (behind == leaves.begin() || (behind - 1)->last_line < line) return nullptr;
    return &*(behind - 1);
}

}  // namespace

Whole::Whole(const Outline& outline, const std::vector<Piece>& pieces, const Assembly& assembly)
    : outline_(outline),
      pieces_(pieces),
      assembly_(assembly),
      joined_(assembly.join(assembly.compose(Withheld::no, Changes::yes))) {}

void Whole::read() {
    lines_ = Lines(body());
    notes_ = references_to_notes(assembly_.changes());
    flat_ = read(joined_, lines_);
}

Flat Whole::read(const Joined& edition, const Lines& lines) const {
    const auto near_cuts = lines_near_cuts(edition, lines);
    if (notes_.empty()) return flatten(body(edition), near_cuts);
    return flatten(std::string(body(edition)).append(notes_), near_cuts);
}

Whole Whole::with_text(std::string text) const {
    Whole other(*this);
    other.joined_.text = std::move(text);
    other.flat_ = other.read(other.joined_, lines_);
    return other;
}

std::string_view Whole::between(std::size_t begin, std::size_t end) const {
    return std::string_view(text()).substr(begin, end - begin);
}

std::string_view Whole::body(const Joined& joined) const {
    return std::string_view(joined.text)
        .substr(std::min(outline_.front_matter, joined.text.size()));
}

std::size_t Whole::body_offset(std::size_t offset) const {
    return std::max(offset, outline_.front_matter) - outline_.front_matter;
}

std::size_t Whole::line_of(std::size_t offset) const {
    return lines_.line_of(body_offset(offset));
}

std::string_view Whole::lines_text(std::size_t first, std::size_t last) const {
    const auto begin = lines_.begin_of(first);
    return body().substr(begin, lines_.begin_of(last + 1) - begin);
}

const Leaf* Whole::leaf_on(std::size_t line) const {
    const auto* leaf = find_on(flat_.leaves, line);
    return leaf != nullptr ? leaf : find_on(flat_.note_leaves, line);
}

const Leaf* Whole::table_on(std::size_t line) const {
    const auto* leaf = leaf_on(line);
    return leaf != nullptr && leaf->kind == Leaf::Kind::table ? leaf : nullptr;
}

/// A paragraph that refers to each footnote that is kept: the parser drops those that nothing
/// refers to, and what a cut brings into one would not be seen.
std::string Whole::references_to_notes(const std::vector<Change>& changes) const {
    std::string text;
    for (const auto& definition : outline_.references.definitions) {
        const auto begin = definition.span.offset;
        if (definition.kind != Definition::Kind::footnote || is_withheld(begin) ||
            std::ranges::binary_search(changes, begin, {},
                                       [](const Change& change) { return change.span.offset; }))
            continue;
        text.append(text.empty() ? "\n\n[^" : " [^").append(definition.label).append("]");
    }
    return text;
}

/// The lines that cuts begin and end in, and those next to them: there only, source and edition
/// may differ.
std::vector<LineRange> Whole::lines_near_cuts(const Joined& joined, const Lines& lines) const {
    std::vector<LineRange> ranges;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        if (pieces_[i].fate == Piece::Fate::kept) continue;
        const auto first = lines.line_of(body_offset(joined.begins[i]));
        const auto last = lines.line_of(body_offset(joined.begins[i + 1]));
        ranges.push_back({first - 1, last + 1});
    }
    return ranges;
}

bool Whole::is_withheld(std::size_t offset) const {
    const auto behind = std::ranges::upper_bound(
        pieces_, offset, {}, [](const Piece& piece) { return piece.exact.offset; });
    return behind != pieces_.begin() && (behind - 1)->fate == Piece::Fate::withheld;
}

}  // namespace paywall::markdown
