#pragma once

#include <cstddef>
#include <vector>

#include "parser/composition.hpp"
#include "parser/html/outline.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/html/tag_reader.hpp"

namespace paywall::html {

/// All tokens of a text in turn, the outline's and those behind them, each with the fate of its
/// piece.
class Tokens {
public:
    Tokens(const Outline& outline, const std::vector<Piece>& pieces)
        : outline_(outline), pieces_(pieces) {}

    template <typename See>
    void for_each(const See& see) const {
        const auto& items = outline_.items;
        const bool has_rest = !outline_.is_whole && !items.empty();
        // What is behind a start tag may be raw, so the rest is read from the last item on.
        const auto count = has_rest ? items.size() - 1 : items.size();
        std::size_t i = 0;
        for (const auto& piece : pieces_) {
            const auto end = &piece == &pieces_.back() ? nowhere : piece.exact.end();
            for (; i < count && items[i].span.offset < end; ++i) see(items[i], piece.fate);
        }
        if (has_rest) read_rest(items.back().span.offset, see);
    }

private:
    template <typename See>
    void read_rest(std::size_t begin, const See& see) const {
        const auto rest = outline_.text.substr(begin);
        read_tags(rest, [&](const Token& token, ReadingContext& context) {
            Item item{.kind = kind_of(token.kind),
                      .element = token.element,
                      .span = {begin + token.span.offset, token.span.length}};
            see(item, pieces_.back().fate);
            context.model = text_model_of(token.element);
        });
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
};

}  // namespace paywall::html
