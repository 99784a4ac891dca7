#include "parser/lookalike_words.hpp"

#include <algorithm>
#include <optional>

#include "parser/shape_rule.hpp"

namespace paywall {
namespace {

void add_new(std::string& set, std::string_view characters) {
    for (const char c : characters) {
        if (set.find(c) == std::string::npos) set.push_back(c);
    }
}

}  // namespace

LookalikeWords::LookalikeWords(const Dialect& dialect)
    : frames(dialect), delimiters(delimiters_of(dialect)), plain_word("", {}, "") {
    add_words(dialect);
    plain_word = PlainWord(prefix, distinctive, delimiters);
    add_new(firsts, frames.firsts());
    add_new(letters, frames.letters());
    const auto count_delimiters = [&](std::string_view literal) {
        const auto count = std::min(literal.find_first_not_of(delimiters), literal.size());
        longest_delimiter = std::max(longest_delimiter, count);
    };
    for (const auto& marker : dialect.markers) count_delimiters(marker.text());
    for (const auto& word : dialect.content) count_delimiters(word);
}

void LookalikeWords::add_words(const Dialect& dialect) {
    std::optional<std::string> common;
    for (const auto& marker : dialect.markers) {
        const bool is_distinctive = word_kind(marker) == WordKind::distinctive;
        if (marker.form == Form::line || (marker.form != Form::tag && !is_distinctive)) continue;
        auto& list = is_distinctive ? distinctive : ordinary;
        const auto word = marker.folded_word();
        if (std::ranges::find(list, word) == list.end()) list.push_back(word);
        add_new(firsts, word.substr(0, 1));
        add_new(letters, word.substr(0, plain_letters));
        if (!common) common = word;
        const auto differing = std::ranges::mismatch(*common, word).in1;
        common->erase(differing, common->end());
    }
    prefix = common.value_or("");
}

}  // namespace paywall
