#include "parser/marker_lines.hpp"

namespace paywall {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}
bool is_white_space(char c) {
    return is_blank(c) || (c >= '\n' && c <= '\r');
}

std::size_t line_end_length_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || !is_line_end(text[at])) return 0;
    return text.substr(at, 2) == "\r\n" ? 2 : 1;
}

}  // namespace

std::size_t skip_white_space(std::string_view text, std::size_t at) {
    while (at < text.size() && is_white_space(text[at])) ++at;
    return at;
}

Span last_line_end(std::string_view text) {
    const std::size_t length = text.ends_with("\r\n")                         ? 2
                               : text.ends_with('\n') || text.ends_with('\r') ? 1
                                                                              : 0;
    return {text.size() - length, length};
}

Mark::Mark(std::string_view text, Span span, std::size_t marker) : span_(span), marker_(marker) {
    blank_begin_ = span.offset;
    while (blank_begin_ > 0 && is_blank(text[blank_begin_ - 1])) --blank_begin_;
    blank_end_ = span.end();
    while (blank_end_ < text.size() && is_blank(text[blank_end_])) ++blank_end_;
    visible_begin_ = skip_white_space(text, blank_end_);
    line_end_length_ = line_end_length_at(text, blank_end_);
    begins_line_ = blank_begin_ == 0 || is_line_end(text[blank_begin_ - 1]);
    ends_line_ = blank_end_ == text.size() || line_end_length_ > 0;
}

Mark Mark::edge(std::string_view text, std::size_t at) {
    Mark edge(text, {at, 0}, 0);
    edge.blank_begin_ = edge.blank_end_ = at;
    edge.line_end_length_ = 0;
    edge.ends_line_ = false;  // alone it takes no line with it
    return edge;
}

}  // namespace paywall
