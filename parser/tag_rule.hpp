#pragma once

#include <cstddef>
#include <optional>

#include "parser/dialect.hpp"
#include "parser/reading.hpp"
#include "parser/source.hpp"

namespace paywall {

/// Text in brackets that resembles a tag marker: `< paid>`, `[/paid]`, `</piad>`.
struct TagShape {
    Span span;
    Role role;
    std::size_t name = 0;      ///< where its name begins
    bool is_angle = false;     ///< in `<`, whatever it is written as; `《` is another bracket
    bool is_misspelt = false;  ///< one typo away from the name
    bool is_closed = false;    ///< its closing bracket is there
    bool is_bare = false;      ///< its opening bracket is not
};

/// The tag shape whose opening bracket is at a place; nothing for tags of other names.
[[nodiscard]] std::optional<TagShape> read_tag_shape(const Reading& reading, std::size_t at,
                                                     std::string_view name);

/// The same for the name at a place (`paid` as read_word() reads it, ending at `end`): looks
/// back for its bracket. `paid>` and `/paid>` that lost their bracket outside of a tag count as
/// tag shapes that are bare.
[[nodiscard]] std::optional<TagShape> find_tag_around(const Reading& reading, std::size_t at,
                                                      std::size_t end, std::string_view name);

}  // namespace paywall
