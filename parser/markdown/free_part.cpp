#include "parser/markdown/free_part.hpp"

#include <algorithm>

namespace paywall::markdown {
namespace {

/// The first line that begins at an offset or behind it.
std::size_t first_line_from(const Whole& whole, std::size_t offset) {
    const bool begins = whole.body_offset(offset) == 0 || whole.text()[offset - 1] == '\n';
    return whole.line_of(offset) + (begins ? 0 : 1);
}

/// The last line that ends before an offset or there.
std::size_t last_line_to(const Whole& whole, std::size_t offset) {
    const bool ends = offset >= whole.text().size() || whole.text()[offset] == '\n';
    return whole.line_of(offset) - (ends ? 0 : 1);
}

std::size_t count_free_leaves(const Whole& whole, const std::vector<Piece>& pieces) {
    const auto& leaves = whole.flat().leaves;
    auto count = leaves.size();
    auto leaf = leaves.begin();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto begin = whole.begin_of(i);
        const auto end = whole.begin_of(i + 1);
        if (pieces[i].fate == Piece::Fate::kept || begin == end) continue;
        const auto first = whole.line_of(begin);
        const auto last = whole.line_of(end - 1);
        while (leaf != leaves.end() && leaf->last_line < first) ++leaf;
        for (; leaf != leaves.end() && leaf->first_line <= last; ++leaf) --count;
    }
    return count;
}

}  // namespace

FreePart take_free_part(Whole& whole, const std::vector<Piece>& pieces) {
    FreePart free;
    free.leaves = count_free_leaves(whole, pieces);
    const auto& flat = whole.flat();
    std::vector<bool> is_paid(flat.leaves.size());
    auto leaf = flat.leaves.begin();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].fate == Piece::Fate::kept) continue;
        const auto first = first_line_from(whole, whole.begin_of(i));
        const auto last = last_line_to(whole, whole.begin_of(i + 1));
        while (leaf != flat.leaves.end() && leaf->first_line < first) ++leaf;
        free.paid += amount_of(whole.between(whole.begin_of(i), whole.begin_of(i + 1)));
        int tags = 0;
        for (; leaf != flat.leaves.end() && leaf->last_line <= last; ++leaf) {
            is_paid[static_cast<std::size_t>(leaf - flat.leaves.begin())] = true;
            free.paid -= amount_of(whole.lines_text(leaf->first_line, leaf->last_line));
            for (auto at = leaf->first_unit; at < leaf->end_unit; ++at) {
                tags += flat.units[at].tags;
                if (tags < 0) free.is_unbalanced = true;
            }
        }
        if (tags != 0) free.is_unbalanced = true;
    }
    const bool is_any = std::ranges::find(is_paid, true) != is_paid.end();
    free.units = is_any ? without(flat, is_paid) : whole.take_units();
    return free;
}

}  // namespace paywall::markdown
