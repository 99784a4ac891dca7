#include "parser/segments.hpp"

namespace paywall {

Segment Segments::operator[](std::size_t i) const {
    const bool is_first = i == 0;
    const bool is_last = i == borders_.size();
    const auto size = text_.utf8().size();
    const auto begin = is_first ? 0 : borders_[i - 1].span().end();
    const auto end = is_last ? size : borders_[i].span().offset;
    const auto content_begin = is_first ? 0 : borders_.vanishing(i - 1).end();
    const auto content_end = is_last ? size : borders_.vanishing(i).offset;
    const auto what = follows(i);
    Segment segment{.access = what.access,
                    .starts_section = what.starts_section,
                    .is_literal = what.is_literal,
                    .details = what.details,
                    .exact = text_.to_source(Span{begin, end - begin}),
                    .content = text_.to_source(Span{content_begin, content_end - content_begin})};
    if (what.access == Access::free) return segment;
    const bool is_lent = i == borrower_ && lent_line_end_.length > 0;
    const auto line_end = is_lent ? lent_line_end_ : is_first ? Span{} : borders_.line_end(i - 1);
    segment.opener_line_end = text_.to_source(line_end);
    return segment;
}

void Segments::set_access(std::size_t i, Access access) {
    auto what = follows(i);
    what.access = access;
    if (i == 0) {
        start_ = what;
    } else {
        borders_.set_follows(i - 1, what);
    }
}

void Segments::lend_line_end(std::size_t i, Span line_end) {
    borrower_ = i;
    lent_line_end_ = line_end;
}

}  // namespace paywall
