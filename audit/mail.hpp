#pragma once

#include <string_view>

#include "audit/derived.hpp"

namespace paywall::audit {

/// Does this begin like an e-mail or a file of several (RFC 5322, mbox, MHTML)?
[[nodiscard]] bool is_mail(std::string_view text);

/// The encoded words of a mail's headers (RFC 2047), decoded, with what stands between them; empty
/// where there are none.
[[nodiscard]] Derived decode_encoded_words(std::string_view text);

}  // namespace paywall::audit
