#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace paywall::audit {

/// A part of a text that stands for its neighbourhood.
struct Fingerprint {
    std::size_t offset;  ///< of the gram
    std::uint32_t hash;  ///< of the gram, evenly spread
};

/// Winnowing (Schleimer, Wilkerson and Aiken, 2003): of every `window` grams of `gram` bytes in a
/// row, the one with the smallest hash is a fingerprint, of equals the last. So two texts that
/// share a run of `guarantee` bytes share a fingerprint within it.
class Winnow {
public:
    static constexpr std::size_t least_guarantee = 8;

    explicit Winnow(std::size_t guarantee)
        : gram_(std::clamp<std::size_t>(guarantee * 2 / 5, word, 2 * word)),
          window_(std::min(guarantee - gram_ + 1, widest)) {}

    [[nodiscard]] std::size_t gram() const { return gram_; }

    /// Visits the fingerprints of a text in their order. A block of `window` grams at a time: each
    /// window is the end of one block and the beginning of the next, and the smallest of both
    /// parts is known without a look back (van Herk, 1992). There is no branch that depends on
    /// hashes, for no processor would foresee it.
    template <typename Visitor>
    void select(std::string_view text, const Visitor& visit) const {
        if (text.size() < gram_ + window_ - 1) return;
        Keys keys;  // of the grams of this block
        Keys ends;  // the smallest from each gram of the last block to its end
        Keys found;
        ends.fill(none);
        std::uint64_t last = none;
        const std::size_t grams = text.size() - gram_ + 1;
        for (std::size_t begin = 0; begin < grams; begin += window_) {
            const std::size_t count = std::min(window_, grams - begin);
            for (std::size_t i = 0; i < count; ++i)
                keys[i] = (hash(text.data() + begin + i) & ~distance) | (window_ - 1 - i);
            std::uint64_t smallest = none;
            std::size_t size = 0;
            const auto add = [&](std::size_t i) {
                smallest = least(smallest, keys[i]);
                const std::uint64_t key = least(smallest, ends[i + 1]);
                found[size] = key;
                size += (key ^ last) != 0 ? 1 : 0;
                last = key;
            };
            if (begin == 0) {  // only the last window is whole
                for (std::size_t i = 0; i + 1 < count; ++i) smallest = least(smallest, keys[i]);
                add(count - 1);
            } else {
                for (std::size_t i = 0; i < count; ++i) add(i);
            }
            for (std::size_t i = 0; i < size; ++i)
                visit(Fingerprint{begin + window_ - 1 - (found[i] & distance), spread(found[i])});
            if (count < window_) return;
            last += window_;
            for (std::size_t i = window_; i-- > 0;) ends[i] = least(ends[i + 1], keys[i] + window_);
        }
    }

private:
    /// The last bits of a gram's key, below those of its hash: how far it lies before the end of
    /// the block, or of the next one. So of equal hashes the last is the smallest.
    static constexpr std::uint64_t distance = 0x7F;
    static constexpr std::size_t widest = 64;
    static constexpr std::uint64_t none = ~std::uint64_t{0};
    static constexpr std::size_t word = sizeof(std::uint64_t);

    using Keys = std::array<std::uint64_t, widest + 1>;

    static std::uint64_t least(std::uint64_t one, std::uint64_t other) {
        return other < one ? other : one;
    }
    static std::uint64_t load(const char* bytes) {
        std::uint64_t number;
        std::memcpy(&number, bytes, word);
        return number;
    }
    /// Of the gram's first and last words, which overlap: its higher bits depend on all of it.
    [[nodiscard]] std::uint64_t hash(const char* gram) const {
        return load(gram) * 0xBF58476D1CE4E5B9U + load(gram + gram_ - word) * 0x94D049BB133111EBU;
    }
    /// The smallest of many hashes is small: what it is stored under must not be.
    static constexpr std::uint32_t spread(std::uint64_t key) {
        return static_cast<std::uint32_t>(((key | distance) * 0x9E3779B97F4A7C15U) >> 32);
    }

    std::size_t gram_;
    std::size_t window_;
};

}  // namespace paywall::audit
