#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace paywall::tools {

/// Tells contents apart (XXH3, 128 bits). Not for secrets: whoever can make two contents with one
/// digest can write the files in the first place.
struct Digest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    friend auto operator<=>(const Digest&, const Digest&) = default;
};

[[nodiscard]] Digest digest_of(std::string_view bytes);
/// Of the pieces joined.
[[nodiscard]] Digest digest_of(const std::vector<std::string_view>& pieces);

/// Of all that `next` gives, piece by piece; an empty piece ends it.
[[nodiscard]] Digest digest_of(const std::function<std::string_view()>& next);

/// The digest of bytes that come piece by piece.
class DigestMaker {
public:
    DigestMaker();
    ~DigestMaker();

    void add(std::string_view piece);
    /// Of all pieces so far, joined.
    [[nodiscard]] Digest digest() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The same number for the same bytes on every machine and in every version.
[[nodiscard]] std::uint64_t stable_hash(std::string_view bytes);

}  // namespace paywall::tools
