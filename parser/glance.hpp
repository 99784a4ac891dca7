#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/escape.hpp"
#include "parser/fold.hpp"

namespace paywall {

struct LookalikeWords;

/// Behind white space, or behind a letter of two bytes, which would have been looked at itself if
/// it were of a marker (no slash is among them): what begins before is no concern of a letter here.
[[nodiscard]] bool stands_apart(std::string_view text, std::size_t at);

/// Tells at a glance of most places that a scan stops at, from the bytes near them alone, that what
/// begins there is of no marker and looks like none: words about payment, words in scripts whose
/// letters look like Latin ones, escapes of what no marker has. What it cannot tell is to be read.
class Glance {
public:
    /// Views the words, which must outlive it. `heads`: the first bytes of all that is looked for
    /// besides lookalikes. Of kinds of places where one of these may begin nothing is told.
    Glance(const LookalikeWords& words, const std::vector<std::string>& heads);

    /// Where that ends which begins at a place and is surely of no marker; the place itself where
    /// nothing is sure.
    [[nodiscard]] std::size_t end_of_none(std::string_view text, std::size_t at) const {
        switch (kinds_[static_cast<unsigned char>(text[at])]) {
            case Kind::word:
                return end_of_plain_word(text, at);
            case Kind::foreign:
                return end_of_foreign_words(text, at);
            case Kind::escape:
                return end_of_told_escapes(text, at);
            default:
                return at;
        }
    }
    /// Where escapes of no marker's characters end that begin at a place, and signs that begin
    /// none: some texts are full of them.
    [[nodiscard]] std::size_t end_of_escapes(std::string_view text, std::size_t at) const;
    /// Of no word, tag or delimiter (and no emphasis, which may stand before a tag's name)?
    [[nodiscard]] bool is_of_no_marker(const Fold& folded) const;

private:
    enum class Kind : std::uint8_t { none, word, foreign, escape };

    [[nodiscard]] std::size_t end_of_plain_word(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::size_t end_of_escape(std::string_view text, std::size_t at) const;
    [[nodiscard]] bool begins_head(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::size_t end_of_told_escapes(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::size_t end_of_foreign_words(std::string_view text, std::size_t at) const;

    const LookalikeWords& words_;
    std::array<Kind, 256> kinds_{};           // by first byte
    std::vector<std::string> sign_heads_;     // heads that begin with the sign of an escape
    std::array<bool, 256> is_passed_sign_{};  // of an escape, and no delimiter
    std::array<bool, 128> is_of_marker_{};    // of a word, tag or delimiter, or emphasis
    std::array<bool, 128> is_first_{};        // letter of a word
    std::array<bool, 128> is_of_words_{};     // letter of a word, or passes for one
};

}  // namespace paywall
