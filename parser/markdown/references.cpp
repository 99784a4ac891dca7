#include "parser/markdown/references.hpp"

#include <algorithm>

namespace paywall::markdown {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Labels match without regard to case and white space.
std::string folded(std::string_view label) {
    std::string result;
    for (const char c : label) {
        if (is_space(c)) {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else {
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
        }
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

class Finder {
public:
    explicit Finder(std::string_view text) : text_(text) {}

    References find() {
        for (at_ = 0; at_ < text_.size();) read_line();
        return std::move(found_);
    }

private:
    [[nodiscard]] std::size_t line_end(std::size_t at) const {
        const auto end = text_.find('\n', at);
        return end == text_.npos ? text_.size() : end + 1;
    }

    [[nodiscard]] std::string_view line(std::size_t at) const {
        return text_.substr(at, line_end(at) - at);
    }

    static std::string_view trimmed(std::string_view line) {
        while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
        while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
        return line;
    }

    static std::size_t indent_of(std::string_view line) {
        const auto at = line.find_first_not_of(' ');
        return at == line.npos ? line.size() : at;
    }

    void read_line() {
        const auto current = line(at_);
        const auto content = trimmed(current);
        if (content.starts_with("```") || content.starts_with("~~~")) return skip_fence(content);
        if (can_define_ && indent_of(current) <= 3 && content.starts_with('[') && define()) return;
        can_define_ = content.empty() || content.starts_with('#');
        const auto end = paragraph_end();
        read_inlines(end);
        at_ = end;
    }

    /// Inline code may run on over lines, so these are read up to a blank one.
    [[nodiscard]] std::size_t paragraph_end() const {
        auto end = line_end(at_);
        if (can_define_) return end;
        while (end < text_.size()) {
            const auto next = trimmed(line(end));
            if (next.empty() || next.starts_with("```") || next.starts_with("~~~")) break;
            end = line_end(end);
        }
        return end;
    }

    void skip_fence(std::string_view opener) {
        const auto length = std::min(opener.find_first_not_of(opener.front()), opener.size());
        const std::string fence(length, opener.front());
        at_ = line_end(at_);
        while (at_ < text_.size()) {
            const auto content = trimmed(line(at_));
            at_ = line_end(at_);
            if (content.starts_with(fence) &&
                content.find_first_not_of(opener.front()) == content.npos)
                break;
        }
        can_define_ = true;
    }

    /// The bracket that closes the one at `at`; nothing within this text.
    [[nodiscard]] std::size_t closing(std::size_t at, std::size_t end) const {
        for (auto i = at + 1; i < end; ++i) {
            if (text_[i] == '\\') {
                ++i;
            } else if (text_[i] == '[') {
                return text_.npos;
            } else if (text_[i] == ']') {
                return i;
            }
        }
        return text_.npos;
    }

    bool define() {
        const auto begin = at_;
        const auto open = text_.find('[', begin);
        const auto close = closing(open, text_.size());
        if (close == text_.npos || close + 1 >= text_.size() || text_[close + 1] != ':')
            return false;
        auto label = text_.substr(open + 1, close - open - 1);
        if (trimmed(label).empty()) return false;
        const bool is_note = label.starts_with('^');
        if (is_note) label.remove_prefix(1);
        const auto end = is_note ? note_end(line_end(close)) : link_end(close + 2);
        found_.definitions.push_back({is_note ? Definition::Kind::footnote : Definition::Kind::link,
                                      folded(label),
                                      {begin, end - begin}});
        if (is_note) read_inlines(end, close + 2);
        at_ = end;
        return true;
    }

    /// Behind the lines of a link's destination and title, either of which may stand on the next.
    [[nodiscard]] std::size_t link_end(std::size_t at) const {
        auto end = line_end(at);
        auto rest = trimmed(text_.substr(at, end - at));
        if (rest.empty() && end < text_.size()) {
            rest = trimmed(line(end));
            end = line_end(end);
        }
        const bool has_title = rest.find_first_of(" \t") != rest.npos;
        if (has_title || end >= text_.size()) return end;
        const auto next = trimmed(line(end));
        if (next.size() < 2) return end;
        const char open = next.front();
        const char close = open == '(' ? ')' : open;
        const bool is_title = (open == '"' || open == '\'' || open == '(') && next.back() == close;
        return is_title ? line_end(end) : end;
    }

    /// Behind the lines of a footnote: indented ones, and what goes on its paragraph.
    [[nodiscard]] std::size_t note_end(std::size_t end) const {
        constexpr std::size_t indent = 4;
        bool was_blank = false;
        auto last = end;
        while (end < text_.size()) {
            const auto next = line(end);
            const auto content = trimmed(next);
            if (content.empty()) {
                was_blank = true;
            } else if (indent_of(next) >= indent || (!was_blank && !content.starts_with('['))) {
                last = line_end(end);
            } else {
                break;
            }
            end = line_end(end);
        }
        return last;
    }

    void read_inlines(std::size_t end) { read_inlines(end, at_); }

    void read_inlines(std::size_t end, std::size_t at) {
        while (at < end) {
            at = text_.substr(0, end).find_first_of("`[\\", at);
            if (at >= end) return;
            if (text_[at] == '\\') {
                at += 2;
            } else if (text_[at] == '`') {
                at = behind_code(at, end);
            } else {
                at = read_reference(at, end);
            }
        }
    }

    [[nodiscard]] std::size_t behind_code(std::size_t at, std::size_t end) const {
        const auto run = [&](std::size_t from) {
            auto to = from;
            while (to < end && text_[to] == '`') ++to;
            return to - from;
        };
        const auto length = run(at);
        for (auto i = at + length; i < end; ++i) {
            if (text_[i] != '`') continue;
            const auto other = run(i);
            if (other == length) return i + other;
            i += other;
        }
        return at + length;
    }

    std::size_t read_reference(std::size_t at, std::size_t end) {
        const auto close = closing(at, end);
        if (close == text_.npos || close >= end) return at + 1;
        auto text = text_.substr(at + 1, close - at - 1);
        const bool is_image = at > 0 && text_[at - 1] == '!';
        const auto begin = is_image ? at - 1 : at;
        if (text.starts_with('^')) {
            add(Definition::Kind::footnote, text.substr(1), {begin, close + 1 - begin}, "");
            return close + 1;
        }
        if (close + 1 < end && text_[close + 1] == '(') return close + 1;
        if (close + 1 < end && text_[close + 1] == '[') {
            const auto second = closing(close + 1, end);
            if (second != text_.npos && second < end) {
                const auto label = text_.substr(close + 2, second - close - 2);
                add(Definition::Kind::link, label.empty() ? text : label,
                    {begin, second + 1 - begin}, std::string(text));
                return second + 1;
            }
        }
        add(Definition::Kind::link, text, {begin, close + 1 - begin}, std::string(text));
        return close + 1;
    }

    void add(Definition::Kind kind, std::string_view label, Span span, std::string text) {
        found_.references.push_back({kind, folded(label), span, std::move(text)});
    }

    std::string_view text_;
    References found_;
    std::size_t at_ = 0;
    bool can_define_ = true;
};

}  // namespace

References find_references(std::string_view text) {
    return Finder(text).find();
}

}  // namespace paywall::markdown
