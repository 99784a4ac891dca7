#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace paywall {

/// A byte range in a source: offset from 0. Always in the source's original bytes,
/// whatever its encoding, unless a declaration says "of the decoded text".
struct Span {
    std::size_t offset = 0;
    std::size_t length = 0;

    [[nodiscard]] constexpr std::size_t end() const { return offset + length; }
    friend bool operator==(const Span&, const Span&) = default;
};

/// A place for people: line and column from 1; a column is a Unicode code point.
struct Location {
    std::size_t line = 1;
    std::size_t column = 1;

    friend bool operator==(const Location&, const Location&) = default;
};

/// A source as messages speak of it. The line index is made at the first question, so a
/// source that nothing is to be said of costs nothing. Line ends are LF, CRLF and CR; a
/// byte-order mark is part of no line. Views the bytes given: they must outlive it. For one thread.
class Source {
public:
    /// `encoding` as in ParseOptions. Bytes that do not decode are shown as they are, with
    /// every byte that is not ASCII as U+FFFD, one column each.
    explicit Source(std::string_view bytes, std::string_view encoding = {});

    [[nodiscard]] Location locate(std::size_t offset) const;

    /// One line in UTF-8 without its line end, and the part of it that a span covers
    /// (clipped to the line), both in bytes of that text.
    struct Line {
        std::string_view text;
        Span marked;
    };
    [[nodiscard]] Line line_of(Span span) const;

private:
    struct Index;
    const Index& index() const;

    std::string_view bytes_;
    std::string encoding_;
    mutable std::shared_ptr<const Index> index_;  // none before the first question
};

}  // namespace paywall
