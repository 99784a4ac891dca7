#include "parser/markdown/visible.hpp"

#include <algorithm>
#include <string>

#include "parser/html/visible.hpp"
#include "parser/markdown/front_matter.hpp"
#include "parser/markdown/tree.hpp"
#include "parser/utf.hpp"

namespace paywall::markdown {
namespace {

std::string_view view(const char* text) {
    return text == nullptr ? std::string_view() : std::string_view(text);
}

/// A block of text, and the lines that it stands in.
struct Shown {
    std::size_t first_line;
    std::size_t last_line;
    std::string text = {};
};

/// Gathers the blocks of text of a document.
class Gatherer {
public:
    std::vector<Shown> gather(std::string_view markdown) {
        const auto tree = read_tree(markdown);
        const std::unique_ptr<cmark_iter, FreeNode> iterator(cmark_iter_new(tree.get()));
        for (;;) {
            const auto event = cmark_iter_next(iterator.get());
            if (event == CMARK_EVENT_DONE) break;
            auto* node = cmark_iter_get_node(iterator.get());
            if ((cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK)
                block(node, event);
            else
                inlined(node, event);
        }
        std::ranges::stable_sort(blocks_, {}, &Shown::first_line);  // footnotes come last
        return std::move(blocks_);
    }

private:
    void block(cmark_node* node, cmark_event_type event) {
        if (event != CMARK_EVENT_ENTER) return;
        const auto line = [](int number) { return static_cast<std::size_t>(std::max(number, 0)); };
        const auto first = line(cmark_node_get_start_line(node));
        // The cells of a table may have no lines of their own.
        if (first > 0) lines_ = {first, last_line_of(node)};
        blocks_.push_back(lines_);
        const auto literal = view(cmark_node_get_literal(node));
        if (cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK) blocks_.back().text = literal;
        if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
            VisibleText visible;
            html::read_visible(literal, {}, visible);
            blocks_.back().text = visible.text();
        }
    }

    void inlined(cmark_node* node, cmark_event_type event) {
        const bool enters = event == CMARK_EVENT_ENTER;
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) images_ += enters ? 1 : -1;
        if (!enters || images_ > 0 || blocks_.empty()) return;
        auto& text = blocks_.back().text;
        const auto literal = view(cmark_node_get_literal(node));
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_TEXT:
            case CMARK_NODE_CODE:
                text += literal;
                break;
            case CMARK_NODE_SOFTBREAK:
            case CMARK_NODE_LINEBREAK:
                text += '\n';
                break;
            case CMARK_NODE_HTML_INLINE:
                if (html::is_same_name(literal.substr(0, 3), "<br")) text += '\n';
                break;
            default:
                break;
        }
    }

    std::vector<Shown> blocks_;
    Shown lines_{1, 1};
    int images_ = 0;
};

/// Puts blocks down, and marks where places fall.
class Placer {
public:
    Placer(std::string_view text, std::size_t begin, const std::vector<std::size_t>& places,
           VisibleText& visible)
        : text_(text),
          lines_(find_lines(text, begin)),
          place_(places.begin()),
          last_(places.end()),
          visible_(visible) {}

    void put(const std::vector<Shown>& blocks) {
        for (const auto& block : blocks) put(block);
        pass(text_.size());
    }

private:
    [[nodiscard]] std::size_t begin_of(std::size_t line) const {
        return line <= lines_.size() ? lines_[line - 1] : text_.size();
    }

    void put(const Shown& block) {
        const auto begin = std::max(at_, begin_of(block.first_line));
        const auto end = begin_of(block.last_line + 1);
        pass(begin);
        visible_.break_block();
        if (place_ == last_ || *place_ >= end)
            visible_.add(block.text);
        else
            put_along(block.text, begin, end);
        visible_.break_block();
    }

    /// Each character of the text stands in the source behind the one before it, but for what a
    /// reference or escape stands for.
    void put_along(std::string_view shown, std::size_t begin, std::size_t end) {
        constexpr std::size_t farthest = 1024;  // so that the work stays linear
        at_ = begin;
        for (std::size_t i = 0; i < shown.size();) {
            const auto character = shown.substr(i, read_utf8(shown, i).length);
            const auto source = text_.substr(at_, std::min(end - at_, farthest));
            if (const auto found = source.find(character); found != source.npos) {
                pass(at_ + found);
                at_ += found + character.size();
            }
            visible_.add(character);
            i += character.size();
        }
    }

    void pass(std::size_t offset) {
        for (; place_ != last_ && *place_ <= offset; ++place_) visible_.mark();
    }

    std::string_view text_;
    std::vector<std::size_t> lines_;
    std::vector<std::size_t>::const_iterator place_;
    std::vector<std::size_t>::const_iterator last_;
    VisibleText& visible_;
    std::size_t at_ = 0;
};

}  // namespace

void read_visible(std::string_view text, const std::vector<std::size_t>& places,
                  VisibleText& visible) {
    const auto begin = front_matter_length(text);
    Placer(text, begin, places, visible).put(Gatherer().gather(text.substr(begin)));
}

}  // namespace paywall::markdown
