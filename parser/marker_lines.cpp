#include "parser/marker_lines.hpp"

namespace paywall {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// For each mark: does nothing but blanks and marks stand between its line's start and it?
std::vector<std::size_t> blank_starts(std::string_view text, const std::vector<Mark>& marks,
                                      std::vector<bool>& is_first) {
    std::vector<std::size_t> starts(marks.size());
    std::size_t previous = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        auto at = marks[i].span.offset;
        while (at > previous && is_blank(text[at - 1])) --at;
        starts[i] = at;
        const bool at_line_start = at == 0 || is_line_end(text[at - 1]);
        is_first[i] = at_line_start || (i > 0 && at == previous && is_first[i - 1]);
        previous = marks[i].span.end();
    }
    return starts;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

Span line_end_at(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) == "\r\n") return {at, 2};
    return {at, at < text.size() && is_line_end(text[at]) ? std::size_t{1} : std::size_t{0}};
}

}  // namespace

std::vector<Vanishing> vanishing(std::string_view text, const std::vector<Mark>& marks) {
    std::vector<bool> is_blank_before(marks.size());
    const auto starts = blank_starts(text, marks, is_blank_before);
    std::vector<Vanishing> result(marks.size());
    bool line_vanishes = false;  // of the mark behind, if it stands on the same line
    Span line_end;
    for (auto i = marks.size(); i-- > 0;) {
        const auto blank_end = skip_blanks(text, marks[i].span.end());
        const bool is_last = i + 1 == marks.size() || blank_end != marks[i + 1].span.offset;
        if (is_last) {
            line_end = line_end_at(text, blank_end);
            line_vanishes = blank_end == text.size() || line_end.length > 0;
        }
        if (!line_vanishes || !is_blank_before[i]) {
            result[i] = {marks[i].span, {}};
            continue;
        }
        const auto end = is_last ? line_end.end() : marks[i].span.end();
        result[i] = {{starts[i], end - starts[i]}, line_end};
    }
    return result;
}

}  // namespace paywall
