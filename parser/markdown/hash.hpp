#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace paywall::markdown {

[[nodiscard]] inline std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
    seed ^= value + 0x9E3779B97F4A7C15U + (seed << 6U) + (seed >> 2U);
    return seed * 0xBF58476D1CE4E5B9U;
}

[[nodiscard]] inline std::uint64_t hash(std::string_view text) {
    return std::hash<std::string_view>()(text);
}

}  // namespace paywall::markdown
