#pragma once

#include <cstddef>

#include "parser/unit_starts.hpp"

namespace paywall {

/// Which bytes of a source became which bytes of its UTF-8 text, character by character: the unit
/// at a place of the one text is that of the same number in the other. Takes a bit for each byte of
/// both.
///
/// A unit is what the encoding maps as a whole: one character, or the few that one sequence
/// stands for (か゚ in EUC-JIS-2004). An offset inside a unit is taken back to the unit's start,
/// in both directions, so that adjacent spans stay adjacent.
class OffsetMap {
public:
    /// The lengths of a unit, in bytes. Neither is 0.
    struct Unit {
        std::size_t utf8;
        std::size_t source;

        friend bool operator==(const Unit&, const Unit&) = default;
    };

    /// The next `count` units.
    void append(Unit unit, std::size_t count) {
        utf8_.append(unit.utf8, count);
        source_.append(unit.source, count);
    }

    [[nodiscard]] std::size_t to_source(std::size_t utf8) const {
        return map(utf8, utf8_, source_);
    }
    [[nodiscard]] std::size_t to_utf8(std::size_t source) const {
        return map(source, source_, utf8_);
    }

private:
    [[nodiscard]] static std::size_t map(std::size_t offset, const UnitStarts& from,
                                         const UnitStarts& to) {
        if (offset >= from.size()) return to.size();
        return to.start_of(from.count_to(offset) - 1);
    }

    UnitStarts utf8_;
    UnitStarts source_;
};

}  // namespace paywall
