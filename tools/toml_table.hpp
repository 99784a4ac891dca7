#pragma once

#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/access.hpp"

namespace paywall::tools {

/// A table of a TOML file whose keys are asked for one by one; what has not been asked for in the
/// end is no key of it. All faults are UsageErrors that name the place.
class TomlTable {
public:
    /// Views both.
    TomlTable(const std::string& path, const toml::table& table) : path_(path), table_(table) {}

    [[nodiscard]] std::optional<std::string> string(const char* key);
    /// A string or an array of strings.
    [[nodiscard]] std::vector<std::string> strings(const char* key);
    [[nodiscard]] std::optional<bool> boolean(const char* key);
    [[nodiscard]] std::optional<TomlTable> table(const char* key);
    [[nodiscard]] std::vector<TomlTable> tables(const char* key);
    /// All keys with their strings.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> all_strings();
    /// A string that is one of those words: its place among them.
    [[nodiscard]] std::optional<std::size_t> choice(const char* key,
                                                    const std::vector<std::string_view>& words);

    /// Throws for keys that were not asked for.
    void finish() const;

    [[noreturn]] void fail(const char* key, const std::string& what) const;
    [[nodiscard]] std::size_t line() const { return table_.source().begin.line; }

private:
    [[nodiscard]] const toml::node* find(const char* key);
    [[noreturn]] void fail_at(const toml::node& node, const std::string& what) const;

    const std::string& path_;
    const toml::table& table_;
    std::vector<std::string> known_;
};

/// The name that is nearest to a wrong one, as `; did you mean it?`; else nothing.
[[nodiscard]] std::string suggestion_of(std::string_view wrong,
                                        const std::vector<std::string>& names);

}  // namespace paywall::tools
