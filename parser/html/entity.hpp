#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace paywall::html {

/// What a character reference stands for, in UTF-8.
struct Entity {
    std::string_view text() const { return {bytes.data(), size}; }

    std::array<char, 8> bytes{};
    std::size_t size = 0;
    std::size_t length = 0;  ///< of the reference, in bytes
};

/// The character reference (WHATWG HTML, 13.5) that begins with the `&` at `at`, as browsers read
/// it in text: any number, all names, those of old also without their semicolon.
[[nodiscard]] std::optional<Entity> read_entity(std::string_view text, std::size_t at);

/// Would a reference that begins in one text go on into another, if that followed?
[[nodiscard]] bool is_entity_across(std::string_view before, std::string_view behind);

}  // namespace paywall::html
