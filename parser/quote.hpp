#pragma once

#include <string>
#include <string_view>

#include "parser/source.hpp"

namespace paywall {

/// How much of a quoted line may be seen: its window; of what is marked the part before any
/// content; nothing.
enum class Show { window, marked, nothing };

/// A line as a message shows it, with a caret line to stand below it at the same column.
struct Quote {
    std::string text;
    std::string indent;  ///< as many spaces as columns before the caret
    std::string caret;   ///< `^~~~`
};

/// A window of at most 64 columns of the line, beginning at most 16 columns before the marked
/// part; `…` where it is cut. Wide characters take two columns. Tabs are shown as one space;
/// control characters, and in the marked part all that nobody sees, as `\x1b` and `\u200b`.
[[nodiscard]] Quote quote(const Source::Line& line, Show show);

/// Text from outside as one line: what could move, hide or forge text is escaped, bytes that
/// are not UTF-8 are shown as `\xe9`.
[[nodiscard]] std::string escape(std::string_view text);

}  // namespace paywall
