#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "parser/dialect.hpp"

/// What editors, input methods, converters and tired people do to a marker.
namespace paywall::test {

/// A choice of one of n > 0 things: an index below n.
using Pick = std::function<std::size_t(std::size_t)>;

/// Draws that are the same on every platform for one seed.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::size_t operator()(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }

private:
    std::mt19937_64 engine_;
};

/// Runs through all choices that a function makes, the last choice fastest.
class Odometer {
public:
    std::size_t pick(std::size_t n);
    /// The same choices again, from the first: for the other marker of a pair.
    void rewind() { at_ = 0; }
    /// On to the next choices; false when all have been made.
    bool advance();

private:
    struct Wheel {
        std::size_t value;
        std::size_t size;
    };
    std::vector<Wheel> wheels_;
    std::size_t at_ = 0;
};

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

/// What a mutator does to a marker, which decides the rule that catches the result.
enum class Family {
    folded,      ///< the same after folding
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
    /// The damaged marker, or nothing where there is nothing to damage (a dollar has no name
    /// that `#` could have).
    std::function<std::optional<Form>(const Form&, const Pick&)> apply;
};

[[nodiscard]] const std::vector<Mutator>& mutators();

/// Does the format promise that markers damaged on *both* sides of a section so are found?
/// (One side alone always is, by pairing.)
[[nodiscard]] bool is_promised(const Mutator& mutator, WordKind kind);
/// The same of two different mutators, one after the other on each marker.
[[nodiscard]] bool is_promised(const Mutator& first, const Mutator& second, WordKind kind);

}  // namespace paywall::test
