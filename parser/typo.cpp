#include "parser/typo.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>

namespace paywall {

// F. J. Damerau 1964; the algorithm of Lowrance and Wagner 1975, which lets a swap be followed by
// another error at the same place.
std::size_t count_typos(std::string_view word, std::string_view written, std::size_t limit) {
    constexpr std::size_t longest = 40;
    const auto [shorter, longer] = std::minmax({word.size(), written.size()});
    if (longer - shorter > limit || longer >= longest) return limit + 1;

    // Each letter that the word does not have is a typo of its own.
    std::bitset<256> is_known;
    for (const char c : word) is_known.set(static_cast<unsigned char>(c));
    std::size_t strangers = 0;
    for (const char c : written) {
        if (!is_known[static_cast<unsigned char>(c)] && ++strangers > limit) return limit + 1;
    }

    // What both begin or end with changes nothing, and is most of them where typos are few.
    const auto heads = std::ranges::mismatch(word, written);
    word.remove_prefix(static_cast<std::size_t>(heads.in1 - word.begin()));
    written.remove_prefix(static_cast<std::size_t>(heads.in2 - written.begin()));
    while (!word.empty() && !written.empty() && word.back() == written.back()) {
        word.remove_suffix(1);
        written.remove_suffix(1);
    }

    std::array<std::array<std::size_t, longest>, longest> cost;
    std::array<std::uint8_t, 256> last_row;  // where each letter of `word` was seen last
    for (const char c : written) last_row[static_cast<unsigned char>(c)] = 0;
    for (std::size_t i = 0; i <= word.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= written.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
        std::size_t last_match = 0;  // in this row
        for (std::size_t j = 1; j <= written.size(); ++j) {
            const std::size_t swap_row = last_row[static_cast<unsigned char>(written[j - 1])];
            const bool is_same = word[i - 1] == written[j - 1];
            auto least = std::min(
                {cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (is_same ? 0 : 1)});
            if (swap_row > 0 && last_match > 0) {
                least = std::min(least, cost[swap_row - 1][last_match - 1] + (i - swap_row - 1) +
                                            1 + (j - last_match - 1));
            }
            if (is_same) last_match = j;
            cost[i][j] = least;
        }
        last_row[static_cast<unsigned char>(word[i - 1])] = static_cast<std::uint8_t>(i);
    }
    return std::min(cost[word.size()][written.size()], limit + 1);
}

}  // namespace paywall
