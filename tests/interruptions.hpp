#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/form.hpp"

/// What can stand between two characters of a marker, or for one of them, so that the marker is
/// none any more and people do not see it.
namespace paywall::test {

/// Texts that a reader of markers treats alike.
struct Interruption {
    std::string name;
    std::vector<std::string> texts;
};

/// Every character that nobody sees, from ICU's data: default-ignorables, combining marks of every
/// script, format and control characters. A class are those whose UTF-8 differs in the last byte.
[[nodiscard]] const std::vector<Interruption>& unseen_characters();

/// Emphasis signs, tags, comments, and what escapes make of unseen characters.
[[nodiscard]] const std::vector<Interruption>& unseen_markup();

/// A character written in another way; the same text where it cannot be.
struct Rewriting {
    std::string name;
    std::function<std::string(const std::string&)> apply;
};

/// Character references, percent escapes, the escapes of program text, full width.
[[nodiscard]] const std::vector<Rewriting>& rewritings();

}  // namespace paywall::test
