#pragma once

#include <cstddef>
#include <cstdint>

#include "parser/large_pages.hpp"

namespace paywall {

/// Where the units of a text begin, which lie in it side by side: one bit a byte. Counts them up to
/// a place, and finds the place of any of them.
class UnitStarts {
public:
    /// The next `count` units, of so many bytes each, at least one.
    void append(std::size_t length, std::size_t count) {
        const auto at = size_ % bits_per_word;
        if (count != 1 || at + length >= bits_per_word) return append_many(length, count);
        last_word_ |= std::uint64_t{1} << at;
        size_ += length;
    }

    /// Of the text, in bytes.
    [[nodiscard]] std::size_t size() const { return size_; }
    /// How many begin before or at a place, which lies in the text.
    [[nodiscard]] std::size_t count_to(std::size_t offset) const;
    /// Where the unit of that number, from 0, begins; there is one.
    [[nodiscard]] std::size_t start_of(std::size_t number) const;

private:
    static constexpr std::size_t bits_per_word = 64;
    static constexpr std::size_t words_per_block = 16;

    void append_many(std::size_t length, std::size_t count);
    void take_full_words();
    [[nodiscard]] std::uint64_t word(std::size_t i) const {
        return i < words_.size() ? words_[i] : last_word_;
    }

    LargeVector<std::uint64_t> words_;  // but for the last, which is not full
    std::uint64_t last_word_ = 0;
    LargeVector<std::size_t> before_;  // units that begin before each block of words
    std::size_t count_ = 0;            // … in all words but the last
    std::size_t size_ = 0;
};

}  // namespace paywall
