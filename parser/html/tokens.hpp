#pragma once

#include <cstddef>
#include <vector>

#include "parser/composition.hpp"
#include "parser/html/outline.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/html/telling.hpp"

namespace paywall::html {

/// All tokens of a text in turn, the outline's and those behind them, each with the fate of its
/// piece.
class Tokens {
public:
    Tokens(const Outline& outline, const std::vector<Piece>& pieces)
        : outline_(outline), pieces_(pieces) {}

    template <typename See>
    void for_each(const See& see) const {
        Fates fates(pieces_);
        const auto& items = outline_.items;
        const auto count = count_before_rest();
        for (std::size_t i = 0; i < count; ++i) see(items[i], fates.of(items[i]));
        if (count < items.size()) read_rest(see, [](const Token&) { return true; });
    }

    /// Those that may say something beside the text, and what matters to that.
    template <typename See>
    void for_each_that_may_tell(const See& see) const {
        Fates fates(pieces_);
        const auto& items = outline_.items;
        const auto count = count_before_rest();
        for (const auto i : outline_.telling)
            if (i < count) see(items[i], fates.of(items[i]));
        if (count < items.size()) read_rest(see, may_tell);
    }

private:
    /// Of items in turn.
    class Fates {
    public:
        explicit Fates(const std::vector<Piece>& pieces)
            : piece_(pieces.data()), last_(&pieces.back()) {}

        Piece::Fate of(const Item& item) {
            while (piece_ != last_ && item.span.offset >= piece_->exact.end()) ++piece_;
            return piece_->fate;
        }

    private:
        const Piece* piece_;
        const Piece* last_;
    };

    /// What is behind a start tag may be raw, so the rest is read from the last item on.
    [[nodiscard]] std::size_t count_before_rest() const {
        const bool has_rest = !outline_.is_whole && !outline_.items.empty();
        return outline_.items.size() - (has_rest ? 1 : 0);
    }

    template <typename See, typename Choose>
    void read_rest(const See& see, const Choose& choose) const {
        const auto begin = outline_.items.back().span.offset;
        TagReader reader(outline_.text.substr(begin));
        Token token{};
        for (ReadingContext context; reader.next(token, context);) {
            context = {.model = text_model_of(token.element)};
            if (!choose(token)) continue;
            const Item item{.kind = kind_of(token.kind),
                            .element = token.element,
                            .span = {begin + token.span.offset, token.span.length}};
            see(item, pieces_.back().fate);
        }
    }

    const Outline& outline_;
    const std::vector<Piece>& pieces_;
};

}  // namespace paywall::html
