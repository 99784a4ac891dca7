#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/numbers.hpp"
#include "tools/cutting.hpp"

namespace paywall::tools {

/// What people want to know of a document beside its editions. Dear to make: only where it is asked
/// for.
struct Account {
    DocumentNumbers numbers;
    /// Where images and links point to that the preview does not hold, as they are written.
    std::vector<std::string> paid_assets;
    std::optional<std::string> excerpt;  ///< where it was asked for
};

/// Of a source that is not refused; none above 16 MiB: it takes several times as much memory as the
/// source. `excerpt`: so many characters of what is free.
[[nodiscard]] std::optional<Account> account_of(const Cutting& cutting,
                                                std::optional<std::size_t> excerpt);

/// `"numbers":{…},"paid_assets":[…],"excerpt":"…"`: members of a JSON object.
[[nodiscard]] std::string account_members(const std::optional<Account>& account);
/// The same of a source of which nothing is known.
inline constexpr std::string_view no_account = R"("numbers":null,"paid_assets":[])";

/// The text of an edition of a document, in UTF-8.
[[nodiscard]] std::string text_of(const Document& document, const Edition& edition);

}  // namespace paywall::tools
