#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/source.hpp"

namespace paywall::markdown {

/// `[label]: destination "title"` or `[^label]: text`, with the line ends behind it.
struct Definition {
    enum class Kind { link, footnote };
    Kind kind;
    std::string label;  ///< as it is compared: case and white space folded
    Span span;          ///< whole lines
};

/// `[text][label]`, `[text][]`, `[text]`, `![text]…`, `[^label]`, not in code or HTML.
struct Reference {
    Definition::Kind kind;
    std::string label;
    Span span;
    std::string text;  ///< what is left of it where its definition is missing
};

struct References {
    std::vector<Definition> definitions;
    std::vector<Reference> references;
};

/// The definitions and references of a Markdown text from `begin` on, read without its markers, in
/// order. What looks like a reference is one only if its label is defined.
[[nodiscard]] References find_references(std::string_view text, std::size_t begin,
                                         const std::vector<Span>& markers);

}  // namespace paywall::markdown
