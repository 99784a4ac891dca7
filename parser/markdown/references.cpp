#include "parser/markdown/references.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "parser/markdown/line_kinds.hpp"
#include "parser/markdown/tree.hpp"
#include "parser/utf.hpp"

namespace paywall::markdown {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Labels match without regard to case and white space.
std::string folded(std::string_view label) {
    std::string result;
    for (std::size_t at = 0; at < label.size();) {
        const auto [c, length] = read_utf8(label, at);
        if (is_space(label[at])) {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else if (c == Character::invalid) {
            result += label.substr(at, length);
        } else {
            std::array<char, 4> bytes{};
            const auto folded = u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT);
            result.append(bytes.data(), write_utf8(static_cast<char32_t>(folded), bytes.data()));
        }
        at += length;
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

/// A text without its markers and the lines that hold nothing else, and where its bytes come from.
class Unmarked {
public:
    Unmarked(std::string_view text, std::size_t begin, const std::vector<Span>& markers) {
        plain_.reserve(text.size() - begin);
        for (const auto& marker : markers) {
            if (marker.offset < begin) continue;
            const auto line_begin = text.rfind('\n', marker.offset) + 1;
            keep(text, begin, marker.offset);
            begin = marker.end();
            const auto line_end = std::min(text.find('\n', begin), text.size());
            const bool ends_line =
                text.substr(begin, line_end - begin).find_first_not_of(" \t\r") == text.npos;
            if (ends_line && is_blank_since(line_begin)) {
                drop_since(line_begin);
                begin = std::min(line_end + 1, text.size());
            }
        }
        keep(text, begin, text.size());
    }

    [[nodiscard]] std::string_view view() const { return plain_; }

    /// A span of it in the text.
    [[nodiscard]] Span source(Span span) const {
        if (span.length == 0) return {source(span.offset), 0};
        const auto begin = source(span.offset);
        return {begin, source(span.end() - 1) + 1 - begin};
    }

private:
    struct Run {
        std::size_t plain;
        std::size_t source;
    };

    void keep(std::string_view text, std::size_t begin, std::size_t end) {
        if (begin >= end) return;
        runs_.push_back({plain_.size(), begin});
        plain_ += text.substr(begin, end - begin);
    }

    /// Is there only white space behind this place of the text?
    [[nodiscard]] bool is_blank_since(std::size_t source) const {
        for (auto at = plain_.size(); at > 0 && this->source(at - 1) >= source; --at)
            if (!is_space(plain_[at - 1])) return false;
        return true;
    }

    void drop_since(std::size_t source) {
        while (!plain_.empty() && this->source(plain_.size() - 1) >= source) plain_.pop_back();
        while (!runs_.empty() && runs_.back().plain >= plain_.size()) runs_.pop_back();
    }

    [[nodiscard]] std::size_t source(std::size_t plain) const {
        const auto behind = std::ranges::upper_bound(runs_, plain, {}, &Run::plain);
        if (behind == runs_.begin()) return plain;
        return (behind - 1)->source + plain - (behind - 1)->plain;
    }

    std::string plain_;
    std::vector<Run> runs_;
};

/// What only a parser can tell of a text: whole lines, in order.
struct Blocks {
    std::vector<Span> literal;  ///< code and HTML, whose text refers to nothing and defines nothing
    std::vector<Span> notes;    ///< the footnotes that something refers to
};

Blocks find_blocks(std::string_view text) {
    Blocks blocks;
    const auto tree = read_tree(text);
    const auto lines = find_lines(text, 0);
    const auto span_of = [&](std::size_t first, std::size_t last) {
        const auto begin = first <= lines.size() ? lines[first - 1] : text.size();
        const auto end = last < lines.size() ? lines[last] : text.size();
        return Span{begin, std::max(begin, end) - begin};
    };
    const std::unique_ptr<cmark_iter, FreeNode> iterator(cmark_iter_new(tree.get()));
    for (std::size_t last = 0;;) {
        const auto event = cmark_iter_next(iterator.get());
        if (event == CMARK_EVENT_DONE) break;
        cmark_node* node = cmark_iter_get_node(iterator.get());
        const auto type = cmark_node_get_type(node);
        if ((type & CMARK_NODE_TYPE_MASK) != CMARK_NODE_TYPE_BLOCK) continue;
        const auto first = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1));
        if (type == CMARK_NODE_FOOTNOTE_DEFINITION && event == CMARK_EVENT_ENTER) last = 0;
        const bool holds_blocks = type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_BLOCK_QUOTE ||
                                  type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM ||
                                  type == CMARK_NODE_FOOTNOTE_DEFINITION;
        // Blank lines behind the last block count to what holds it.
        if (!holds_blocks) last = std::max(last, last_line_of(node));
        if (type == CMARK_NODE_FOOTNOTE_DEFINITION && event == CMARK_EVENT_EXIT)
            blocks.notes.push_back(span_of(first, std::max(first, last)));
        if (type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK) continue;
        const auto span = span_of(first, last_line_of(node));
        if (span.length > 0) blocks.literal.push_back(span);
    }
    std::ranges::sort(blocks.literal, {}, &Span::offset);  // those of footnotes come last
    std::ranges::sort(blocks.notes, {}, &Span::offset);
    return blocks;
}

class Finder {
public:
    Finder(std::string_view text, const Blocks& blocks) : text_(text), blocks_(blocks) {}

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

