#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/composition.hpp"
#include "parser/diagnostic.hpp"
#include "parser/folded_text.hpp"
#include "parser/source.hpp"

namespace paywall {

/// Characters of the dense scripts (Han, Kana, Hangul, Thai) and of others; where both occur, in
/// proportion. Each is from `least` to `most`: fewer make words that any two texts share.
struct MetadataLimit {
    static constexpr std::size_t least = 8;
    static constexpr std::size_t most = 10000;

    std::size_t dense;
    std::size_t other;

    /// Reads `20,40`; or what is wrong with it.
    [[nodiscard]] static std::variant<MetadataLimit, std::string> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
};

/// How much of a paid part a value of the metadata may repeat: fewer characters in a row than
/// `run`, and no whole sentence of as many as `sentence`.
struct MetadataLimits {
    MetadataLimit run{20, 40};
    MetadataLimit sentence{12, 25};

    /// The least of them, in characters.
    [[nodiscard]] std::size_t shortest() const {
        return std::min({run.dense, run.other, sentence.dense, sentence.other});
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
