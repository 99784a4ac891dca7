#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/composition.hpp"
#include "parser/markdown/cut.hpp"

namespace paywall::markdown {

/// What stands at a cut to keep what is left apart.
enum class Divider : std::uint8_t { none, blank_line, comment };

/// A text put together, and where its pieces begin in it.
struct Joined {
    std::string text;
    std::vector<std::size_t> begins;  ///< by piece, and the end
};

enum class Withheld : std::uint8_t { no, yes };
enum class Changes : std::uint8_t { no, yes };

/// Puts editions together from the pieces of a source. Keeps references to what it is given.
class Assembly {
public:
    Assembly(const Outline& outline, const std::vector<Piece>& pieces, Empty empty);

    /// Those of the edition.
    [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
    [[nodiscard]] Span span_of(const Piece& piece) const {
        return empty_ == Empty::kept ? piece.exact : piece.content;
    }

    /// What stands at each piece that is withheld from here on; by piece.
    void divide(std::vector<Divider> dividers);

    /// Without what is withheld, or with it; with what is changed in the edition, or as it is.
    [[nodiscard]] Composition compose(Withheld withheld, Changes changes) const;
    /// Its text, placeholders left out.
    [[nodiscard]] Joined join(const Composition& parts) const;

    /// Of what is put there.
    [[nodiscard]] std::string_view line_end() const { return line_end_; }

private:
    void put_withheld(Composition& parts, std::size_t segment) const;
    [[nodiscard]] bool ends_line(const Composition& parts) const;

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    Empty empty_;
    std::vector<Change> changes_;
    std::vector<Divider> dividers_;
    std::string_view line_end_ = "\n";
};

}  // namespace paywall::markdown
