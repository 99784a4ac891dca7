#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/source.hpp"

namespace paywall {

/// The blocks of WordPress that are open at places of a text, by their comments: `<!-- wp:group
/// -->` opens, `<!-- /wp:group -->` closes, `<!-- wp:spacer /-->` is whole. A closing comment of
/// another name closes nothing: what was opened stays open. Reads each byte once. Views the text.
class OpenBlocks {
public:
    explicit OpenBlocks(std::string_view text) : text_(text) {}

    /// The comment of the innermost block that is open at a place. Places must not decrease from
    /// call to call.
    [[nodiscard]] std::optional<Span> innermost_at(std::size_t at);

private:
    void read_comment(std::size_t begin, std::size_t end);

    std::string_view text_;
    std::size_t next_ = 0;  // what begins before this has been read
    std::vector<Span> open_;
};

}  // namespace paywall
