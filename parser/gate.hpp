#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "parser/access.hpp"
#include "parser/source.hpp"

namespace paywall {

/// A key of the front matter that says who may read a document as a whole.
struct Gate {
    std::string key;                         ///< empty: there is none
    std::map<std::string, Audience> values;  ///< what is none of them denies
};

/// What a document's front matter says for the key of its gate.
struct GateValue {
    std::string_view text;  ///< without quotes
    Span span;              ///< of the text
};

/// Reads YAML between lines of `---` (`access: paid`) and TOML between lines of `+++`
/// (`access = "paid"`): a key at the start of a line and the rest of that line. Where the key
/// stands twice, or what follows it is no plain value, the value is that text, which no gate knows.
[[nodiscard]] std::optional<GateValue> read_gate(const Gate& gate, std::string_view text);

}  // namespace paywall
