#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
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
    explicit Winnow(std::size_t guarantee)
        : gram_(std::clamp<std::size_t>(guarantee * 3 / 5, 1, 32)),
          window_(std::min<std::size_t>(guarantee - gram_ + 1, ring)) {
        std::uint64_t state = 0;
        for (std::size_t byte = 0; byte < 256; ++byte) {
            in_[byte] = next_random(state);
            out_[byte] = std::rotl(in_[byte], static_cast<int>(gram_ - 1));
        }
    }

    [[nodiscard]] std::size_t gram() const { return gram_; }

    /// Visits the fingerprints of a text in their order.
    template <typename Visitor>
    void select(std::string_view text, const Visitor& visit) const {
        if (text.size() < gram_ + window_ - 1) return;
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        std::array<std::uint64_t, ring> hashes;
        std::uint64_t hash = 0;  // a cyclic polynomial of the last bytes
        for (std::size_t i = 0; i + 1 < gram_; ++i) hash = std::rotl(hash, 1) ^ in_[bytes[i]];
        const std::size_t grams = text.size() - gram_ + 1;
        std::uint64_t smallest = ~std::uint64_t{0};
        std::size_t at = 0;
        for (std::size_t i = 0; i < grams; ++i) {
            hash = std::rotl(hash, 1) ^ in_[bytes[i + gram_ - 1]];
            hashes[i % ring] = hash;
            if (hash <= smallest) {
                smallest = hash;
                at = i;
                if (i + 1 >= window_) visit(Fingerprint{at, spread(hash)});
            } else if (i + 1 == window_) {
                visit(Fingerprint{at, spread(smallest)});
            } else if (i - at == window_) {
                smallest = hash;
                at = i;
                for (std::size_t j = i; --j > i - window_;) {
                    if (hashes[j % ring] < smallest) {
                        smallest = hashes[j % ring];
                        at = j;
                    }
                }
                visit(Fingerprint{at, spread(smallest)});
            }
            hash ^= out_[bytes[i]];  // what the oldest byte has come to
        }
    }

private:
    static constexpr std::size_t ring = 64;

    static constexpr std::uint64_t next_random(std::uint64_t& state) {  // SplitMix64
        std::uint64_t z = state += 0x9E3779B97F4A7C15U;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27) * 0x94D049BB133111EBU;
        return z ^ z >> 31;
    }
    /// The smallest of many hashes is small: what it is stored under must not be.
    static constexpr std::uint32_t spread(std::uint64_t hash) {
        return static_cast<std::uint32_t>((hash * 0x9E3779B97F4A7C15U) >> 32);
    }

    std::size_t gram_;
    std::size_t window_;
    std::array<std::uint64_t, 256> in_{};
    std::array<std::uint64_t, 256> out_{};
};

}  // namespace paywall::audit
