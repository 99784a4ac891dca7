#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>

#include "tools/sources.hpp"

namespace paywall::tools {

/// The directories that a run puts files into, and those of them that have no other below. Must
/// not outlive the sources.
class LeafDirectories {
public:
    explicit LeafDirectories(const Sources& sources);

    /// Are so many files all that goes to that directory below an output directory, and nothing
    /// into directories in it? False for the output directory itself.
    [[nodiscard]] bool holds_just(std::size_t files, std::string_view directory) const;

private:
    static constexpr std::size_t inner = static_cast<std::size_t>(-1);

    void mark_above(std::string_view directory);

    std::unordered_map<std::string_view, std::size_t> files_;  // or `inner`
};

}  // namespace paywall::tools
