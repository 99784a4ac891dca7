#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <variant>

#include "parser/diagnostic.hpp"
#include "parser/document.hpp"
#include "parser/edition.hpp"
#include "tools/known.hpp"
#include "tools/settings.hpp"

namespace paywall::tools {

/// What becomes of one source: its document and editions, or none because it is refused; and
/// what is to be said of it. Views the source's bytes.
struct Cutting {
    std::optional<Document> document;
    std::optional<Edition> preview;
    std::optional<Edition> full;
    Diagnostics diagnostics;

    [[nodiscard]] bool refused() const { return !document; }
};

/// How a source of that name is read.
[[nodiscard]] ParseOptions parse_options(const Settings& settings, std::string_view name);
/// The parse of one source as its settings say. `name` is its path in the output.
[[nodiscard]] std::variant<Document, Diagnostics> parse_source(const Settings& all_settings,
                                                               std::string_view bytes,
                                                               std::string_view name);

[[nodiscard]] Shares shares_of(const Document& document, Cut cut);

/// `name` is the source's path in the output. The editions of all Settings::readers are made
/// whatever is asked for: whether a source is refused must not depend on the command. (Of `convert`
/// the full edition is the converted source, and there is no preview.)
[[nodiscard]] Cutting cut(const Settings& all_settings, std::string_view bytes,
                          std::string_view name);

}  // namespace paywall::tools
