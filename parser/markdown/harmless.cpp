#include "parser/markdown/harmless.hpp"

#include <algorithm>
#include <optional>

#include "parser/markdown/inline_guard.hpp"
#include "parser/markdown/line_kinds.hpp"

namespace paywall::markdown {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

/// Goes through the cuts from front to back: each is judged in the text as the cuts before it left
/// it, so that all of them are harmless if each is.
class Judge {
public:
    Judge(std::string_view text, const std::vector<Line>& lines)
        : text_(text), lines_(lines), guard_(text) {}

    /// `next` is where the next cut begins.
    bool is_harmless(Span cut, std::size_t next) {
        cut_ = cut;
        next_ = next;
        if (!find_edges()) return false;
        const bool is_sure = is_within_line() || is_within_paragraph() || is_apart();
        last_end_ = cut.end();
        guard_.pass(cut.end());
        return is_sure;
    }

private:
    /// What stands at the beginning of a cut: free text of its line; of the line before; neither.
    enum class Before { line, line_above, nothing };
    /// … and at its end: free text of its line; a whole line of it; neither.
    enum class Behind { line, line_below, nothing };

    [[nodiscard]] const Line& line(std::size_t index) const { return lines_[index]; }
    [[nodiscard]] LineKind kind(std::size_t index) const {
        return index < lines_.size() ? lines_[index].start.kind : LineKind::blank;
    }
    [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }

    /// The line that holds an offset, which is nowhere before the last one asked for; at the end
    /// of the text the last.
    std::size_t line_at(std::size_t offset) {
        while (line_ + 1 < lines_.size() && lines_[line_].next <= offset) ++line_;
        return line_;
    }

    bool find_edges() {
        const auto begin = cut_.offset;
        if (last_end_ != nowhere && is_blank(between(last_end_, begin))) return false;
        first_ = line_at(begin);
        last_ = line_at(cut_.end());
        return find_before() && find_behind() && between(begin, cut_.end()).find('<') == text_.npos;
    }

    bool find_before() {
        const auto& first = line(first_);
        if (first.start.kind == LineKind::fenced && cut_.offset > first.begin) return false;
        if (first.is_within) return false;
        if (cut_.offset > first.begin) {
            // The head of a line may be what is left of others, which has been looked at then.
            const bool is_joined = last_end_ != nowhere && last_end_ > first.begin;
            if (!is_joined &&
                (first.start.head == 0 || first.start.head > cut_.offset - first.begin))
                return false;
            before_ = Before::line;
        } else if (first_ > 0 && kind(first_ - 1) != LineKind::blank) {
            before_ = Before::line_above;
        } else {
            before_ = Before::nothing;
        }
        return true;
    }

    bool find_behind() {
        const auto& last = line(last_);
        const auto end = cut_.end();
        const bool is_at_begin = end == last.begin;
        if (end == text_.size()) {
            behind_ = Behind::nothing;
            below_ = lines_.size();
            return true;
        }
        if (is_at_begin ? last.is_within : last.start.kind == LineKind::fenced && end < last.end)
            return false;
        if (!is_at_begin && last.start.kind == LineKind::fenced && last_ + 1 < lines_.size() &&
            line(last_ + 1).is_within)
            return false;
        below_ = last_ + 1;
        if (is_blank(between(end, last.end))) {
            // Where a line is left without its text, it must not part two others.
            behind_ = Behind::nothing;
            return is_at_begin || kind(below_) == LineKind::blank || before_ == Before::line;
        }
        behind_ = is_at_begin ? Behind::line_below : Behind::line;
        return true;
    }

    // --- within a line --------------------------------------------------------------------------

    /// Plain text out of one line, whose beginning says what it is and stays.
    bool is_within_line() {
        if (before_ != Before::line || first_ != last_ || behind_ == Behind::line_below)
            return false;
        if (behind_ == Behind::nothing && !may_end_line()) return false;
        return is_plain_cut(line(line(first_).stretch).begin);
    }

    /// A line that ends in a cut: is what stands below it part of the same block, or apart?
    [[nodiscard]] bool may_end_line() const {
        const auto here = kind(first_);
        switch (kind(below_)) {
            case LineKind::blank:
                return below_ == lines_.size() || line(first_).is_simple || line(first_).is_quoted;
            case LineKind::plain:
                return true;
            case LineKind::item:
            case LineKind::quote:
                return here == kind(below_) && line(below_).start.head > 0 &&
                       sign_of(first_) == sign_of(below_);
            default:
                return false;
        }
    }

    /// Of an item or quote: the sign before the space and the text.
    [[nodiscard]] char sign_of(std::size_t index) const {
        return text_[line(index).begin + line(index).start.head - 3];
    }

    // --- within a paragraph ---------------------------------------------------------------------

    /// Plain text out of one paragraph, of which something is left on both sides.
    bool is_within_paragraph() {
        if (before_ == Before::nothing || behind_ == Behind::nothing) return false;
        const auto from = before_ == Before::line ? first_ : first_ - 1;
        if (line(last_).stretch != line(from).stretch || !line(last_).is_simple) return false;
        const bool has_heading = before_ == Before::line && kind(from) == LineKind::heading;
        if (has_heading || !are_plain(from + 1, last_ + 1)) return false;
        return may_follow() && is_plain_cut(line(line(from).stretch).begin);
    }

