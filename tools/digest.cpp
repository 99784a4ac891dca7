#include "tools/digest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace paywall::tools {
namespace {

Digest from(XXH128_hash_t hash) {
    return {hash.high64, hash.low64};
}

}  // namespace

Digest digest_of(std::string_view bytes) {
    return from(XXH3_128bits(bytes.data(), bytes.size()));
}

Digest digest_of(const std::vector<std::string_view>& pieces) {
    if (pieces.size() == 1) return digest_of(pieces.front());
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    for (const auto piece : pieces) XXH3_128bits_update(&state, piece.data(), piece.size());
    return from(XXH3_128bits_digest(&state));
}

Digest digest_of(const std::function<std::string_view()>& next) {
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    for (auto piece = next(); !piece.empty(); piece = next())
        XXH3_128bits_update(&state, piece.data(), piece.size());
    return from(XXH3_128bits_digest(&state));
}

std::uint64_t stable_hash(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace paywall::tools
