#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "parser/edition.hpp"
#include "tools/digest.hpp"
#include "tools/file/status.hpp"

namespace paywall::tools {

/// An output as a run left it.
struct KnownOutput {
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0;
    std::int64_t changed = 0;  ///< 0: not known, as its links are counted otherwise soon
    Digest digest = {};

    /// Does the file still seem to be the one that was written?
    [[nodiscard]] bool is_intact(const FileStatus& now) const {
        return now.kind == EntryKind::file && now.identity.inode == inode && now.size == size &&
               now.modified == modified && (changed == 0 || now.changed == changed);
    }
};

enum class Judged : std::uint8_t {
    sound,
    warned,   ///< sound, with something to tell its author: each time
    refused,  ///< the same
    asset,    ///< no source: a file that is copied
};

/// How much of a source is for whom; bytes of content, without markers.
struct Shares {
    std::uint64_t segments = 0;
    std::uint64_t free_bytes = 0;
    std::uint64_t paid_bytes = 0;

    /// Those of the text behind, where the two meet in one segment.
    void join(const Shares& behind) {
        segments += behind.segments - (segments > 0 ? 1 : 0);
        free_bytes += behind.free_bytes;
        paid_bytes += behind.paid_bytes;
    }
};

/// The outputs of a source, preview first.
template <typename Value>
using PerEdition = std::array<Value, 2>;

[[nodiscard]] constexpr std::size_t index_of(EditionKind kind) {
    return kind == EditionKind::preview ? 0 : 1;
}

/// What a run knew of a source when it had done with it.
struct Known {
    FileStatus source;
    Digest content = {};
    std::uint64_t settings = 0;  ///< all that decided how it was cut, as one number
    Judged judged = Judged::sound;
    Shares shares = {};
    std::string account = {};  ///< account_members, where a report was written
    PerEdition<std::optional<KnownOutput>> outputs = {};
};

}  // namespace paywall::tools
