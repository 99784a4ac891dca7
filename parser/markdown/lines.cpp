#include "parser/markdown/lines.hpp"

#include <algorithm>

#include "parser/markdown/tree.hpp"

namespace paywall::markdown {

Lines::Lines(std::string_view text) {
    if (text.find('\r') != text.npos) {
        ends_ = find_lines(text, 0);
        ends_.erase(ends_.begin());
        return;
    }
    for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos;) ends_.push_back(++at);
}

std::size_t Lines::begin_of(std::size_t line) const {
    if (line <= 1) return 0;
    return line - 2 < ends_.size() ? ends_[line - 2] : static_cast<std::size_t>(-1);
}

std::size_t Lines::line_of(std::size_t offset) const {
    const auto behind = std::ranges::upper_bound(ends_, offset);
    return 1 + static_cast<std::size_t>(behind - ends_.begin());
}

}  // namespace paywall::markdown
