#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/pick.hpp"

namespace paywall::tests {

/// An HTML text with markers at random places. Free words begin with `f`, paid ones with
/// `Q`, and in a head with `Z`.
struct GeneratedHtml {
    std::string source;
    std::string marked;  ///< with a comment for each marker, so that a parser shows where it is
    std::vector<std::pair<std::size_t, std::size_t>> paid;  ///< of `marked`: from, to
};

enum class Manners { tidy, sloppy };

/// Tidy: every element is closed where it should be, as a WYSIWYG editor does. Sloppy: end tags
/// are left out, misplaced or too many.
[[nodiscard]] GeneratedHtml generate_html(test::Random& random, Manners manners);

}  // namespace paywall::tests
