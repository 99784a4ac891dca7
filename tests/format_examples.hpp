#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paywall::tests {

/// One numbered example of parser/FORMAT.md, as its section "How to read the examples" says:
/// the words of the info line, and the parts that lines of `.` divide, still with their signs.
struct Example {
    std::size_t number = 0;
    std::size_t line = 0;  ///< of its fence in FORMAT.md, from 1
    std::map<std::string, std::string> options;
    std::vector<std::string> parts;

    [[nodiscard]] bool has(const std::string& option) const { return options.count(option) != 0; }
    /// The option's value, empty where it is not given.
    [[nodiscard]] std::string value(const std::string& option) const;
};

/// The examples in a text like FORMAT.md, in its order. Throws std::runtime_error that names the
/// line of an example that is not well formed, or whose number does not follow the one before.
[[nodiscard]] std::vector<Example> read_examples(std::string_view markdown);

/// The bytes that a part stands for: its signs (`→`, `␠`, `␍`, `␃`, `⟨FEFF⟩`, `⟨xA3⟩`, `⟨3×ab⟩`)
/// resolved, its text in `encoding` (an iconv name; empty: UTF-8).
[[nodiscard]] std::string bytes_of(std::string_view part, const std::string& encoding = {});

}  // namespace paywall::tests
