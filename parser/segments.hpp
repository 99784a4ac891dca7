#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "parser/access.hpp"
#include "parser/borders.hpp"
#include "parser/encoding.hpp"
#include "parser/source.hpp"

namespace paywall {

/// A run of content with one access, between two markers (or a marker and an end of the
/// source). Spans are of the source's bytes.
struct Segment {
    Access access = Access::free;
    /// Does it begin with an opener or a divider? Then a placeholder may stand for it.
    bool starts_section = false;
    /// Its text may hold markers that are none: they were escaped, or stood in a code fence.
    bool is_literal = false;
    /// Index in Document::details; 0: nothing is said.
    std::uint16_t details = 0;
    /// Everything between the markers.
    Span exact;
    /// The same without what vanishes with marker lines: a line that holds only markers,
    /// spaces and tabs goes whole, with its line end. Lies within `exact`.
    Span content;
    /// Of a segment not for everyone: the line of its opener vanished, and this was its line end (a
    /// span of the source). A placeholder for it stands on a line of its own.
    Span opener_line_end = {};

    friend bool operator==(const Segment&, const Segment&) = default;
};

/// The segments of a source, in order: at least one; empty ones between adjacent markers too. Kept
/// as their borders, four bytes a marker: each segment is made when it is asked for, and given by
/// value. Views the source's bytes.
class Segments {
public:
    class Iterator;
    using value_type = Segment;

    /// Of the whole text, free.
    explicit Segments(Text text) : text_(std::move(text)) {}
    /// `start` is of the text before the first border. The borders are finished.
    Segments(Text text, const Follows& start, Borders borders)
        : text_(std::move(text)), start_(start), borders_(std::move(borders)) {}

    [[nodiscard]] std::size_t size() const { return borders_.size() + 1; }
    [[nodiscard]] Segment operator[](std::size_t i) const;
    [[nodiscard]] Segment front() const { return (*this)[0]; }
    [[nodiscard]] Segment back() const { return (*this)[size() - 1]; }
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

    [[nodiscard]] Access access(std::size_t i) const { return follows(i).access; }
    void set_access(std::size_t i, Access access);
    /// A placeholder for a segment that no line of markers is before: what line end stands behind
    /// it (a span of the decoded text).
    void lend_line_end(std::size_t i, Span line_end);

private:
    [[nodiscard]] Follows follows(std::size_t i) const {
        return i == 0 ? start_ : borders_[i - 1].follows();
    }

    Text text_;
    Follows start_ = {};
    Borders borders_ = {};
    std::size_t borrower_ = 0;
    Span lent_line_end_ = {};
};

/// Random access, by value. Views the segments.
class Segments::Iterator {
public:
    using iterator_concept = std::random_access_iterator_tag;
    using iterator_category = std::input_iterator_tag;  // as it gives values, not references
    using value_type = Segment;
    using difference_type = std::ptrdiff_t;
    using reference = Segment;
    using pointer = void;

    Iterator() = default;
    Iterator(const Segments& segments, difference_type index)
        : segments_(&segments), index_(index) {}

    Segment operator*() const { return (*segments_)[static_cast<std::size_t>(index_)]; }
    Segment operator[](difference_type n) const { return *(*this + n); }

    Iterator& operator+=(difference_type n) {
        index_ += n;
        return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this -= 1; }
    Iterator operator++(int) {
        const auto old = *this;
        ++*this;
        return old;
    }
    Iterator operator--(int) {
        const auto old = *this;
        --*this;
        return old;
    }
    friend Iterator operator+(Iterator at, difference_type n) { return at += n; }
    friend Iterator operator+(difference_type n, Iterator at) { return at += n; }
    friend Iterator operator-(Iterator at, difference_type n) { return at -= n; }
    friend difference_type operator-(const Iterator& one, const Iterator& other) {
        return one.index_ - other.index_;
    }
    friend bool operator==(const Iterator& one, const Iterator& other) {
        return one.index_ == other.index_;
    }
    friend std::strong_ordering operator<=>(const Iterator& one, const Iterator& other) {
        return one.index_ <=> other.index_;
    }

private:
    const Segments* segments_ = nullptr;
    difference_type index_ = 0;
};

inline Segments::Iterator Segments::begin() const {
    return {*this, 0};
}
inline Segments::Iterator Segments::end() const {
    return {*this, static_cast<std::ptrdiff_t>(size())};
}

}  // namespace paywall
