#include "parser/open_blocks.hpp"

#include <algorithm>

namespace paywall {
namespace {

constexpr std::string_view begin_of_comment = "<!--";
constexpr std::string_view end_of_comment = "-->";
constexpr std::string_view space = " \t\r\n";

/// What a comment holds, without the white space around it.
std::string_view inside(std::string_view comment) {
    comment.remove_prefix(begin_of_comment.size());
    comment.remove_suffix(end_of_comment.size());
    comment.remove_prefix(std::min(comment.find_first_not_of(space), comment.size()));
    return comment.substr(0, comment.find_last_not_of(space) + 1);
}

/// `wp:group`, of `wp:group {"layout":1}`.
std::string_view name_of(std::string_view block) {
    return block.substr(0, block.find_first_of(" \t\r\n{"));
}

}  // namespace

std::optional<Span> OpenBlocks::innermost_at(std::size_t at) {
    while (next_ < at) {
        const auto begin = text_.find(begin_of_comment, next_);
        if (begin >= at) break;
        const auto end = text_.find(end_of_comment, begin + begin_of_comment.size());
        if (end == std::string_view::npos) {
            next_ = text_.size();
            break;
        }
        next_ = end + end_of_comment.size();
        read_comment(begin, next_);
    }
    next_ = std::max(next_, at);
    return open_.empty() ? std::nullopt : std::optional(open_.back());
}

void OpenBlocks::read_comment(std::size_t begin, std::size_t end) {
    const auto block = inside(text_.substr(begin, end - begin));
    if (block.starts_with("wp:") && !block.ends_with('/')) open_.push_back({begin, end - begin});
    if (!block.starts_with("/wp:") || open_.empty()) return;
    const auto opener = inside(text_.substr(open_.back().offset, open_.back().length));
    if (name_of(opener) == name_of(block.substr(1))) open_.pop_back();
}

}  // namespace paywall
