#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "audit/normal_form.hpp"

namespace paywall::audit {

/// Text in normal form, gathered from pieces of one text, with the way back to where each piece
/// came from. Views the pieces: they must live as long as origin() is asked. Used over and over:
/// clear() keeps the memory.
class NormalText {
public:
    /// What parts texts that do not go on in one another: no text in normal form holds this byte.
    static constexpr char separator = '\xFF';

    explicit NormalText(NormalForm& form);

    void clear();
    /// UTF-8 that begins at `origin` and lies there as it is. Bytes that are no UTF-8 separate.
    void append(std::string_view text, std::size_t origin);
    /// UTF-8 that an escape at `origin` stands for.
    void append_decoded(std::string_view text, std::size_t origin);
    void separate();

    [[nodiscard]] std::size_t capacity() const { return buffer_.size(); }
    [[nodiscard]] std::string_view bytes() const { return {buffer_.data(), size_}; }
    /// Where the character came from whose normal form holds the byte at `offset`.
    [[nodiscard]] std::size_t origin(std::size_t offset) const;

private:
    struct Piece {
        std::size_t begin;  ///< in bytes()
        std::size_t origin;
        std::string_view text;  ///< empty: what an escape stands for
    };
    void add(std::string_view text);
    void add_slice(std::string_view text);
    [[nodiscard]] std::size_t add_character(std::string_view text, std::size_t at);
    void add_dear(std::string_view form);
    void add_mark(std::string_view mark);
    void reserve(std::size_t more);

    NormalForm* form_;
    std::vector<char> buffer_;
    std::size_t size_ = 0;
    std::vector<Piece> pieces_;
};

}  // namespace paywall::audit
