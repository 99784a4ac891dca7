#include "parser/source.hpp"

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

#include "parser/encoding.hpp"
#include "parser/offset_map.hpp"

namespace paywall {

/// What a source is shown as, and where its lines begin in that.
struct Source::Index {
    Index(std::string_view bytes, std::string_view encoding) {
        auto decoded = decode(bytes, encoding);
        if (auto* text = std::get_if<Text>(&decoded)) {
            text_ = std::move(*text);
        } else {
            show_bytes(bytes);
        }
        find_lines();
    }

    [[nodiscard]] std::string_view shown() const { return text_ ? text_->utf8() : shown_; }

    [[nodiscard]] std::size_t to_shown(std::size_t offset) const {
        if (text_) return text_->to_utf8(offset);
        return offset <= bom_ ? 0 : map_.to_utf8(offset - bom_);
    }

    /// The number of the line that holds an offset of the shown text, from 0.
    [[nodiscard]] std::size_t line_at(std::size_t shown) const {
        const auto after = std::upper_bound(lines_.begin(), lines_.end(), shown);
        return static_cast<std::size_t>(after - lines_.begin()) - 1;
    }

    [[nodiscard]] std::size_t line_begin(std::size_t line) const { return lines_[line]; }

    [[nodiscard]] std::string_view line_text(std::size_t line) const {
        const std::size_t begin = lines_[line];
        const std::size_t end = line + 1 < lines_.size() ? lines_[line + 1] : shown().size();
        std::string_view text = shown().substr(begin, end - begin);
        if (text.ends_with('\n')) text.remove_suffix(1);
        if (text.ends_with('\r')) text.remove_suffix(1);
        return text;
    }

private:
    void show_bytes(std::string_view bytes) {
        constexpr std::string_view bom = "\xEF\xBB\xBF";
        constexpr std::string_view replacement = "\xEF\xBF\xBD";
        if (bytes.starts_with(bom)) bom_ = bom.size();
        bytes.remove_prefix(bom_);
        for (std::size_t i = 0; i < bytes.size();) {
            const bool ascii = static_cast<unsigned char>(bytes[i]) < 0x80;
            std::size_t end = i + 1;
            while (end < bytes.size() && (static_cast<unsigned char>(bytes[end]) < 0x80) == ascii) {
                ++end;
            }
            for (std::size_t j = i; !ascii && j < end; ++j) shown_ += replacement;
            if (ascii) shown_ += bytes.substr(i, end - i);
            map_.append({ascii ? 1 : replacement.size(), 1}, end - i);
            i = end;
        }
    }

    void find_lines() {
        const std::string_view text = shown();
        lines_.push_back(0);
        // Looked for each on its own: that is many times as fast as for either.
        auto feed = text.find('\n');
        auto ret = text.find('\r');
        while (feed != text.npos || ret != text.npos) {
            const auto at = std::min(feed, ret);
            const auto next = at + (text.substr(at, 2) == "\r\n" ? 2 : 1);
            if (feed < next) feed = text.find('\n', next);
            if (ret < next) ret = text.find('\r', next);
            lines_.push_back(next);
        }
    }

    std::optional<Text> text_;  // none: the source does not decode
    std::string shown_;
    OffsetMap map_;
    std::size_t bom_ = 0;
    std::vector<std::size_t> lines_;
};

Source::Source(std::string_view bytes, std::string_view encoding)
    : bytes_(bytes), encoding_(encoding) {}

const Source::Index& Source::index() const {
    if (!index_) index_ = std::make_shared<const Index>(bytes_, encoding_);
    return *index_;
}

Location Source::locate(std::size_t offset) const {
    const Index& index = this->index();
    const std::size_t shown = index.to_shown(std::min(offset, bytes_.size()));
    const std::size_t line = index.line_at(shown);
    const std::size_t begin = index.line_begin(line);
    const std::string_view before = index.shown().substr(begin, shown - begin);
    const auto starts_character = [](char byte) { return (byte & 0xC0) != 0x80; };
    const auto column = std::count_if(before.begin(), before.end(), starts_character);
    return {line + 1, static_cast<std::size_t>(column) + 1};
}

Source::Line Source::line_of(Span span) const {
    const Index& index = this->index();
    const std::size_t begin = index.to_shown(std::min(span.offset, bytes_.size()));
    const std::size_t end = index.to_shown(std::min(span.end(), bytes_.size()));
    const std::size_t line = index.line_at(begin);
    const std::string_view text = index.line_text(line);
    const std::size_t first = std::min(begin - index.line_begin(line), text.size());
    const std::size_t last = std::min(end - index.line_begin(line), text.size());
    return {text, {first, last - first}};
}

}  // namespace paywall