    [[nodiscard]] bool are_plain(std::size_t from, std::size_t to) const {
        for (auto i = from; i < to; ++i)
            if (kind(i) != LineKind::plain) return false;
        return true;
    }

    /// Is what begins behind the cut plain at the beginning of a line, too, and no head of a table?
    [[nodiscard]] bool may_follow() const {
        if (kind(below_) == LineKind::other || kind(below_) == LineKind::indented) return false;
        if (before_ == Before::line || behind_ == Behind::line_below) return true;
        const auto end = cut_.end();
        const auto left = between(end, std::min(next_, line(last_).end));
        const auto start = start_of(left);
        return start.kind == LineKind::plain && start.head > 0 && start.head <= left.size();
    }

    bool is_plain_cut(std::size_t block) {
        guard_.enter(block);
        const bool at_text = behind_ == Behind::line || before_ == Before::line;
        return guard_.may_begin(cut_.offset) &&
               InlineGuard::is_plain(between(cut_.offset, cut_.end())) &&
               (!at_text || guard_.may_meet(cut_, std::min(next_, text_.size())));
    }

    // --- whole blocks ---------------------------------------------------------------------------

    /// Blocks, or the end of one paragraph and what follows, or what stands before another and its
    /// beginning; what is left has a blank line between.
    bool is_apart() { return may_stand_before() && may_stand_behind(); }

    bool may_stand_before() {
        if (before_ == Before::nothing) return ends_simply(first_);
        if (behind_ != Behind::nothing) return false;
        if (before_ == Before::line && kind(below_) != LineKind::blank) return false;
        const auto from = before_ == Before::line ? first_ : first_ - 1;
        if (!line(from).is_simple) return false;
        // What is cut out must not have made a heading or a table of it.
        auto to = from + 1;
        while (kind(to) == LineKind::plain) ++to;
        if (kind(from) == LineKind::plain && kind(to) != LineKind::blank &&
            kind(to) != LineKind::heading)
            return false;
        guard_.enter(line(line(from).stretch).begin);
        const auto end = std::min(line(to - 1).next, cut_.end());
        return guard_.may_begin(cut_.offset) && InlineGuard::is_plain(between(cut_.offset, end));
    }

    /// The block before a line, blank lines between: none that takes on what comes later.
    [[nodiscard]] bool ends_simply(std::size_t index) const {
        while (index > 0 && kind(index - 1) == LineKind::blank) --index;
        if (index == 0) return true;
        const auto& last = line(index - 1);
        return last.is_simple || last.is_quoted ||
               (last.start.kind == LineKind::fenced && last.is_within);
    }

    bool may_stand_behind() {
        if (behind_ == Behind::nothing) return is_begin_behind_blank();
        if (behind_ == Behind::line_below && kind(last_ - 1) == LineKind::blank)
            return may_begin_anew(last_);
        // A paragraph of which the beginning goes.
        if (kind(last_) != LineKind::plain || !may_follow()) return false;
        auto from = last_;
        while (from > line(last_).stretch && kind(from - 1) == LineKind::plain) --from;
        if (from > line(last_).stretch && kind(from - 1) != LineKind::heading) return false;
        guard_.enter(line(line(last_).stretch).begin);
        const auto begin = std::max(line(from).begin, cut_.offset);
        return InlineGuard::is_plain(between(begin, cut_.end())) &&
               (behind_ == Behind::line_below ||
                guard_.may_meet(cut_, std::min(next_, text_.size())));
    }

    [[nodiscard]] bool is_begin_behind_blank() const {
        if (kind(below_) != LineKind::blank && cut_.end() != line(last_).begin) return false;
        auto next = below_;
        while (next < lines_.size() && kind(next) == LineKind::blank) ++next;
        return next == lines_.size() || may_begin_anew(next);
    }

    /// Is a line behind a blank one read the same whatever stood before that?
    [[nodiscard]] bool may_begin_anew(std::size_t index) const {
        if (line(index).is_within || kind(index) == LineKind::indented) return false;
        if (kind(index) != LineKind::item) return true;
        for (auto i = first_; i < index; ++i)
            if (kind(i) != LineKind::plain && kind(i) != LineKind::heading &&
                kind(i) != LineKind::blank)
                return false;
        return true;
    }

    std::string_view text_;
    const std::vector<Line>& lines_;
    InlineGuard guard_;
    Span cut_;
    std::size_t next_ = 0;
    std::size_t line_ = 0;
    std::size_t last_end_ = nowhere;  // of the cut before
    std::size_t first_ = 0;           // the lines that the cut begins and ends in
    std::size_t last_ = 0;
    std::size_t below_ = 0;  // the line behind the last
    Before before_ = Before::nothing;
    Behind behind_ = Behind::nothing;
};

}  // namespace

bool is_surely_harmless(std::string_view text, const std::vector<Span>& cuts) {
    if (text.find("]:") != text.npos) return false;  // definitions are used anywhere
    const auto lines = read_lines(text);
    if (!lines) return false;
    if (lines->empty()) return true;
    Judge judge(text, *lines);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const auto next = i + 1 < cuts.size() ? cuts[i + 1].offset : text.size();
        if (!judge.is_harmless(cuts[i], next)) return false;
    }
    return true;
}

}  // namespace paywall::markdown
