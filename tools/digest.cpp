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

struct DigestMaker::State {
    XXH3_state_t hash;
};

DigestMaker::DigestMaker() : state_(std::make_unique<State>()) {
    XXH3_128bits_reset(&state_->hash);
}
DigestMaker::~DigestMaker() = default;

void DigestMaker::add(std::string_view piece) {
    XXH3_128bits_update(&state_->hash, piece.data(), piece.size());
}

Digest DigestMaker::digest() const {
    return from(XXH3_128bits_digest(&state_->hash));
}

Digest digest_of(const std::function<std::string_view()>& next) {
    DigestMaker maker;
    for (auto piece = next(); !piece.empty(); piece = next()) maker.add(piece);
    return maker.digest();
}

std::uint64_t stable_hash(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace paywall::tools
