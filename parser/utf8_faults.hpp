#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace paywall {

/// What UTF-8 forbids of two bytes in a row, told from their halves as one bit of eight (J. Keiser,
/// D. Lemire 2021, "Validating UTF-8 in less than one instruction per byte"): a table look-up for
/// each half but the last, which no rule asks for. Two tails in a row, the highest bit, are
/// forbidden unless a lead that wants so many stands before them.
struct Utf8Faults {
    using Table = std::array<std::uint8_t, 16>;  // by half of a byte

    static constexpr std::uint8_t two_tails = 0x80;
    static constexpr std::uint8_t lead_of_three = 0xE0;  // the least
    static constexpr std::uint8_t lead_of_four = 0xF0;

    Table first_high{};
    Table first_low{};
    Table second_high{};

    constexpr Utf8Faults() {
        constexpr Halves ascii{0x0, 0x7}, tails{0x8, 0xB}, leads{0xC, 0xF}, any{0x0, 0xF};
        forbid(0x01, leads, any, ascii);
        forbid(0x01, leads, any, leads);
        forbid(0x02, ascii, any, tails);
        forbid(0x04, {0xC, 0xC}, {0x0, 0x1}, tails);       // too long for ASCII
        forbid(0x08, {0xE, 0xE}, {0x0, 0x0}, {0x8, 0x9});  // for less than U+0800
        forbid(0x10, {0xE, 0xE}, {0xD, 0xD}, {0xA, 0xB});  // surrogates
        forbid(0x20, {0xF, 0xF}, {0x0, 0x0}, {0x8, 0x8});  // too long for less than U+10000
        forbid(0x20, {0xF, 0xF}, {0x5, 0xF}, {0x8, 0x8});  // beyond U+10FFFF, as is the next
        forbid(0x40, {0xF, 0xF}, {0x4, 0xF}, {0x9, 0xB});
        forbid(two_tails, tails, any, tails);
    }

    /// Does the last of four bytes go on, or begin, a sequence as it must behind the others?
    [[nodiscard]] constexpr bool allow(const std::array<std::uint8_t, 4>& bytes) const {
        const auto faults =
            first_high[bytes[2] >> 4U] & first_low[bytes[2] & 0xFU] & second_high[bytes[3] >> 4U];
        const bool is_wanted = bytes[1] >= lead_of_three || bytes[0] >= lead_of_four;
        return faults == (is_wanted ? two_tails : 0);
    }

private:
    struct Halves {
        std::size_t least;
        std::size_t most;
    };

    constexpr void forbid(std::uint8_t bit, Halves high, Halves low, Halves next_high) {
        const auto mark = [bit](Table& table, Halves halves) {
            for (auto half = halves.least; half <= halves.most; ++half)
                table[half] = static_cast<std::uint8_t>(table[half] | bit);
        };
        mark(first_high, high);
        mark(first_low, low);
        mark(second_high, next_high);
    }
};

inline constexpr Utf8Faults utf8_faults;

}  // namespace paywall
