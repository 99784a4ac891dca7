#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/source.hpp"

namespace paywall {

/// The code fences of a Markdown text: from a line of three or more backticks to the next that
/// holds nothing else. A fence that is never closed is none: what it holds is read.
class Fences {
public:
    explicit Fences(std::string_view text);

    /// The fence that a token begins in; an empty span if none. Tokens come in their order; a
    /// fence that begins inside a token is none.
    [[nodiscard]] Span around(Span token);

private:
    std::vector<Span> fences_;
    std::size_t next_ = 0;
};

}  // namespace paywall
