#include "parser/markdown/dividers.hpp"

#include <algorithm>

namespace paywall::markdown {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Where the text before a place ends, and where that behind it begins.
std::size_t text_before(const Whole& whole, std::size_t offset) {
    while (whole.body_offset(offset) > 0 && is_space(whole.text()[offset - 1])) --offset;
    return offset;
}
std::size_t text_behind(const Whole& whole, std::size_t offset) {
    while (offset < whole.text().size() && is_space(whole.text()[offset])) ++offset;
    return offset;
}

/// Is it in a line of a quote with nothing in it?
bool is_between_quoted(const std::string& text, std::size_t offset) {
    const auto begin = text.rfind('\n', offset) + 1;
    return text.find_first_not_of(" \t>", begin) >=
           std::min(text.find_first_of("\r\n", begin), text.size());
}

bool has_blank_line(const Joined& edition, std::size_t segment) {
    auto at = edition.begins[segment];
    while (at > 0 && is_space(edition.text[at - 1])) --at;
    std::size_t ends = 0;
    for (; at < edition.text.size() && is_space(edition.text[at]); ++at)
        if (edition.text[at] == '\n') ++ends;
    return ends >= 2;
}

Divider divider_at(const Whole& whole, const Joined& edition, std::size_t segment,
                   Divider strongest) {
    const auto end_before = text_before(whole, whole.begin_of(segment));
    const auto begin_behind = text_behind(whole, whole.begin_of(segment + 1));
    if (whole.body_offset(end_before) == 0 || begin_behind == whole.text().size())
        return Divider::none;
    const auto* before = whole.leaf_on(whole.line_of(end_before - 1));
    const auto* behind = whole.leaf_on(whole.line_of(begin_behind));
    if (before == behind) return Divider::none;
    // What is in no block defines something: it would be text of what it goes on, or take what
    // goes on it for a title.
    if (before == nullptr || behind == nullptr) {
        if (is_between_quoted(whole.text(), end_before - 1) ||
            is_between_quoted(whole.text(), begin_behind))
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

}  // namespace

std::vector<Divider> find_dividers(const Whole& whole, const std::vector<Piece>& pieces,
                                   const Joined& edition, Divider strongest) {
    std::vector<Divider> dividers(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (pieces[i].fate == Piece::Fate::withheld)
            dividers[i] = divider_at(whole, edition, i, strongest);
    return dividers;
}

}  // namespace paywall::markdown
