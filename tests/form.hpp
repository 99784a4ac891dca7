#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "parser/dialect.hpp"

namespace paywall::test {

enum class Part { before, word, after, added };

/// One character of a marker, or something put between two of them.
struct Unit {
    char key;          ///< the character it stands for; 0 in what was added
    std::string text;  ///< how it is written
    Part part;
};

/// A marker that can be damaged again and again.
struct Form {
    std::vector<Unit> units;
    Role role;
    WordKind kind;

    [[nodiscard]] std::string text() const;
};

[[nodiscard]] Form form_of(const Marker& marker);

/// Where the units of some parts stand, in the order of the units.
[[nodiscard]] std::vector<std::size_t> indices(const Form& form, std::initializer_list<Part> parts);
[[nodiscard]] std::vector<std::size_t> all_indices(const Form& form);
[[nodiscard]] std::vector<std::size_t> delimiter_indices(const Form& form);
/// Of the delimiters before the word (side 0) or after it.
[[nodiscard]] std::vector<std::size_t> side_indices(const Form& form, std::size_t side);

void insert(Form& form, std::size_t at, const std::string& text);
void erase(Form& form, std::size_t at);

[[nodiscard]] std::string utf8(char32_t c);

}  // namespace paywall::test
