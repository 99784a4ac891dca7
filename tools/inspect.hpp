#pragma once

#include <string>
#include <string_view>

#include "parser/document.hpp"
#include "parser/edition.hpp"
#include "parser/source.hpp"
#include "tools/account.hpp"

namespace paywall::tools {

/// A sound source whose segments are asked for.
struct Inspected {
    std::string_view name;
    const Document& document;
    Source source;
    Cut cut;
    std::optional<Account> account;
};

/// A line for the source, one for every segment, one for each edition, one for each paid asset.
[[nodiscard]] std::string inspect_text(const Inspected& inspected);
/// One object, without line end: the caller makes the array.
[[nodiscard]] std::string inspect_json(const Inspected& inspected);
/// The same of a source that is refused: it has no segments. `diagnostics` is a JSON array.
[[nodiscard]] std::string refused_json(std::string_view name, std::size_t size,
                                       std::string_view diagnostics);

}  // namespace paywall::tools
