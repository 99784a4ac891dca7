#pragma once

#include <string_view>

#include "audit/derived.hpp"

namespace paywall::audit {

/// How a text writes what it cannot hold as it is.
enum class Escapes {
    string,            ///< JSON, JavaScript and their like: `\u4e2d`, `\u{4e2d}`, `\x41`, `\n`
    css,               ///< `\4e2d ` (CSS Syntax, 4.3.7)
    percent,           ///< `%E4%B8%AD` (RFC 3986), `%u4e2d`
    quoted_printable,  ///< `=E4=B8=AD`, lines that end with `=` (RFC 2045, 6.7)
};

/// Does the text hold any such escape? None is missed.
[[nodiscard]] bool has_escapes(std::string_view text, Escapes kind);

/// The text with all escapes of one kind decoded; what is none stays. Of percent escapes, which
/// many texts have a few of, only what lies within 4 KiB of one: the rest says nothing new.
[[nodiscard]] Derived decode_escapes(std::string_view text, Escapes kind);

}  // namespace paywall::audit
