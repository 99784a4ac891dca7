#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace paywall::test {

/// The seed of this run: the environment's PAYWALL_SEED, or always the same. Printed, so that
/// a run can be repeated.
inline std::uint64_t run_seed() {
    static const std::uint64_t seed = [] {
        const char* given = std::getenv("PAYWALL_SEED");
        const std::uint64_t value = given ? std::stoull(given) : 20240229;
        std::cout << "PAYWALL_SEED=" << value << '\n';
        return value;
    }();
    return seed;
}

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace paywall::test
