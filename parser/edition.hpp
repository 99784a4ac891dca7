#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/document.hpp"
#include "parser/placeholder.hpp"

namespace paywall {

enum class EditionKind { preview, full };
/// What goes with a marker: the line that holds nothing else (FORMAT.md, "Marker lines"), or
/// the marker's own bytes only (`--exact`).
enum class Cut { marker_lines, exact };

/// Does anything stand where text was withheld: a placeholder, the message of a region, the
/// dialect's anchor?
enum class StandIns { none, all };
/// Are search engines told what of an HTML page is paid for? (HTML.md, "Structured data")
enum class StructuredData { none, added };

struct RenderOptions {
    Cut cut = Cut::marker_lines;
    /// For what a reader does not get; none: nothing stands there, or the dialect's anchor. The
    /// message of a region is put there instead of it.
    const Placeholder* placeholder = nullptr;
    /// Where a block cannot stand, in HTML within a <p>; none: the block stands behind that.
    const Placeholder* inline_placeholder = nullptr;
    /// Attributes, in any case, that a withheld tag keeps where the edition needs the tag.
    std::vector<std::string> keep_attributes = {};
    StructuredData structured_data = StructuredData::none;  ///< of HTML, for who pays
    std::string_view name = {};                             ///< the source's, for the field {name}
    StandIns stand_ins = StandIns::all;
};

/// One version of a source: pieces to be written one after the other, ready for writev. Pieces
/// view the source's bytes and the texts this edition owns; none is empty. Movable.
class Edition {
public:
    Edition() = default;
    Edition(Edition&&) = default;
    Edition& operator=(Edition&&) = default;
    Edition(const Edition&) = delete;  // its pieces would view the other's texts
    Edition& operator=(const Edition&) = delete;

    [[nodiscard]] const std::vector<std::string_view>& pieces() const { return pieces_; }
    [[nodiscard]] std::size_t size() const;  ///< bytes in all
    [[nodiscard]] std::string text() const;  ///< the pieces joined: for tests and small texts

    void reserve(std::size_t pieces) { pieces_.reserve(pieces); }  ///< that are to come
    void append(std::string_view view);                            ///< a view of the source
    void append_owned(std::string text);                           ///< text that the edition keeps

private:
    std::vector<std::string_view> pieces_;
    std::list<std::string> owned_;  // a list: growing keeps the views valid
};

/// Whom an edition of that kind is for: anonymous readers; payers of everything.
[[nodiscard]] Reader reader_of(EditionKind kind);

/// The edition of a document for a reader; or why there is none: `marker_residue` where pieces join
/// into a marker or lookalike, `unencodable_placeholder`, `crossed_containers`,
/// `unwrappable_section`, `invalid_json_ld`. Each refuses the source, both editions.
[[nodiscard]] std::variant<Edition, Diagnostic> render(const Document& document,
                                                       const Reader& reader,
                                                       const RenderOptions& options = {});
[[nodiscard]] std::variant<Edition, Diagnostic> render(const Document& document, EditionKind kind,
                                                       const RenderOptions& options = {});

/// Is what one reader gets the same as what another gets? Never of one who pays and one who does
/// not: only the former is told what is paid for (RenderOptions::structured_data).
[[nodiscard]] bool reads_alike(const Document& document, const Reader& one, const Reader& other);

/// The preview with nothing in the place of paid text, in UTF-8: all that may be told of a document
/// to everyone. Empty where it cannot be rendered.
[[nodiscard]] std::string preview_text(const Document& document);

}  // namespace paywall
