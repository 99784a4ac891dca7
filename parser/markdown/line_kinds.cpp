#include "parser/markdown/line_kinds.hpp"

#include <algorithm>
#include <array>

namespace paywall::markdown {
namespace {

constexpr std::size_t deepest_block = 3;  // spaces before what begins a block

bool is_space(char c) {
    return c == ' ' || c == '\t';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Nothing but text begins with it.
bool is_text(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

std::size_t run_of(char c, std::string_view line) {
    return std::min(line.find_first_not_of(c), line.size());
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t") == line.npos;
}

/// A marker of `length` bytes and a space before text.
LineStart marked(std::string_view line, std::size_t length, LineKind kind, LineKind otherwise) {
    const bool has_text =
        line.size() > length + 1 && line[length] == ' ' && is_text(line[length + 1]);
    return has_text ? LineStart{kind, length + 2} : LineStart{otherwise};
}

LineStart number(std::string_view line) {
    std::size_t digits = 0;
    while (digits < line.size() && is_digit(line[digits])) ++digits;
    constexpr std::size_t most = 9;  // of an item
    if (digits == line.size() || digits > most) return {LineKind::other};
    if (line[digits] != '.' && line[digits] != ')') return {LineKind::plain, digits + 1};
    if (digits + 1 == line.size()) return {LineKind::item};
    if (!is_space(line[digits + 1])) return {LineKind::plain, digits + 2};
    return marked(line, digits + 1, LineKind::item, LineKind::item);
}

/// `*` and `_`: of emphasis where text follows, else an item or a rule.
LineStart emphasis(std::string_view line) {
    const auto signs = run_of(line.front(), line);
    if (signs <= 3 && signs < line.size() && is_text(line[signs]))
        return {LineKind::plain, signs + 1};
    if (line.front() == '*') {
        const auto item = marked(line, 1, LineKind::item, LineKind::other);
        if (item.kind == LineKind::item) return item;
    }
    return {LineKind::other};
}

LineStart hashes(std::string_view line) {
    const auto signs = run_of('#', line);
    if (signs > 6 || signs == line.size()) return {LineKind::other};
    if (is_text(line[signs])) return {LineKind::plain, signs + 1};
    return marked(line, signs, LineKind::heading, LineKind::other);
}

/// How deep a line stands in, and what stands there.
struct Content {
    std::size_t depth;
    std::string_view text;
};

Content content_of(std::string_view line) {
    const auto depth = std::min(line.find_first_not_of(" \t"), line.size());
    return {line.substr(0, depth).find('\t') == line.npos ? depth : deepest_block + 1,
            line.substr(depth)};
}

bool begins_fence(std::string_view content) {
    return content.starts_with("```") || content.starts_with("~~~");
}

/// HTML that a blank line does not end.
bool begins_long_html(std::string_view content) {
    if (!content.starts_with('<') || content.size() < 2) return false;
    constexpr std::string_view first_letters = "!?sSpPtT";  // script, style, pre, textarea
    return first_letters.find(content[1]) != first_letters.npos;
}

/// May HTML in a line go on in the next: a comment, a tag, a value in quotes?
bool may_leave_html_open(std::string_view line) {
    const auto begin = line.find('<');
    if (begin == line.npos) return false;
    const auto html = line.substr(begin);
    return html.find("<!") != html.npos || html.find("<?") != html.npos ||
           html.find("='") != html.npos || html.rfind('<') + 1 > html.rfind('>') + 1 ||
           std::ranges::count(html, '"') % 2 != 0;
}

class LineReader {
public:
    explicit LineReader(std::string_view text) : text_(text) {}

    std::optional<std::vector<Line>> read() {
        constexpr std::size_t usual = 16;
        lines_.reserve(usual);
        for (std::size_t at = 0; at < text_.size(); at = lines_.back().next)
            if (!add(at)) return std::nullopt;
        return std::move(lines_);
    }

private:
    bool add(std::size_t begin) {
        const auto found = text_.find('\n', begin);
        const auto next = found == text_.npos ? text_.size() : found + 1;
        auto end = found == text_.npos ? text_.size() : found;
        if (end > begin && text_[end - 1] == '\r' && end < next) --end;
        const auto text = text_.substr(begin, end - begin);
        if (fence_.empty() && !can_be_told(text)) return false;
        Line line{begin, end, next, {LineKind::fenced}, lines_.size()};
        line.is_within = !fence_.empty();
        if (fence_.empty())
            open(line, text);
        else
            close(text);
        lines_.push_back(line);
        return true;
    }

    [[nodiscard]] bool can_be_told(std::string_view text) const {
        const auto content = content_of(text);
        if (may_leave_html_open(text)) return false;
        if (content.depth > deepest_block) return true;
        if (begins_long_html(content.text)) return false;
        return !begins_fence(content.text) || (content.depth == 0 && !is_html_);
    }

    void open(Line& line, std::string_view text) {
        line.start = start_of(text);
        if (begins_fence(text)) open_fence(text);
        const bool is_new = lines_.empty() || lines_.back().start.kind == LineKind::blank;
        if (!is_new) line.stretch = lines_.back().stretch;
        const auto kind = line.start.kind;
        line.is_quoted = kind == LineKind::quote && (is_new || lines_.back().is_quoted);
        line.is_simple = (kind == LineKind::plain || kind == LineKind::heading) &&
                         (is_new || lines_.back().is_simple);
        is_html_ = (!is_new && is_html_) || text.starts_with('<');
    }

    void open_fence(std::string_view text) {
        const char sign = text.front();
        const auto length = run_of(sign, text);
        if (sign == '`' && text.find('`', length) != text.npos) return;  // a code span
        fence_ = text.substr(0, length);
    }

    void close(std::string_view text) {
        const auto [depth, content] = content_of(text);
        if (depth > deepest_block || !content.starts_with(fence_)) return;
        if (is_blank(content.substr(run_of(fence_.front(), content)))) fence_ = {};
    }

    std::string_view text_;
    std::vector<Line> lines_;
    std::string_view fence_;  // that is open
    bool is_html_ = false;    // a line of this stretch begins with `<`
};

bool has_bare_return(std::string_view text) {
    for (std::size_t at = 0; (at = text.find('\r', at)) != text.npos; ++at)
        if (at + 1 == text.size() || text[at + 1] != '\n') return true;
    return false;
}

}  // namespace

LineStart start_of(std::string_view line) {
    if (is_blank(line)) return {LineKind::blank};
    const char first = line.front();
    if (is_space(first)) return {LineKind::indented};
    if (is_text(first)) return {LineKind::plain, 1};
    if (is_digit(first)) return number(line);
    if (begins_fence(line)) return {LineKind::fenced};
    switch (first) {
        case '*':
        case '_':
            return emphasis(line);
        case '#':
            return hashes(line);
        case '-':
        case '+':
            if (line.size() == 1 || is_space(line[1]))
                return marked(line, 1, LineKind::item, LineKind::item);
            return {LineKind::other};
        case '>':
            return marked(line, 1, LineKind::quote, LineKind::other);
        case '"':
        case '\'':
        case '(':
        case '[':
        case '!':
            return {LineKind::plain, 1};
        default:
            return {LineKind::other};
    }
}

std::optional<std::vector<Line>> read_lines(std::string_view markdown) {
    if (has_bare_return(markdown)) return std::nullopt;
    return LineReader(markdown).read();
}

}  // namespace paywall::markdown
