#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/document.hpp"
#include "parser/parse.hpp"

namespace paywall {

/// A large text can be read part by part, each a document of its own: where every part is sound and
/// free at both of its ends, so is the whole, and an edition of it is those of the parts, one after
/// the other (FORMAT.md, "Large texts"). Whatever could make that untrue gives no part, and the
/// source is to be read as a whole: parts are a shortcut to the same result or to none.

/// How far behind a part the text that parse_part() is given must go on, unless it ends before: a
/// rule sees less of it, but through tags and comments, and none of these is open where a part
/// ends.
constexpr std::size_t part_context = std::size_t{16} << 10U;

/// Can texts of this dialect be read in parts? Not where a marker says what text far from it is: a
/// divider, an inverse or nested region, an escape; nor where options speak of the whole source.
[[nodiscard]] bool is_divisible(const Dialect& dialect, const ParseOptions& options);

/// Where the part that a text begins with may end: amid plain prose that is free, not in the text's
/// first quarter, and with `part_context` behind it. 0: nowhere. The text is free where it begins.
[[nodiscard]] std::size_t find_part_end(const Parser& parser, std::string_view text);

/// The document of text[0, end), which is free where it begins and ends; what it warns of may be
/// true of the part only. None where it is not sound, or could not be if the text around it were
/// known.
[[nodiscard]] std::optional<Document> parse_part(const Parser& parser, std::string_view text,
                                                 std::size_t end, const ParseOptions& options);

}  // namespace paywall
