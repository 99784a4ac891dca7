#include "tools/unified_diff.hpp"

#include <algorithm>

#include "parser/quote.hpp"

namespace paywall::tools {
namespace {

/// Lines that change together, and those they become: from the first edit's line to the last's.
struct Block {
    std::size_t first;  ///< line, from 0
    std::size_t last;
    std::size_t first_edit;
    std::size_t end_of_edits;
};

/// Bytes of a damaged marker that hold no content for sure, as messages show it.
std::size_t sure_length(std::string_view damaged) {
    return std::min(damaged.find_first_of(" \t\r\n<", 1), damaged.size());
}

/// `…` for what each line holds.
void add_hidden(std::string& shown, std::string_view text) {
    constexpr std::string_view hidden = "…";
    for (const char c : text) {
        if (c == '\n') {
            shown += c;
        } else if (!shown.ends_with(hidden)) {
            shown += hidden;
        }
    }
}

class Differ {
public:
    Differ(std::string_view text, const std::vector<TextEdit>& edits, DiffLines lines)
        : text_(text), edits_(edits), lines_(lines), context_(lines == DiffLines::whole ? 3 : 0) {
        for (std::size_t at = 0; at < text.size(); at = end_of_line(at)) starts_.push_back(at);
        starts_.push_back(text.size());
    }

    std::string hunks() {
        const auto blocks = find_blocks();
        for (std::size_t i = 0; i < blocks.size();) {
            auto end = i + 1;
            while (end < blocks.size() && blocks[end].first - blocks[end - 1].last <= 2 * context_)
                ++end;
            add_hunk({blocks.begin() + static_cast<std::ptrdiff_t>(i),
                      blocks.begin() + static_cast<std::ptrdiff_t>(end)});
            i = end;
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] std::size_t end_of_line(std::size_t at) const {
        const auto end = text_.find('\n', at);
        return end == std::string_view::npos ? text_.size() : end + 1;
    }
    [[nodiscard]] std::size_t line_count() const { return starts_.size() - 1; }
    [[nodiscard]] std::size_t line_of(std::size_t offset) const {
        const auto after = std::ranges::upper_bound(starts_, offset);
        const auto line = static_cast<std::size_t>(after - starts_.begin()) - 1;
        return std::min(line, line_count() - 1);
    }

    [[nodiscard]] std::vector<Block> find_blocks() const {
        std::vector<Block> blocks;
        for (std::size_t i = 0; i < edits_.size(); ++i) {
            const auto first = line_of(edits_[i].span.offset);
            const auto last = line_of(edits_[i].span.end());
            const bool joins = !blocks.empty() && first <= blocks.back().last + 1;
            if (!joins) blocks.push_back({first, last, i, i});
            blocks.back().last = std::max(blocks.back().last, last);
            blocks.back().end_of_edits = i + 1;
        }
        return blocks;
    }

    /// What a block becomes, or with `old` what it is: as far as it may be shown.
    [[nodiscard]] std::string shown(const Block& block, bool old) const {
        std::string result;
        auto at = starts_[block.first];
        const auto end = starts_[block.last + 1];
        const auto add_kept = [&](std::size_t to) {
            const auto kept = text_.substr(at, to - at);
            if (lines_ == DiffLines::whole) {
                result += kept;
            } else {
                add_hidden(result, kept);
            }
        };
        for (auto i = block.first_edit; i < block.end_of_edits; ++i) {
            const auto& edit = edits_[i];
            add_kept(edit.span.offset);
            const auto was = text_.substr(edit.span.offset, edit.span.length);
            if (!old)
                result += lines_ == DiffLines::whole ? std::string(edit.text) : escape(edit.text);
            if (old && lines_ == DiffLines::whole) result += was;
            if (old && lines_ != DiffLines::whole) {
                const auto sure = lines_ == DiffLines::changes ? sure_length(was) : 0;
                result += escape(was.substr(0, sure));
                add_hidden(result, was.substr(sure));
            }
            at = edit.span.end();
        }
        add_kept(end);
        return result;
    }

    static std::size_t count_lines(std::string_view text) {
        const auto ends = static_cast<std::size_t>(std::ranges::count(text, '\n'));
        return ends + (text.empty() || text.ends_with('\n') ? 0 : 1);
    }

    void add_lines(char sign, std::string_view text) {
        while (!text.empty()) {
            const auto end = text.find('\n');
            const auto line = text.substr(0, end);
            out_.append(1, sign).append(line).append("\n");
            if (end == std::string_view::npos) {
                if (lines_ == DiffLines::whole) out_ += "\\ No newline at end of file\n";
                return;
            }
            text.remove_prefix(end + 1);
        }
    }

    [[nodiscard]] std::string_view lines_from(std::size_t first, std::size_t end) const {
        return text_.substr(starts_[first], starts_[end] - starts_[first]);
    }

    void add_hunk(const std::vector<Block>& blocks) {
        const auto first = blocks.front().first - std::min(context_, blocks.front().first);
        const auto end = std::min(blocks.back().last + 1 + context_, line_count());
        std::size_t old_count = 0;
        std::size_t new_count = 0;
        std::string head = std::move(out_);
        out_.clear();
        const auto add_context = [&](std::size_t from, std::size_t to) {
            add_lines(' ', lines_from(from, to));
            old_count += to - from;
            new_count += to - from;
        };
        auto line = first;
        for (const auto& block : blocks) {
            add_context(line, block.first);
            const auto before = shown(block, true);
            const auto after = shown(block, false);
            add_lines('-', before);
            add_lines('+', after);
            old_count += count_lines(before);
            new_count += count_lines(after);
            line = block.last + 1;
        }
        add_context(line, end);
        head += "@@ -" + range(first, old_count) + " +" +
                range(first + grown_ - shrunk_, new_count) + " @@\n";
        out_ = head + out_;
        grown_ += new_count;
        shrunk_ += old_count;
    }

    static std::string range(std::size_t first, std::size_t count) {
        return std::to_string(first + 1) + "," + std::to_string(count);
    }

    std::string_view text_;
    const std::vector<TextEdit>& edits_;
    DiffLines lines_;
    std::size_t context_;
    std::vector<std::size_t> starts_;  // of the lines, and the text's end
    std::size_t grown_ = 0;            // lines added so far, and taken away
    std::size_t shrunk_ = 0;
    std::string out_;
};

}  // namespace

std::string unified_diff(std::string_view name, std::string_view text,
                         const std::vector<TextEdit>& edits, DiffLines lines) {
    if (edits.empty()) return {};
    const std::string shown = escape(name);
    return "--- " + shown + "\n+++ " + shown + "\n" + Differ(text, edits, lines).hunks();
}

}  // namespace paywall::tools
