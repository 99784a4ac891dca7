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

/// With sanitizers or without optimisation: everything takes many times as long, so the tests that
/// go on as long as one likes do less.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PAYWALL_HAS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(PAYWALL_HAS_SANITIZER) || !defined(__OPTIMIZE__)
inline constexpr bool is_slow_build = true;
#else
inline constexpr bool is_slow_build = false;
#endif

}  // namespace paywall::test
