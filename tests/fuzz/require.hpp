#pragma once

#include <cstdio>
#include <cstdlib>

namespace paywall::fuzz {

/// Stops the process, saying which promise was broken. Not assert(): it holds in every build.
inline void require(bool holds, const char* promise) {
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

}  // namespace paywall::fuzz
