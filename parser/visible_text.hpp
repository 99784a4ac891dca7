#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/document.hpp"

namespace paywall {

/// A text as its reader sees it, in UTF-8: without markup, references resolved. Runs of white space
/// are one space, blocks are parted by one line feed; the text neither begins nor ends with them.
/// A line end between two wide characters (Han, Kana) is nothing, as where CSS lays it out.
class VisibleText {
public:
    /// Text of a block.
    void add(std::string_view utf8);
    /// A block begins or ends here.
    void break_block() {
        if (!text_.empty()) gap_ = Gap::block;
    }
    /// Remembers a place: what is added from now on stands behind it.
    void mark() { ends_.push_back(text_.size()); }

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Where in the text what stood before each mark ends.
    [[nodiscard]] const std::vector<std::size_t>& ends() const { return ends_; }

private:
    enum class Gap { none, line_end, space, block };

    void put(char32_t c, std::string_view bytes);

    std::string text_;
    std::vector<std::size_t> ends_;
    Gap gap_ = Gap::none;
    char32_t last_ = 0;
};

/// What the reader of a text sees of it. A mark is put at each of `places`, offsets of the text in
/// order, each at a character's start or the end; within a line of Markdown it may be off by what
/// markup hides.
[[nodiscard]] VisibleText read_visible(std::string_view text, Content content,
                                       const std::vector<std::size_t>& places = {});

}  // namespace paywall
