#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "tools/known.hpp"
#include "tools/report.hpp"

namespace paywall::tools {

/// What a run made of one source.
enum class Verdict {
    written,    ///< at least one output was put in place
    unchanged,  ///< all outputs were as they should be
    refused,
    failed,
    removed,  ///< it is gone, and its outputs were deleted
    skipped,  ///< nothing was done: it is gone and its outputs stay, or the run stopped before it
};
constexpr std::size_t verdicts = 6;

[[nodiscard]] std::string_view verdict_name(Verdict verdict);

/// What became of one output.
enum class Change { written, unchanged, removed, kept };

[[nodiscard]] std::string_view change_name(Change change);

struct OutputFate {
    Change change = Change::kept;
    std::uint64_t bytes = 0;
    std::optional<KnownOutput> now = {};  ///< what the state is to know of it
};

/// What became of one source, and all there is to tell of it.
struct Fate {
    Verdict verdict = Verdict::failed;
    std::uint64_t bytes = 0;  ///< of the source
    Shares shares = {};
    PerEdition<std::optional<OutputFate>> outputs = {};
    std::optional<Known> known =
        {};  ///< what the state is to know of it from now on; none: as before
    Said said = {};
    std::string failure = {};      ///< of the machine
    std::string diagnostics = {};  ///< as a JSON array, where a report is written
    std::string account = {};      ///< account_members, the same
};

/// How many met which verdict, and how much was read.
struct Counts {
    std::size_t of[verdicts] = {};
    std::uint64_t bytes = 0;

    [[nodiscard]] std::size_t operator[](Verdict verdict) const {
        return of[static_cast<std::size_t>(verdict)];
    }
    void add(const Fate& fate) {
        ++of[static_cast<std::size_t>(fate.verdict)];
        bytes += fate.bytes;
    }
    Counts& operator+=(const Counts& other);
    [[nodiscard]] std::size_t all() const;
};

}  // namespace paywall::tools
