#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/form.hpp"
#include "tests/pick.hpp"

/// What editors, input methods, converters and tired people do to a marker.
namespace paywall::test {

/// The damaged marker, or nothing where there is nothing to damage (a dollar has no name that
/// `#` could have).
using Result = std::optional<Form>;
using Texts = std::vector<std::string>;

/// What a mutator does to a marker, which decides the rule that catches the result.
enum class Family {
    folded,      ///< the same after folding
    markup,      ///< tags and comments inside
    hyphen,      ///< one hyphen or underscore in the word
    delimiter,   ///< runs of delimiters of another length or kind, one character at least
    edge_space,  ///< white space between delimiters and word
    word_space,  ///< white space in the word
    typo,        ///< one in the word
    typos,       ///< two in the word
    wording,     ///< other words between the delimiters
    brackets,    ///< brackets for delimiters
    bare,        ///< no delimiters
    attribute,   ///< what a tag can hold beside its name
    unended,     ///< a tag without its `>`
};

struct Mutator {
    std::string name;
    Family family;
    std::function<Result(const Form&, const Pick&)> apply;
};

/// All of them.
[[nodiscard]] const std::vector<Mutator>& mutators();

void add_foldings(std::vector<Mutator>& list);
void add_insertions(std::vector<Mutator>& list);
void add_shapes(std::vector<Mutator>& list);
void add_words(std::vector<Mutator>& list);

/// Does the format promise that markers damaged on *both* sides of a section so are found?
/// (One side alone always is, by pairing.)
[[nodiscard]] bool is_promised(const Mutator& mutator, WordKind kind);
/// The same of two different mutators, one after the other on each marker.
[[nodiscard]] bool is_promised(const Mutator& first, const Mutator& second, WordKind kind);

}  // namespace paywall::test
