#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/folded_text.hpp"
#include "parser/source.hpp"

namespace paywall {

/// How much of a paid part a value of the metadata may repeat: fewer characters in a row than
/// this, of the dense scripts (Han, Kana, Hangul, Thai) and of others, where both occur in
/// proportion; and no whole sentence of as many.
struct MetadataLimits {
    /// Each is from `least` to `most`: shorter runs are words that any two texts share.
    static constexpr std::size_t least = 8;
    static constexpr std::size_t most = 10000;

    std::size_t dense_run = 20;
    std::size_t other_run = 40;
    std::size_t dense_sentence = 12;
    std::size_t other_sentence = 25;

    /// The least of them, in characters.
    [[nodiscard]] std::size_t shortest() const {
        return std::max(least, std::min({dense_run, other_run, dense_sentence, other_sentence}));
    }
};

/// What a preview says beside its text, and the texts that this is compared with.
struct Metadata {
    std::vector<Span> values;  ///< of the text, in order, all free
    FoldedText paid;
    FoldedText free;
};

/// A `metadata_leak` for every value that repeats paid text which the free text does not hold as
/// well. Linear. `text` is what the values are spans of.
[[nodiscard]] std::vector<Diagnostic> find_leaks(std::string_view text, const Metadata& metadata,
                                                 const MetadataLimits& limits = {});

/// Is there a value long enough to repeat anything?
[[nodiscard]] bool is_worth_reading(const std::vector<Span>& values, const MetadataLimits& limits);

}  // namespace paywall
