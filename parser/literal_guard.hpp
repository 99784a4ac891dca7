#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parser/dialect.hpp"

namespace paywall {

/// Where none of many literals can begin: looked up by the next few bytes, because most places are
/// none and comparing with each literal is dear.
class LiteralGuard {
public:
    void add(std::string_view literal, Letters letters);

    /// False only where no literal begins this text.
    [[nodiscard]] bool admits(std::string_view text) const {
        if (text.size() < sets_.size()) return true;
        auto left = ~std::uint64_t{0};
        for (std::size_t i = 0; i < sets_.size() && left != 0; ++i) {
            left &= sets_[i][static_cast<unsigned char>(text[i])];
        }
        return left != 0;
    }

private:
    // By position and byte: the literals that may go on there, a bit each (some share one).
    std::array<std::array<std::uint64_t, 256>, 8> sets_{};
    std::size_t count_ = 0;
};

}  // namespace paywall
