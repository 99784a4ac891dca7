#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "parser/diagnostic.hpp"
#include "parser/dialect.hpp"
#include "parser/document.hpp"
#include "parser/parse.hpp"

namespace paywall {

/// A source in another dialect's markers.
struct Conversion {
    std::string bytes;     ///< in the source's encoding
    Document document;     ///< the source's, which views its bytes
    Diagnostics warnings;  ///< of the source; `dropped_attribute` where a marker said more
};

/// Rewrites markers into one dialect. Made once, used for any number of sources from any number of
/// threads.
class Converter {
public:
    explicit Converter(const Dialect& to) : dialect_(to), parser_(to) {}

    /// The source with the markers of this dialect, proved: read with them it has the same content
    /// for the same readers with the same details, and gives the same editions. Else the faults of
    /// the source, or `inexpressible` at what the dialect cannot say. `from` reads the source;
    /// gates of the front matter count on neither side.
    [[nodiscard]] std::variant<Conversion, Diagnostics> convert(
        const Parser& from, std::string_view source, const ParseOptions& options = {}) const;

    [[nodiscard]] const Dialect& dialect() const { return dialect_; }

private:
    Dialect dialect_;
    Parser parser_;
};

}  // namespace paywall
