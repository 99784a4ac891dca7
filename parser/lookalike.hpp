#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar.hpp"
#include "parser/source.hpp"

namespace paywall {

/// A piece of text that looks like a marker of the dialect and is none.
struct Lookalike {
    Span span;                ///< of the text
    std::size_t meant;        ///< index in Dialect::markers of what to write instead
    bool holds_more = false;  ///< attributes, perhaps: replacing it would lose them
    bool is_tangle = false;   ///< no lookalike found, but the text is too tangled to tell
};

/// Finds the lookalikes of one text, by the rules of FORMAT.md, "Lookalikes". Given every token
/// in turn it does work in proportion to the text; it keeps no state from one text to the next.
class LookalikeFinder {
public:
    /// Views both: they must outlive it.
    LookalikeFinder(const Grammar& grammar, std::string_view text);
    ~LookalikeFinder();
    LookalikeFinder(const LookalikeFinder&) = delete;
    LookalikeFinder& operator=(const LookalikeFinder&) = delete;

    /// What the tokens up to this one prove to be a lookalike; an earlier place may only be
    /// found out by a later token (`<piad>` by `</piad>`). Stops once the text is too tangled to
    /// go on: then a Lookalike has said so.
    Progress read(const Token& token, std::vector<Lookalike>& found);
    /// Is the text too tangled to go on? Then a Lookalike has said so.
    [[nodiscard]] bool gave_up() const;
    /// Could more text, before or behind, make a lookalike of what was none: a closing tag without
    /// the opening one that it needs, an escaped tag that the text ends in?
    [[nodiscard]] bool has_loose_ends() const;

private:
    class Rules;
    std::unique_ptr<Rules> rules_;
};

}  // namespace paywall
