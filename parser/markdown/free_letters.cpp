#include "parser/markdown/free_letters.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace paywall::markdown {
namespace {

/// Signs that may stand at words that are nothing but text.
constexpr std::string_view plain_signs = ".,;:!?'\"*_~`-";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The letter behind it in the alphabet.
char other_letter(char c) {
    if (c == 'z') return 'a';
    return c == 'Z' ? 'A' : static_cast<char>(c + 1);
}

bool is_plain(std::string_view word) {
    for (const char c : word)
        if (!is_letter(c) && plain_signs.find(c) == plain_signs.npos) return false;
    return true;
}

/// Puts other letters into the words that a part of a text holds.
void disguise(std::string& text, std::size_t begin, std::size_t end) {
    while (begin < end) {
        const auto word_end = std::min(text.find_first_of(" \t\r\n", begin), end);
        const auto word = std::string_view(text).substr(begin, word_end - begin);
        if (is_plain(word))
            std::transform(word.begin(), word.end(),
                           text.begin() + static_cast<std::ptrdiff_t>(begin),
                           [](char c) { return is_letter(c) ? other_letter(c) : c; });
        begin = word_end + 1;
    }
}

/// Do two differ at most in the letter that they show?
bool are_alike(const Unit& unit, const Unit& other) {
    const bool is_letter = unit.letters == 1 && unit.is_shown && unit.tags == 0;
    const auto all_but_value = [](const Unit& one) {
        return std::tuple(one.letters, one.depth, one.inlines, one.tags, one.is_shown,
                          one.is_whole);
    };
    return all_but_value(unit) == all_but_value(other) && (is_letter || unit.value == other.value);
}

}  // namespace

std::optional<FreePart> without_paid_letters(const FreePart& free, const Whole& whole,
                                             const std::vector<Piece>& pieces) {
    auto text = whole.text();
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (pieces[i].fate == Piece::Fate::withheld)
            disguise(text, whole.begin_of(i), whole.begin_of(i + 1));
    auto disguised_whole = whole.with_text(std::move(text));
    const auto disguised = take_free_part(disguised_whole, pieces);
    if (!std::ranges::equal(free.units, disguised.units, are_alike)) return std::nullopt;
    FreePart left = free;
    left.units.clear();
    for (std::size_t i = 0; i < free.units.size(); ++i)
        if (free.units[i] == disguised.units[i]) left.units.push_back(free.units[i]);
    const auto paid = free.units.size() - left.units.size();
    left.paid.letters -= std::min(paid, left.paid.letters);
    left.paid.bytes -= std::min(paid, left.paid.bytes);
    return left;
}

}  // namespace paywall::markdown
