#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "parser/html/cut.hpp"
#include "parser/html/plan.hpp"

namespace paywall::html {

/// Where the placeholder of a withheld segment stands: where the segment was, or behind the end of
/// an element that it must not stand in.
struct PlaceholderPlace {
    std::optional<std::size_t> exit;         ///< the node to stand behind; none: at the cut
    bool is_in_line = false;                 ///< only because it is a block within a <p>
    std::size_t offset = 0;                  ///< of the text: behind the exit
    std::optional<std::size_t> withheld_in;  ///< the segment that the exit's end is withheld with
    bool is_put = false;                     ///< it stands there
};

/// The items that end the page, `</body>` or `</html>`, before segments that stand behind them;
/// `nowhere` for all others. Nothing may stand there. By segment, and the last: before all that
/// stands behind the page.
[[nodiscard]] std::vector<std::size_t> find_page_ends(const Outline& outline, const Plan& plan);
/// Before such an end.
[[nodiscard]] PlaceholderPlace place_before_page_end(const Outline& outline, const Plan& plan,
                                                     std::size_t item);

/// At the outermost level that the segment reaches; a block not within a <p>, nothing between the
/// cells of a table, nor in SVG, MathML or a <head>. An element that is never ended goes on to
/// `page_end`, the last of find_page_ends().
[[nodiscard]] PlaceholderPlace place_placeholder(const Outline& outline, const Plan& plan,
                                                 std::size_t segment, Flow flow,
                                                 std::size_t page_end);

}  // namespace paywall::html
