#include "parser/typo.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace paywall {
namespace {

struct TypoCase {
    const char* written;
    std::size_t typos;
};

TEST(Typo, OfAWord) {
    const TypoCase cases[] = {
        {"paidbegin", 0}, {"paidbegn", 1},   {"paidbeggin", 1}, {"paidbegim", 1}, {"piadbegin", 1},
        {"paidbeign", 1}, {"aidbegin", 1},   {"paidbegins", 1}, {"pidbegn", 2},   {"piadbegni", 2},
        {"paixdbgin", 2}, {"padibeegin", 2}, {"paidxegni", 2},  {"adibegin", 2},  {"beginpaid", 3},
        {"paid", 3},      {"", 3},           {"pdibgeins", 3},  {"paidend", 3},
    };
    for (const auto& [written, typos] : cases) {
        EXPECT_EQ(count_typos("paidbegin", written, 2), typos) << written;
    }
}

/// A letter put in between two that were swapped: two errors, not three.
TEST(Typo, ASwapCanBeFollowedByAnotherErrorAtItsPlace) {
    EXPECT_EQ(count_typos("ca", "abc", 5), 2U);
    EXPECT_EQ(count_typos("paid", "pixad", 5), 2U);
}

TEST(Typo, NothingCountsAboveTheLimit) {
    EXPECT_EQ(count_typos("paid", "xxxx", 0), 1U);
    EXPECT_EQ(count_typos("paid", "xxxx", 2), 3U);
    EXPECT_EQ(count_typos("paid", "xxxx", 9), 4U);
    EXPECT_EQ(count_typos("paid", "paidpaid", 3), 4U);
    const std::string endless(1000, 'p');
    EXPECT_EQ(count_typos(endless, endless + "x", 2), 3U);
}

/// All words of at most this many of the letters a, b and c.
std::vector<std::string> words_up_to(std::size_t length) {
    std::vector<std::string> words{""};
    for (std::size_t i = 0; i < words.size() && words[i].size() < length; ++i) {
        for (const char c : {'a', 'b', 'c'}) words.push_back(words[i] + c);
    }
    return words;
}

std::vector<std::string> one_typo_away(const std::string& word) {
    std::vector<std::string> near;
    for (std::size_t i = 0; i <= word.size(); ++i) {
        const auto head = word.substr(0, i);
        const auto tail = word.substr(i);
        for (const char c : {'a', 'b', 'c'}) {
            near.push_back(head + c + tail);
            if (!tail.empty()) near.push_back(head + c + tail.substr(1));
        }
        if (!tail.empty()) near.push_back(head + tail.substr(1));
        if (tail.size() > 1) near.push_back(head + tail[1] + tail[0] + tail.substr(2));
    }
    return near;
}

/// The least number of errors, made one after the other.
std::map<std::string, std::size_t> distances_from(const std::string& word, std::size_t longest) {
    std::map<std::string, std::size_t> distances{{word, 0}};
    std::deque<std::string> open{word};
    for (; !open.empty(); open.pop_front()) {
        const auto distance = distances[open.front()];
        for (const auto& next : one_typo_away(open.front())) {
            if (next.size() > longest || !distances.emplace(next, distance + 1).second) continue;
            open.push_back(next);
        }
    }
    return distances;
}

TEST(Typo, IsTheLeastNumberOfErrors) {
    for (const auto& word : words_up_to(3)) {
        const auto distances = distances_from(word, 5);
        for (const auto& written : words_up_to(4)) {
            ASSERT_EQ(count_typos(word, written, 9), distances.at(written)) << word << written;
            ASSERT_EQ(count_typos(written, word, 9), distances.at(written)) << word << written;
        }
    }
}

}  // namespace
}  // namespace paywall
