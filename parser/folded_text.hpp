#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paywall {

/// A text as it is compared with another: compatibility forms and case folded (NFKC), character
/// references resolved, white space, punctuation and symbols left out.
struct FoldedText {
    std::u32string characters;
    std::vector<std::size_t> offsets;    ///< where in the text each came from …
    std::vector<std::size_t> sentences;  ///< how many characters there were where each one ended

    /// What stands for another character: character references, or also `\u0041` and its like, as
    /// in strings of JSON, YAML and TOML.
    enum class Escapes : std::uint8_t { references, all };

    /// Adds a text that begins at `offset` of the whole.
    void append(std::string_view utf8, std::size_t offset, Escapes escapes = Escapes::references);
    void end_sentence();
};

/// Of the scripts that are written without spaces: Han, Kana, Hangul, Thai?
[[nodiscard]] bool is_dense(char32_t c);

}  // namespace paywall
