#include "parser/borders.hpp"

#include <cassert>
#include <limits>

namespace paywall {
namespace {

constexpr std::size_t farthest = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Border::Border(const Mark& mark, const Follows& follows)
    : offset_low_(static_cast<std::uint32_t>(mark.span().offset)),
      offset_high_(static_cast<std::uint16_t>(mark.span().offset >> 32U)),
      marker_(mark.marker() & 0xFFFU),
      line_end_length_(0),
      goes_on_(0),
      is_blank_behind_(0),
      length_(static_cast<std::uint32_t>(mark.span().length)),
      gone_before_(0),
      to_end_of_line_(0) {
    assert(span() == mark.span() && marker_ == mark.marker());
    set_follows(follows);
}

void Border::set_follows(const Follows& follows) {
    readers_ = follows.access.readers & 7U;
    plans_ = follows.access.plans & 0x3FFU;
    details_ = follows.details;
    starts_section_ = follows.starts_section ? 1 : 0;
    is_literal_ = follows.is_literal ? 1 : 0;
    is_outside_ = follows.is_outside ? 1 : 0;
}

void Borders::push(const Mark& mark, const Follows& follows) {
    if (empty() || chunks_.back().size() == chunk_size) {
        const bool are_many = !empty();
        chunks_.emplace_back();
        if (are_many) chunks_.back().reserve(chunk_size);
    }
    chunks_.back().emplace_back(mark, follows);
}

void Borders::add(const Mark& mark, const Follows& follows) {
    const auto offset = mark.span().offset;
    if (!empty()) end_at(offset);
    if (empty() || blank_end_ != offset) {
        settle_group();
        group_ = size();
        group_begin_ = mark.blank_begin();
        group_begins_line_ = mark.begins_line() && offset - group_begin_ <= farthest;
    }
    push(mark, follows);
    blank_end_ = mark.blank_end();
    visible_begin_ = mark.visible_begin();
    line_end_length_ = mark.line_end_length();
    ends_line_ = mark.ends_line();
}

void Borders::finish(std::size_t text_size) {
    if (empty()) return;
    end_at(text_size);
    settle_group();
}

/// The segment behind the last border ends here.
void Borders::end_at(std::size_t end) {
    auto& border = last();
    if (visible_begin_ < end) {
        has_visible_free_ = has_visible_free_ || (border.readers_ & Access::anonymous) != 0;
    } else {
        border.is_blank_behind_ = 1;
        has_blank_section_ = has_blank_section_ || border.starts_section_ != 0;
    }
}

/// Its last border has been read: does it fill a line?
void Borders::settle_group() {
    if (!group_begins_line_ || !ends_line_ || empty()) return;
    if (blank_end_ - last().span().end() > farthest) return;
    auto& first = (*this)[group_];
    first.gone_before_ = static_cast<std::uint32_t>(first.span().offset - group_begin_);
    for (auto i = group_; i < size(); ++i) {
        auto& border = (*this)[i];
        const auto distance = blank_end_ - border.span().end();
        const bool is_told = distance <= farthest;
        border.goes_on_ = i + 1 < size() ? 1 : 0;
        border.to_end_of_line_ = static_cast<std::uint32_t>(is_told ? distance : 0);
        border.line_end_length_ = static_cast<std::uint8_t>(is_told ? line_end_length_ : 0) & 3U;
    }
}

Span Borders::vanishing(std::size_t i) const {
    const auto& border = (*this)[i];
    const auto span = border.span();
    const auto begin = span.offset - border.gone_before_;
    const auto end = border.goes_on_ != 0
                         ? (*this)[i + 1].span().offset
                         : span.end() + border.to_end_of_line_ + border.line_end_length_;
    return {begin, end - begin};
}

Span Borders::line_end(std::size_t i) const {
    const auto& border = (*this)[i];
    if (border.line_end_length_ == 0) return {};
    return {border.span().end() + border.to_end_of_line_, border.line_end_length_};
}

}  // namespace paywall
