#include "parser/markdown/comparison.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace paywall::markdown {
namespace {

/// What was left out, `begin` to before `end`: does every block in it both begin and end there, and
/// every inline element, Markdown's or HTML's? (Else it would have joined two.)
bool is_balanced(const Units& units, std::size_t begin, std::size_t end) {
    int depth = 0;
    int inlines = 0;
    int tags = 0;
    for (auto at = begin; at < end; ++at) {
        if (units[at].is_whole) return false;  // no cut reaches into it
        depth += units[at].depth;
        inlines += units[at].inlines;
        tags += units[at].tags;
        if (depth < 0 || inlines < 0 || tags < 0) return false;
    }
    return depth == 0 && inlines == 0 && tags == 0;
}

bool is_text(const Unit& unit) {
    return unit.depth == 0 && unit.inlines == 0 && unit.tags == 0 && !unit.is_whole;
}

/// The same may have been left out a little earlier: of `<a><b>`, `><b` or `<b>`.
bool may_be_left_out(const Units& units, std::size_t begin, std::size_t end) {
    int structure_left = 64;
    int text_left = 1024;
    while (structure_left > 0 && text_left > 0) {
        if (is_balanced(units, begin, end)) return true;
        do {  // text that goes to the other end changes nothing
            if (begin == 0 || units[begin - 1] != units[end - 1]) return false;
            --begin;
            --end;
        } while (is_text(units[end]) && --text_left > 0);
        --structure_left;
    }
    return false;
}

/// Goes through two documents side by side.
class Comparison {
public:
    Comparison(const Units& whole, const Units& cut, std::size_t cuts)
        : whole_(whole),
          cut_(cut),
          effort_(most_rounds * (whole.size() + cut.size())),
          short_pieces_(1 + cuts) {}

    bool is_left() {
        for (std::size_t i = 0; i < cut_.size();) {
            if (at_ < whole_.size() && whole_[at_] == cut_[i]) {
                ++at_;
                ++i;
            } else if (!pass_left_out(i) || !is_long_enough(i)) {
                return false;
            }
        }
        return may_be_left_out(whole_, at_, whole_.size());
    }

private:
    /// On to where the whole goes on as the cut does. Little may be left between two cuts, so ever
    /// shorter stretches are looked for; near first, for most that is left out is short.
    bool pass_left_out(std::size_t i) {
        for (const std::size_t reach : {std::size_t{256}, std::size_t{4096}, whole_.size()}) {
            const std::size_t shortest = reach < whole_.size() ? 4 : 1;
            for (std::size_t length = longest; length >= shortest; length /= 2)
                if (pass_within(i, length, reach)) return true;
            if (effort_ == 0) return false;
        }
        return false;
    }

    /// Few of the pieces between what is left out are as short as what is found by chance.
    bool is_long_enough(std::size_t i) {
        constexpr std::size_t least = 4;
        const auto begin = std::exchange(piece_, i);
        const auto is_inline = [](const Unit& unit) { return !unit.is_whole && unit.depth == 0; };
        return i - begin >= least ||
               !std::all_of(cut_.begin() + static_cast<std::ptrdiff_t>(begin),
                            cut_.begin() + static_cast<std::ptrdiff_t>(i), is_inline) ||
               short_pieces_-- > 0;
    }

    bool pass_within(std::size_t i, std::size_t length, std::size_t reach) {
        const auto begin = cut_.begin() + static_cast<std::ptrdiff_t>(i);
        const auto end =
            cut_.begin() + static_cast<std::ptrdiff_t>(std::min(cut_.size(), i + length));
        const auto last = std::min(whole_.size(), at_ + std::min(reach, whole_.size()));
        const auto stop = whole_.begin() + static_cast<std::ptrdiff_t>(last);
        const auto next =
            std::search(whole_.begin() + static_cast<std::ptrdiff_t>(at_), stop, begin, end);
        const auto found = static_cast<std::size_t>(next - whole_.begin());
        effort_ -= std::min(effort_, found - at_);
        if (next == stop || effort_ == 0 || !may_be_left_out(whole_, at_, found)) return false;
        at_ = found;
        return true;
    }

    static constexpr std::size_t longest = 32;
    static constexpr std::size_t most_rounds = 512;

    const Units& whole_;
    const Units& cut_;
    std::size_t at_ = 0;
    std::size_t effort_;        // so that the work stays linear
    std::size_t short_pieces_;  // that may come yet
    std::size_t piece_ = 0;     // where the last began
};

}  // namespace

bool is_left(const Units& whole, const Units& cut, std::size_t cuts) {
    return Comparison(whole, cut, cuts).is_left();
}

}  // namespace paywall::markdown