    /// What a line holds, whatever quotes it is in.
    [[nodiscard]] std::string_view content_at(std::size_t at) const {
        auto content = trimmed(line(at));
        while (content.starts_with('>')) content = trimmed(content.substr(1));
        return content;
    }

    static std::size_t behind_block(const std::vector<Span>& blocks, std::size_t at) {
        const auto next = std::ranges::lower_bound(blocks, at, {}, &Span::offset);
        return next != blocks.end() && next->offset == at ? next->end() : at;
    }

    /// The end of the literal block that begins in the line at `at`, or `at`.
    [[nodiscard]] std::size_t behind_literal(std::size_t at) const {
        return behind_block(blocks_.literal, at);
    }

    void read_line() {
        if (const auto behind = behind_literal(at_); behind != at_) {
            at_ = behind;
            can_define_ = true;
            return;
        }
        const auto content = content_at(at_);
        const bool may_define = (can_define_ && content.starts_with('[')) || begins_note(at_);
        if (may_define && define()) return;
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
            if (content_at(end).empty() || behind_literal(end) != end || begins_note(end)) break;
            end = line_end(end);
        }
        return end;
    }

    /// Is a footnote defined there? Unlike a link it can be right under a paragraph.
    [[nodiscard]] bool begins_note(std::size_t at) const {
        const auto content = content_at(at);
        const auto close = content.find_first_of("[] \t", 1);
        return content.starts_with("[^") && close != content.npos && close > 2 &&
               content.substr(close).starts_with("]:");
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
        const auto end = is_note ? note_end(begin, line_end(close)) : link_end(close + 2);
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
            rest = content_at(end);
            end = line_end(end);
        }
        const bool has_title = rest.find_first_of(" \t") != rest.npos;
        if (has_title || end >= text_.size()) return end;
        const auto next = content_at(end);
        if (next.size() < 2) return end;
        const char open = next.front();
        const char close = open == '(' ? ')' : open;
        const bool is_title = (open == '"' || open == '\'' || open == '(') && next.back() == close;
        return is_title ? line_end(end) : end;
    }

    /// Behind the lines of a footnote: indented ones, and what goes on its paragraph.
    [[nodiscard]] std::size_t note_end(std::size_t begin, std::size_t end) const {
        if (const auto behind = behind_block(blocks_.notes, begin); behind != begin) return behind;
        constexpr std::size_t indent = 4;
        bool was_blank = false;
        auto last = end;
        while (end < text_.size()) {
            const auto next = line(end);
            const auto content = trimmed(next);
            if (content.empty()) {
                was_blank = true;
            } else if (indent_of(next) >= indent || (!was_blank && goes_on_paragraph(next))) {
                last = line_end(end);
                was_blank = false;
            } else {
                break;
            }
            end = line_end(end);
        }
        return last;
    }

    /// Is it sure that a line under one of a paragraph is part of that?
    static bool goes_on_paragraph(std::string_view line) {
        return start_of(line).kind == LineKind::plain && !line.starts_with('[');
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
    const Blocks& blocks_;
    References found_;
    std::size_t at_ = 0;
    bool can_define_ = true;
};

}  // namespace

References find_references(std::string_view text, std::size_t begin,
                           const std::vector<Span>& markers) {
    const Unmarked unmarked(text, begin, markers);
    const auto blocks = find_blocks(unmarked.view());
    auto found = Finder(unmarked.view(), blocks).find();
    for (auto& definition : found.definitions) definition.span = unmarked.source(definition.span);
    for (auto& reference : found.references) reference.span = unmarked.source(reference.span);
    return found;
}

}  // namespace paywall::markdown
