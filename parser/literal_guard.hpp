#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parser/dialect.hpp"

namespace paywall {

/// Which of some ASCII literals may begin at a place, told from its next few bytes: most places
/// begin none, and comparing with each is dear.
class LiteralGuard {
public:
    static constexpr std::size_t width = 8;

    /// Numbers the literal: from 0, in the order of adding.
    void add(std::string_view literal, Letters letters);

    /// The bits (some literals share one) of those that may begin a text.
    [[nodiscard]] std::uint64_t admitted(std::string_view text) const {
        if (text.size() < width) return ~std::uint64_t{0};
        const auto goes_on = [&](std::size_t i) {
            return sets_[i][static_cast<unsigned char>(text[i])];
        };
        auto left = goes_on(0) & goes_on(1);
        if (left == 0) return 0;  // as at most places; the rest without branches
        for (std::size_t i = 2; i < width; ++i) left &= goes_on(i);
        return left;
    }
    [[nodiscard]] static constexpr std::uint64_t bit_of(std::size_t literal) {
        return std::uint64_t{1} << literal % 64;
    }
    /// So many bytes of an admitted literal are known to be the text's.
    [[nodiscard]] std::size_t proven(std::string_view text) const {
        return count_ <= 64 && text.size() >= width ? width : 0;
    }

private:
    // By position and byte: the literals that may go on there, a bit each.
    std::array<std::array<std::uint64_t, 256>, width> sets_{};
    std::size_t count_ = 0;
};

}  // namespace paywall
