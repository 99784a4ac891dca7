#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace paywall {

/// Which bytes of a source became which bytes of its UTF-8 text, character by character. Kept as
/// runs of characters with the same two lengths, four bytes each, and one checkpoint for every 64
/// runs: a text in one script takes next to nothing, the worst one 4.25 bytes a character.
///
/// A unit is what the encoding maps as a whole: one character, or the few that one sequence
/// stands for (か゚ in EUC-JIS-2004). An offset inside a unit is taken back to the unit's start,
/// in both directions, so that adjacent spans stay adjacent.
class OffsetMap {
public:
    /// The lengths of a unit, in bytes.
    struct Unit {
        std::uint8_t utf8;
        std::uint8_t source;

        friend bool operator==(const Unit&, const Unit&) = default;
    };

    /// The next `count` units. Neither length is 0.
    void append(Unit unit, std::size_t count) {
        for (; count > longest_run; count -= longest_run) push({unit, longest_run});
        if (count > 0) push({unit, static_cast<std::uint16_t>(count)});
    }

    [[nodiscard]] std::size_t to_source(std::size_t utf8) const {
        return map<&Place::utf8, &Place::source, &Unit::utf8, &Unit::source>(utf8);
    }
    [[nodiscard]] std::size_t to_utf8(std::size_t source) const {
        return map<&Place::source, &Place::utf8, &Unit::source, &Unit::utf8>(source);
    }

private:
    struct Place {
        std::size_t utf8 = 0;
        std::size_t source = 0;
    };
    struct Run {
        Unit unit;
        std::uint16_t count;
    };
    static constexpr std::size_t runs_per_checkpoint = 64;
    static constexpr std::size_t runs_per_chunk = 64 * runs_per_checkpoint;
    static constexpr std::uint16_t longest_run = 0xFFFF;

    void push(Run run) {
        if (chunks_.empty() || chunks_.back().size() == runs_per_chunk) {
            chunks_.emplace_back();
            if (chunks_.size() > 1) chunks_.back().reserve(runs_per_chunk);
        }
        auto& runs = chunks_.back();
        if (runs.size() % runs_per_checkpoint == 0) checkpoints_.push_back(end_);
        runs.push_back(run);
        end_.utf8 += std::size_t{run.count} * run.unit.utf8;
        end_.source += std::size_t{run.count} * run.unit.source;
    }

    template <auto FromPlace, auto ToPlace, auto FromUnit, auto ToUnit>
    [[nodiscard]] std::size_t map(std::size_t offset) const {
        if (offset >= end_.*FromPlace) return end_.*ToPlace;
        const auto after = std::upper_bound(
            checkpoints_.begin(), checkpoints_.end(), offset,
            [](std::size_t value, const Place& place) { return value < place.*FromPlace; });
        const auto index = static_cast<std::size_t>(after - checkpoints_.begin()) - 1;
        Place place = checkpoints_[index];
        for (std::size_t i = index * runs_per_checkpoint;; ++i) {
            const Run& run = chunks_[i / runs_per_chunk][i % runs_per_chunk];
            const std::size_t length = std::size_t{run.count} * (run.unit.*FromUnit);
            if (offset < place.*FromPlace + length) {
                const std::size_t units = (offset - place.*FromPlace) / (run.unit.*FromUnit);
                return place.*ToPlace + units * (run.unit.*ToUnit);
            }
            place.*FromPlace += length;
            place.*ToPlace += std::size_t{run.count} * (run.unit.*ToUnit);
        }
    }

    std::vector<std::vector<Run>> chunks_;  // many runs are not copied when there are more
    std::vector<Place> checkpoints_;        // where the runs 0, 64, 128, … begin
    Place end_;
};

}  // namespace paywall
