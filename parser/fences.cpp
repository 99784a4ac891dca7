#include "parser/fences.hpp"

#include <algorithm>

namespace paywall {
namespace {

constexpr std::string_view fence = "```";

/// Up to three spaces of indent, as CommonMark has it.
std::string_view without_indent(std::string_view line) {
    return line.substr(std::min({line.find_first_not_of(' '), line.size(), std::size_t{3}}));
}

bool closes(std::string_view line) {
    line = without_indent(line);
    return line.starts_with(fence) && line.find_first_not_of("` \t\r") == std::string_view::npos;
}

}  // namespace

Fences::Fences(std::string_view text) {
    auto open = std::string_view::npos;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text.substr(at, end - at);
        const auto next = std::min(end + 1, text.size());
        if (open != std::string_view::npos && closes(line)) {
            fences_.push_back({open, next - open});
            open = std::string_view::npos;
        } else if (open == std::string_view::npos && without_indent(line).starts_with(fence)) {
            open = at;
        }
        at = next;
    }
}

Span Fences::around(Span token) {
    while (next_ < fences_.size() && fences_[next_].end() <= token.offset) ++next_;
    if (next_ == fences_.size() || token.end() <= fences_[next_].offset) return {};
    if (fences_[next_].offset <= token.offset) return fences_[next_];
    ++next_;  // it begins inside the token
    return {};
}

}  // namespace paywall
