#pragma once

#include <cstddef>
#include <string_view>

#include "parser/source.hpp"

namespace paywall::markdown {

/// Looks over the text of the blocks that cuts reach into, from front to back: would what is left
/// of a line be read as it was? Only signs count that reach over what is between them: emphasis
/// and code are left alone by a cut of plain text that does not touch them; a link's target, an
/// entity, an address or HTML is not.
class InlineGuard {
public:
    explicit InlineGuard(std::string_view text) : text_(text) {}

    /// Begins anew with the block that begins there, unless it was entered already.
    void enter(std::size_t block);

    /// May this be cut out of the block entered, as far as what stands before it goes?
    [[nodiscard]] bool may_begin(std::size_t begin);
    /// May what begins behind a cut follow what ends before it? `next` is where the next cut is.
    [[nodiscard]] bool may_meet(Span cut, std::size_t next) const;
    /// Is it text without any sign?
    [[nodiscard]] static bool is_plain(std::string_view text);

    /// Goes on behind a cut.
    void pass(std::size_t end) { read_ = end; }

private:
    void read(std::size_t end);
    [[nodiscard]] std::size_t behind_link(std::size_t at, std::size_t end) const;
    [[nodiscard]] bool is_past_address(std::size_t end);
    [[nodiscard]] bool may_hold_entity(std::size_t end) const;

    std::string_view text_;
    std::size_t block_ = static_cast<std::size_t>(-1);
    std::size_t read_ = 0;
    bool is_open_ = false;  // something that may go on behind what was read
    std::size_t address_ = static_cast<std::size_t>(-1);  // where the last one began
};

}  // namespace paywall::markdown
