#pragma once

#include <cstddef>
#include <string_view>

#include "parser/markdown/flat.hpp"

namespace paywall::markdown {

/// How much text there is: letters and digits, and bytes that are no white space. Markdown shows no
/// more of a text than there is.
struct Amount {
    std::size_t letters = 0;
    std::size_t bytes = 0;

    Amount& operator+=(Amount other) {
        letters += other.letters;
        bytes += other.bytes;
        return *this;
    }
    Amount& operator-=(Amount other) {
        letters -= other.letters;
        bytes -= other.bytes;
        return *this;
    }
};

[[nodiscard]] Amount amount_of(std::string_view markdown);
/// Of what a reader sees.
[[nodiscard]] Amount amount_of(const Units& units);

}  // namespace paywall::markdown
