#include "parser/marker_lines.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace paywall {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}
bool is_white_space(char c) {
    return is_blank(c) || (c >= '\n' && c <= '\r');
}

std::uint32_t line_end_length_at(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) == "\r\n") return 2;
    return at < text.size() && is_line_end(text[at]) ? 1 : 0;
}

std::uint32_t at_most_4_gib(std::size_t length) {
    return static_cast<std::uint32_t>(
        std::min<std::size_t>(length, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

std::size_t skip_white_space(std::string_view text, std::size_t at) {
    while (at < text.size() && is_white_space(text[at])) ++at;
    return at;
}

Mark::Mark(std::string_view text, Span span, std::size_t marker, const Follows& follows)
    : offset_(span.offset), length_(at_most_4_gib(span.length)), marker_(marker & 0xFFF) {
    assert(length_ == span.length && marker_ == marker);
    set_follows(follows);
    auto begin = span.offset;
    while (begin > 0 && is_blank(text[begin - 1])) --begin;
    auto end = span.end();
    while (end < text.size() && is_blank(text[end])) ++end;
    blanks_before_ = at_most_4_gib(span.offset - begin);
    blanks_behind_ = at_most_4_gib(end - span.end());
    white_behind_ = at_most_4_gib(skip_white_space(text, end) - span.end());
    line_end_length_ = line_end_length_at(text, end) & 3U;
    begins_line_ = begin == blank_begin() && (begin == 0 || is_line_end(text[begin - 1]));
    ends_line_ = end == blank_end() && (end == text.size() || line_end_length_ > 0);
}

Mark Mark::edge(std::string_view text, std::size_t at, const Follows& follows) {
    Mark edge(text, {at, 0}, 0, follows);
    edge.blanks_before_ = edge.blanks_behind_ = 0;
    edge.line_end_length_ = 0;
    edge.ends_line_ = false;  // alone it takes no line with it
    return edge;
}

Follows Mark::follows() const {
    return {.access = {static_cast<std::uint8_t>(readers_), static_cast<std::uint16_t>(plans_)},
            .details = static_cast<std::uint16_t>(details_),
            .starts_section = starts_section_,
            .is_literal = is_literal_,
            .is_outside = is_outside_};
}

void Mark::set_follows(const Follows& follows) {
    readers_ = follows.access.readers & 7U;
    plans_ = follows.access.plans & 0x3FFU;
    details_ = follows.details;
    starts_section_ = follows.starts_section;
    is_literal_ = follows.is_literal;
    is_outside_ = follows.is_outside;
}

Vanishing MarkerLines::next() {
    if (next_ == group_end_) read_group();
    const auto& mark = marks_[next_];
    const bool is_first = next_++ == first_;
    if (!fills_line_) return {mark.span(), {}};
    const auto begin = is_first ? group_.offset : mark.span().offset;
    const auto end = next_ == group_end_ ? group_.end() : marks_[next_].span().offset;
    return {{begin, end - begin}, line_end_};
}

void MarkerLines::read_group() {
    first_ = next_;
    const auto* last = &marks_[group_end_++];
    while (group_end_ < marks_.size() && last->blank_end() == marks_[group_end_].span().offset) {
        last = &marks_[group_end_++];
    }
    const auto begin = marks_[first_].blank_begin();
    line_end_ = {last->blank_end(), last->line_end_length()};
    fills_line_ = marks_[first_].begins_line() && last->ends_line();
    group_ = {begin, line_end_.end() - begin};
}

}  // namespace paywall
