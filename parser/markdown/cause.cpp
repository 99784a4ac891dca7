#include "parser/markdown/cause.hpp"

namespace paywall::markdown {

std::size_t find_cause(const std::vector<Piece>& pieces, std::size_t text_size,
                       const std::function<bool(const std::vector<Piece>&)>& is_refused) {
    std::vector<std::size_t> withheld;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (pieces[i].fate == Piece::Fate::withheld) withheld.push_back(i);
    std::size_t accepted = 0;  // so many
    std::size_t refused = withheld.size();
    std::size_t effort = 8 << 20;  // bytes, so that nobody waits for a message
    while (refused - accepted > 1 && effort >= text_size) {
        effort -= text_size;
        const auto middle = accepted + (refused - accepted) / 2;
        auto some = pieces;
        for (auto i = middle; i < withheld.size(); ++i) some[withheld[i]].fate = Piece::Fate::kept;
        (is_refused(some) ? refused : accepted) = middle;
    }
    return withheld[refused - 1];
}

}  // namespace paywall::markdown
