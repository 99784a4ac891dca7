#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/bytes.hpp"
#include "parser/source.hpp"
#include "tools/digest.hpp"

namespace paywall::tools {

/// A file that a paid part uses.
struct PaidAsset {
    std::string path;              ///< audit::asset_path
    std::optional<Digest> digest;  ///< of its bytes, where it lies beside the sources
    std::string source;
    Location location;  ///< of the segment
};

/// The files that only paid parts use. Filled by one thread; then asked by any number.
class PaidAssets {
public:
    void add_paid(PaidAsset asset) { assets_.push_back(std::move(asset)); }
    void add_free(std::string path) { free_.insert(std::move(path)); }
    /// Not all is known of who uses what: a source is no text, or no one could look at all of them.
    void doubt() { is_sure_ = false; }
    /// A source could not be read, and why: another run may know more.
    void miss(std::string why) {
        if (missed_.empty()) missed_ = std::move(why);
    }
    /// Drops those that free text uses too.
    void settle();

    /// The one that a published file is: by the end of its path, or by its bytes whatever it is
    /// called.
    [[nodiscard]] const PaidAsset* find(std::string_view published,
                                        const audit::Bytes& bytes) const;

    /// Is a file at this path below the sources kept out of previews? It is if only paid parts use
    /// it: under this path, or one that this one ends with (`static/a.png` is `/a.png`). In doubt
    /// it is if no free text uses it under this path.
    [[nodiscard]] bool withholds(std::string_view path) const;

    /// Why this run cannot say of a file whether only paid parts use it; empty where it can.
    [[nodiscard]] std::string_view unknown(std::string_view path) const;

    /// The same text for the same assets.
    [[nodiscard]] std::string identity() const;

private:
    /// Is it, by the end of its path, one that only paid parts use?
    [[nodiscard]] bool is_paid(std::string_view path) const;
    /// Is it, by its path, one that free text uses?
    [[nodiscard]] bool is_free(std::string_view published) const;

    std::vector<PaidAsset> assets_;
    std::set<std::string> free_;
    std::set<std::string, std::less<>> paid_;  // the paths of assets_, once settled
    bool is_sure_ = true;
    std::string missed_;
};

/// The digest of a file below a directory that was named; none where none is there.
[[nodiscard]] std::optional<Digest> digest_of_asset(std::string_view root, const std::string& path);

}  // namespace paywall::tools
