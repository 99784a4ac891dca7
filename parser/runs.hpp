#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parser/document.hpp"

namespace paywall {

/// What a document says of a stretch of its content, whatever markers say it: segments that follow
/// each other and differ in nothing are one, and those that hold and say nothing are none.
struct Run {
    Audience audience;            ///< without plans where it is not for payers
    Details details = {};         ///< of everyone's: none
    bool starts_section = false;  ///< of everyone's: no
    std::string content;          ///< bytes of the source, without what vanishes with marker lines
    std::string line_end =
        {};  ///< of its opener's line, where that vanished and it starts a section

    std::size_t first = 0;  ///< of its segments, in Document::segments
    std::size_t end = 0;    ///< behind its last one
};

[[nodiscard]] std::vector<Run> runs_of(const Document& document);

/// Do both say the same, wherever it stands?
[[nodiscard]] bool say_the_same(const std::vector<Run>& one, const std::vector<Run>& other);

}  // namespace paywall
