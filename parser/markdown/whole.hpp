#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/markdown/assembly.hpp"
#include "parser/markdown/flat.hpp"
#include "parser/markdown/lines.hpp"

namespace paywall::markdown {

/// A source without its markers, and how it is read. Keeps references to what it is given. Lines
/// are of the text behind the front matter.
class Whole {
public:
    Whole(const Outline& outline, const std::vector<Piece>& pieces, const Assembly& assembly);

    /// Reads it, once.
    void read();
    /// Reads what is left of it in the same way.
    [[nodiscard]] Flat read(const Joined& edition, const Lines& lines) const;

    /// The same with other text, of which each byte stands for one of this, as it is read.
    [[nodiscard]] Whole with_text(std::string text) const;

    [[nodiscard]] const std::string& text() const { return joined_.text; }
    /// Where a piece begins; the end behind the last.
    [[nodiscard]] std::size_t begin_of(std::size_t piece) const { return joined_.begins[piece]; }
    [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const;
    /// A text behind its front matter, and where there.
    [[nodiscard]] std::string_view body() const { return body(joined_); }
    [[nodiscard]] std::string_view body(const Joined& joined) const;
    [[nodiscard]] std::size_t body_offset(std::size_t offset) const;

    // --- what is read ---------------------------------------------------------------------------

    [[nodiscard]] const Lines& lines() const { return lines_; }
    [[nodiscard]] const Flat& flat() const { return flat_; }
    /// Takes them out of the flat text.
    [[nodiscard]] Units take_units() { return std::move(flat_.units); }

    [[nodiscard]] std::size_t line_of(std::size_t offset) const;
    [[nodiscard]] std::string_view lines_text(std::size_t first, std::size_t last) const;
    /// The block on a line, also of a footnote; none if there is none.
    [[nodiscard]] const Leaf* leaf_on(std::size_t line) const;
    /// … if it is a table.
    [[nodiscard]] const Leaf* table_on(std::size_t line) const;

private:
    [[nodiscard]] std::string references_to_notes(const std::vector<Change>& changes) const;
    [[nodiscard]] std::vector<LineRange> lines_near_cuts(const Joined& joined,
                                                         const Lines& lines) const;
    [[nodiscard]] bool is_withheld(std::size_t offset) const;

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
    const Assembly& assembly_;
    Joined joined_;
    Lines lines_;
    std::string notes_;  // that refers to them
    Flat flat_;
};

}  // namespace paywall::markdown
