#include "tools/toml_table.hpp"

#include <algorithm>

#include "parser/quote.hpp"
#include "parser/typo.hpp"
#include "tools/exit_status.hpp"

namespace paywall::tools {
namespace {

/// In alphabetical order, each once.
std::string joined(std::vector<std::string> names) {
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

std::string suggestion_of(std::string_view wrong, const std::vector<std::string>& names) {
    std::string best;
    std::size_t least = wrong.size() / 2 + 1;
    for (const auto& name : names) {
        const std::size_t far = count_typos(name, wrong, least);
        if (far >= least) continue;
        best = name;
        least = far;
    }
    return best.empty() ? std::string() : "; did you mean " + best + "?";
}

const toml::node* TomlTable::find(const char* key) {
    known_.emplace_back(key);
    return table_.get(key);
}

void TomlTable::fail_at(const toml::node& node, const std::string& what) const {
    const auto& place = node.source().begin;
    throw UsageError(path_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                     ": " + what);
}

void TomlTable::fail(const char* key, const std::string& what) const {
    const auto* node = table_.get(key);
    fail_at(node != nullptr ? *node : static_cast<const toml::node&>(table_), what);
}

std::optional<std::string> TomlTable::string(const char* key) {
    const auto* node = find(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_string()) fail_at(*node, std::string(key) + " is no string");
    return **node->as_string();
}

std::vector<std::string> TomlTable::strings(const char* key) {
    const auto* node = find(key);
    if (node == nullptr) return {};
    if (node->is_string()) return {**node->as_string()};
    if (!node->is_array()) fail_at(*node, std::string(key) + " is no array of strings");
    std::vector<std::string> all;
    for (const auto& item : *node->as_array()) {
        if (!item.is_string()) fail_at(item, std::string(key) + " holds what is no string");
        all.push_back(**item.as_string());
    }
    return all;
}

std::optional<bool> TomlTable::boolean(const char* key) {
    const auto* node = find(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_boolean()) fail_at(*node, std::string(key) + " is neither true nor false");
    return **node->as_boolean();
}

std::optional<TomlTable> TomlTable::table(const char* key) {
    const auto* node = find(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_table()) fail_at(*node, std::string(key) + " is no table");
    return TomlTable(path_, *node->as_table());
}

std::vector<TomlTable> TomlTable::tables(const char* key) {
    const auto* node = find(key);
    if (node == nullptr) return {};
    if (!node->is_array()) fail_at(*node, std::string(key) + " is no array of tables");
    std::vector<TomlTable> all;
    for (const auto& item : *node->as_array()) {
        if (!item.is_table()) fail_at(item, std::string(key) + " holds what is no table");
        all.emplace_back(path_, *item.as_table());
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> TomlTable::all_strings() {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& [key, node] : table_) {
        if (!node.is_string()) fail_at(node, "'" + escape(key.str()) + "' is no string");
        all.emplace_back(key.str(), **node.as_string());
        known_.emplace_back(key.str());
    }
    return all;
}

std::optional<std::size_t> TomlTable::choice(const char* key,
                                             const std::vector<std::string_view>& words) {
    const auto word = string(key);
    if (!word) return std::nullopt;
    const auto found = std::ranges::find(words, *word);
    if (found == words.end()) {
        std::string known;
        for (const auto one : words) known += (known.empty() ? "" : ", ") + std::string(one);
        fail(key, std::string(key) + " is '" + escape(*word) + "', which is none of " + known);
    }
    return static_cast<std::size_t>(found - words.begin());
}

void TomlTable::finish() const {
    for (const auto& [key, node] : table_) {
        const std::string name(key.str());
        if (std::ranges::find(known_, name) != known_.end()) continue;
        const auto& place = key.source().begin;
        const auto near = suggestion_of(name, known_);
        throw UsageError(path_ + ":" + std::to_string(place.line) + ":" +
                         std::to_string(place.column) + ": unknown key '" + escape(name) + "'" +
                         (near.empty() ? "; the keys here are " + joined(known_) : near));
    }
}

}  // namespace paywall::tools
