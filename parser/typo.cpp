#include "parser/typo.hpp"

#include <algorithm>
#include <array>

namespace paywall {

std::size_t count_typos(std::string_view word, std::string_view written, std::size_t limit) {
    constexpr std::size_t longest = 40;
    const auto lengths = std::minmax(word.size(), written.size());
    if (lengths.second - lengths.first > limit || lengths.second >= longest) return limit + 1;

    std::array<std::array<std::size_t, longest>, longest> cost{};
    for (std::size_t i = 0; i <= word.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= written.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
        for (std::size_t j = 1; j <= written.size(); ++j) {
            const std::size_t differs = word[i - 1] == written[j - 1] ? 0 : 1;
            auto least = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                                   cost[i - 1][j - 1] + differs});
            const bool is_swap = i > 1 && j > 1 && word[i - 1] == written[j - 2] &&
                                 word[i - 2] == written[j - 1];
            if (is_swap) least = std::min(least, cost[i - 2][j - 2] + 1);
            cost[i][j] = least;
        }
    }
    return std::min(cost[word.size()][written.size()], limit + 1);
}

}  // namespace paywall
