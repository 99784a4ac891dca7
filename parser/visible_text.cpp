#include "parser/visible_text.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "parser/html/visible.hpp"
#include "parser/markdown/visible.hpp"
#include "parser/utf.hpp"

namespace paywall {
namespace {

/// Characters that nobody sees wherever they stand. Joiners are part of letters and emoji.
bool is_nothing(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
           c == 0xAD;
}

bool is_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

/// Between such characters a line end is no space (CSS Text 3, 4.1.3): wide, and not Hangul.
bool needs_no_space(char32_t c) {
    if (c < 0x1100) return false;
    const auto point = static_cast<UChar32>(c);
    const auto width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    const bool is_wide = width == U_EA_FULLWIDTH || width == U_EA_WIDE;
    return is_wide && u_getIntPropertyValue(point, UCHAR_SCRIPT) != USCRIPT_HANGUL;
}

/// Plain text: blank lines part paragraphs.
void read_text(std::string_view text, const std::vector<std::size_t>& places,
               VisibleText& visible) {
    auto place = places.begin();
    bool is_blank = true;
    for (std::size_t at = 0; at < text.size();) {
        for (; place != places.end() && *place <= at; ++place) visible.mark();
        const auto end = std::min(text.find_first_of("\r\n", at), text.size());
        auto next = end == text.size() ? end : end + 1;
        if (text.substr(end, 2) == "\r\n") ++next;
        const auto stop = place == places.end() ? next : std::min(next, *place);
        const auto part = text.substr(at, stop - at);
        is_blank = is_blank && part.find_first_not_of(" \t\r\n") == part.npos;
        visible.add(part);
        if (stop == next) {
            if (is_blank) visible.break_block();
            is_blank = true;
        }
        at = stop;
    }
    for (; place != places.end(); ++place) visible.mark();
}

}  // namespace

void VisibleText::add(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const auto [c, length] = read_utf8(utf8, at);
        if (is_space(c)) {
            const auto gap = c == '\n' || c == '\r' ? Gap::line_end : Gap::space;
            // A line end is still one with blanks around it.
            const bool has_line_end = gap == Gap::line_end || gap_ == Gap::line_end;
            if (!text_.empty() && gap_ != Gap::block) gap_ = has_line_end ? Gap::line_end : gap;
        } else if (!is_nothing(c)) {
            put(c, utf8.substr(at, length));
        }
        at += length;
    }
}

void VisibleText::put(char32_t c, std::string_view bytes) {
    if (gap_ == Gap::block) text_ += '\n';
    const bool is_joined = gap_ == Gap::line_end && needs_no_space(last_) && needs_no_space(c);
    if (gap_ == Gap::space || (gap_ == Gap::line_end && !is_joined)) text_ += ' ';
    gap_ = Gap::none;
    last_ = c;
    text_ += bytes;
}

VisibleText read_visible(std::string_view text, Content content,
                         const std::vector<std::size_t>& places) {
    VisibleText visible;
    switch (content) {
        case Content::text:
            read_text(text, places, visible);
            break;
        case Content::html:
            html::read_visible(text, places, visible);
            break;
        case Content::markdown:
            markdown::read_visible(text, places, visible);
            break;
    }
    return visible;
}

}  // namespace paywall
