#include "parser/unit_starts.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace paywall {
namespace {

/// Where the n-th bit from the lowest is that is set.
std::size_t place_of(std::uint64_t bits, std::size_t n) {
    for (; n > 0; --n) bits &= bits - 1;
    return static_cast<std::size_t>(std::countr_zero(bits));
}

/// How many units of a length begin in so many bytes.
std::size_t units_in(std::size_t bytes, std::size_t length) {
    return (bytes + length - 1) / length;
}

constexpr std::size_t longest_usual = 4;  // UTF-8's and GB18030's

/// A bit set for every byte, every second, third and fourth.
constexpr auto usual_starts = [] {
    std::array<std::uint64_t, longest_usual + 1> starts{};
    for (std::size_t length = 1; length < starts.size(); ++length)
        for (std::size_t at = 0; at < 64; at += length) starts[length] |= std::uint64_t{1} << at;
    return starts;
}();

/// Where so many units of a length begin in the bytes of a word, the first at its start.
std::uint64_t starts_of(std::size_t length, std::size_t count) {
    if (count == 1) return 1;
    if (length > longest_usual) return starts_of(length, count - 1) << length | 1;
    const auto bytes = count * length;
    return bytes < 64 ? usual_starts[length] & ((std::uint64_t{1} << bytes) - 1)
                      : usual_starts[length];
}

std::size_t count_of(std::uint64_t bits) {
    return static_cast<std::size_t>(std::popcount(bits));
}

}  // namespace

void UnitStarts::append_many(std::size_t length, std::size_t count) {
    while (count > 0) {
        const auto at = size_ % bits_per_word;
        const bool is_room = count <= bits_per_word && at + count * length <= bits_per_word;
        const auto here = is_room ? count : std::min(count, units_in(bits_per_word - at, length));
        last_word_ |= starts_of(length, here) << at;
        size_ += here * length;
        count -= here;
        if (at + here * length >= bits_per_word) take_full_words();
    }
}

void UnitStarts::take_full_words() {
    for (; words_.size() < size_ / bits_per_word; last_word_ = 0) {
        if (words_.size() % words_per_block == 0) before_.push_back(count_);
        words_.push_back(last_word_);
        count_ += count_of(last_word_);
    }
}

std::size_t UnitStarts::count_to(std::size_t offset) const {
    const auto last = offset / bits_per_word;
    const auto block = last / words_per_block;
    auto count = block < before_.size() ? before_[block] : count_;
    for (auto i = block < before_.size() ? block * words_per_block : words_.size(); i < last; ++i)
        count += count_of(words_[i]);
    return count + count_of(word(last) << (bits_per_word - 1 - offset % bits_per_word));
}

std::size_t UnitStarts::start_of(std::size_t number) const {
    const auto block = std::ranges::upper_bound(before_, number) - before_.begin();
    std::size_t i = 0;
    if (block > 0) {
        i = static_cast<std::size_t>(block - 1) * words_per_block;
        number -= before_[static_cast<std::size_t>(block - 1)];
    }
    for (auto here = count_of(word(i)); number >= here; here = count_of(word(i))) {
        number -= here;
        ++i;
    }
    return i * bits_per_word + place_of(word(i), number);
}

}  // namespace paywall
