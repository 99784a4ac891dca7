#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/derived.hpp"
#include "parser/utf.hpp"

namespace paywall::audit {

/// The form of bytes that begin with a byte-order mark of UTF-16 or UTF-32, or whose NULs show
/// that they are such text.
[[nodiscard]] std::optional<Utf> wide_form(std::string_view bytes);

/// Are these bytes, which are no UTF-8, text in another encoding rather than data?
[[nodiscard]] bool is_text_like(std::string_view bytes);

/// Encodings that text which is not UTF-8 may be in: ICU's names. All of them are tried.
[[nodiscard]] const std::vector<std::string>& legacy_encodings();

/// The text as UTF-8. What does not decode becomes U+FFFD: never a fault. `encoding` is a name
/// that ICU knows.
[[nodiscard]] Derived decode_lossy(std::string_view bytes, const std::string& encoding);

/// The parts of a text that lie within 2 KiB of bytes that are no UTF-8; empty if all is UTF-8.
[[nodiscard]] Derived around_invalid(const Derived& text);

/// Bytes taken for UTF-16, whatever they are: as UTF-8, without a way back. Units that are no
/// character become U+FFFD.
[[nodiscard]] std::string read_as_utf16(std::string_view bytes, Utf form);

}  // namespace paywall::audit
