#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/document.hpp"

namespace paywall {

/// How much of a document that is paid as a whole is its preview: whole blocks from its beginning.
struct Teaser {
    enum class Unit { percent, paragraphs };

    static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

    Unit unit = Unit::percent;
    std::size_t amount = 0;      ///< percent of the visible characters, 1 to 99; or paragraphs
    std::size_t min = 0;         ///< characters: more than the percentage where that is less
    std::size_t max = no_limit;  ///< characters: never more

    /// Reads `20%,min=200,max=800` or `paragraphs=2,max=800`; or what is wrong with it.
    [[nodiscard]] static std::variant<Teaser, std::string> parse(std::string_view text);
    /// What parse() reads.
    [[nodiscard]] std::string text() const;
};

/// A place between two blocks.
struct Boundary {
    enum class Behind { heading, block };
    std::size_t offset;  ///< where the second begins, or the first ends
    Behind behind;       ///< what the first is
};

/// The places where a text may be cut in two, the best first; none where it cannot be cut as the
/// teaser says. Before and behind each there is text to see.
[[nodiscard]] std::vector<std::size_t> find_teaser(std::string_view text, Content content,
                                                   const Teaser& teaser);

}  // namespace paywall
