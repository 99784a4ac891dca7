#include "parser/borders.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>
#include <vector>

namespace paywall {
namespace {

constexpr std::size_t farthest = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Border::Border(const Mark& mark, const Follows& follows)
    : offset_(mark.span().offset),
      kind_{.length = static_cast<std::uint32_t>(mark.span().length),
            .marker = static_cast<std::uint16_t>(mark.marker())} {
    assert(span() == mark.span() && marker() == mark.marker());
    set_follows(follows);
}

void Border::set_follows(const Follows& follows) {
    kind_.readers = follows.access.readers;
    kind_.plans = follows.access.plans;
    kind_.details = follows.details;
    kind_.starts_section = follows.starts_section;
    kind_.is_literal = follows.is_literal;
    kind_.is_outside = follows.is_outside;
}

Borders::Kept Borders::kept(std::size_t i) const {
    const auto& chunk = chunks_[i / chunk_size];
    if (!chunk.wide.empty()) return chunk.wide[i % chunk_size];
    return {chunk.first + (near_[i] >> kind_bits),
            static_cast<std::uint16_t>(near_[i] & kind_mask)};
}

void Borders::push_back(Kept kept) {
    if (near_.size() % chunk_size == 0) chunks_.push_back({kept.offset, {}});
    auto& chunk = chunks_.back();
    const auto ahead = kept.offset - chunk.first;
    const bool is_near = ahead < reach && kept.kind <= kind_mask;
    if (!is_near && chunk.wide.empty()) widen(chunk);
    if (!is_near || !chunk.wide.empty()) chunk.wide.push_back(kept);
    near_.push_back(static_cast<std::uint32_t>(ahead << kind_bits | (kept.kind & kind_mask)));
}

void Borders::set_kind(std::size_t i, std::uint16_t kind) {
    auto& chunk = chunks_[i / chunk_size];
    if (kind > kind_mask && chunk.wide.empty()) widen(chunk);
    if (chunk.wide.empty()) {
        near_[i] = (near_[i] & ~kind_mask) | kind;
    } else {
        chunk.wide[i % chunk_size].kind = kind;
    }
}

/// With all that it holds by now: the last one.
void Borders::widen(Chunk& chunk) {
    std::vector<Kept> wide;
    const auto begin = static_cast<std::size_t>(&chunk - chunks_.data()) * chunk_size;
    const auto end = std::min(near_.size(), begin + chunk_size);
    for (auto i = begin; i < end; ++i) wide.push_back(kept(i));
    chunk.wide = std::move(wide);
}

Border Borders::operator[](std::size_t i) const {
    if (i == near_.size()) return *last_;
    const auto found = kept(i);
    return {found.offset, found.kind == other ? others_.at(i) : kinds_[found.kind]};
}

void Borders::set_follows(std::size_t i, const Follows& follows) {
    auto border = (*this)[i];
    border.set_follows(follows);
    put(i, border);
}

/// In the place of the one that is there.
void Borders::put(std::size_t i, const Border& border) {
    if (i == near_.size()) {
        *last_ = border;
        return;
    }
    const auto kind = number_of(border.kind_);
    set_kind(i, kind);
    if (kind == other) others_.insert_or_assign(i, border.kind_);
}

std::uint16_t Borders::number_of(const Border::Kind& kind) {
    constexpr std::size_t usual = 8;
    for (std::size_t i = 0; i < kinds_.size() && i < usual; ++i) {
        if (kinds_[i] == kind) return static_cast<std::uint16_t>(i);
    }
    const auto known = numbers_.find(kind);
    if (known != numbers_.end()) return known->second;
    if (kinds_.size() == other) return other;
    const auto number = static_cast<std::uint16_t>(kinds_.size());
    kinds_.push_back(kind);
    numbers_.emplace(kind, number);
    return number;
}

/// Nothing that comes later changes it by itself.
void Borders::keep_last() {
    if (!last_) return;
    const auto kind = number_of(last_->kind_);
    if (kind == other) others_.emplace(near_.size(), last_->kind_);
    push_back({last_->offset_, kind});
    last_.reset();
}

void Borders::add(const Mark& mark, const Follows& follows) {
    const auto offset = mark.span().offset;
    if (last_) end_at(offset);
    if (!last_ || blank_end_ != offset) {
        settle_group();
        group_ = size();
        group_begin_ = mark.blank_begin();
        group_begins_line_ = mark.begins_line() && offset - group_begin_ <= farthest;
    }
    keep_last();
    last_.emplace(mark, follows);
    blank_end_ = mark.blank_end();
    visible_begin_ = mark.visible_begin();
    line_end_length_ = mark.line_end_length();
    ends_line_ = mark.ends_line();
}

void Borders::finish(std::size_t text_size) {
    if (!last_) return;
    end_at(text_size);
    settle_group();
    keep_last();
}

/// The segment behind the last border ends here.
void Borders::end_at(std::size_t end) {
    auto& kind = last_->kind_;
    if (visible_begin_ < end) {
        has_visible_free_ = has_visible_free_ || (kind.readers & Access::anonymous) != 0;
    } else {
        kind.is_blank_behind = true;
        has_blank_section_ = has_blank_section_ || kind.starts_section;
    }
}

/// Its last border has been read: does it fill a line?
void Borders::settle_group() {
    if (!group_begins_line_ || !ends_line_ || !last_) return;
    if (blank_end_ - last_->span().end() > farthest) return;
    const auto last = size() - 1;
    auto& kind = last_->kind_;
    kind.to_end_of_line = static_cast<std::uint32_t>(blank_end_ - last_->span().end());
    kind.line_end_length = static_cast<std::uint8_t>(line_end_length_);
    if (group_ == last) {
        kind.gone_before = static_cast<std::uint32_t>(last_->offset_ - group_begin_);
        return;
    }
    lines_.push_back(last);
    for (auto i = group_; i < last; ++i) {
        auto border = (*this)[i];
        border.kind_.goes_on = true;
        if (i == group_)
            border.kind_.gone_before = static_cast<std::uint32_t>(border.offset_ - group_begin_);
        put(i, border);
    }
}

Span Borders::vanishing(std::size_t i) const {
    const auto border = (*this)[i];
    const auto span = border.span();
    const auto& kind = border.kind_;
    const auto begin = span.offset - kind.gone_before;
    const auto end = kind.goes_on ? (*this)[i + 1].span().offset
                                  : span.end() + kind.to_end_of_line + kind.line_end_length;
    return {begin, end - begin};
}

Span Borders::line_end(std::size_t i) const {
    if ((*this)[i].kind_.goes_on) i = *std::ranges::lower_bound(lines_, i);
    const auto border = (*this)[i];
    const auto& kind = border.kind_;
    if (kind.line_end_length == 0) return {};
    return {border.span().end() + kind.to_end_of_line, kind.line_end_length};
}

}  // namespace paywall
