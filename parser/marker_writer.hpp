#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/document.hpp"

namespace paywall {

/// The markers around a text, or before it, in UTF-8. Those of one place follow each other
/// directly; of form line each has a line of its own.
struct Written {
    std::vector<std::string> open;
    std::vector<std::string> close;  ///< of a divider: none
    Form form = Form::run;
};

/// A section of a dialect that is for just this audience and says just these details; nothing where
/// it has none. What the origin would read in another way is not left to defaults: attributes that
/// say the audience outright are preferred, in the order of the dialect's rules.
[[nodiscard]] std::optional<Written> write_section(const Dialect& dialect, const Audience& audience,
                                                   const Details& details);
/// The same for a divider.
[[nodiscard]] std::optional<Written> write_divider(const Dialect& dialect, const Audience& audience,
                                                   const Details& details);
/// The markers of an inverse region, outside of which all is paid.
[[nodiscard]] std::optional<Written> write_free_part(const Dialect& dialect);

}  // namespace paywall
