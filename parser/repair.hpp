#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/diagnostic.hpp"
#include "parser/parse.hpp"

namespace paywall {

/// A source whose lookalikes have been written as the markers that they stand for.
struct Repair {
    std::string bytes;              ///< in the source's encoding; all else is as it was
    std::vector<Diagnostic> fixed;  ///< in order; spans are of the source as it was
};

/// Why a source stays as it is.
struct NoRepair {
    enum class Reason {
        sound,          ///< it has no fault
        no_fix,         ///< no fault of it has one safe fix
        still_faulty,   ///< with all fixes it would be refused for `rule`
        empty_section,  ///< a fix would leave a section with nothing in it
        half_element,   ///< the fixes would take one tag of an element and leave the other
        ambiguous,  ///< it is sound as well where the lookalikes are text, and publishes less then
    };
    Reason reason;
    Rule rule = Rule::malformed_marker;
};

/// Applies the fixes of a source's diagnostics: all of them, if the source is well-formed then, or
/// none. Where a section ends is never guessed, for such faults have no fix. Says nothing of the
/// self-check of editions: whoever publishes renders them. Throws std::bad_alloc only.
[[nodiscard]] std::variant<Repair, NoRepair> repair(const Parser& parser, std::string_view source,
                                                    const ParseOptions& options = {});

}  // namespace paywall
