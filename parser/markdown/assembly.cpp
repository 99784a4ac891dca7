#include "parser/markdown/assembly.hpp"

#include <utility>

#include "parser/markdown/flat.hpp"

namespace paywall::markdown {
namespace {

void put_source(Composition& parts, std::size_t segment, std::size_t begin, std::size_t end) {
    if (begin < end)
        parts.push_back(
            {.kind = Part::Kind::source, .span = {begin, end - begin}, .segment = segment});
}

void put_text(Composition& parts, std::size_t segment, std::string text) {
    if (!text.empty())
        parts.push_back({.kind = Part::Kind::text, .text = std::move(text), .segment = segment});
}

void put_placeholder(Composition& parts, std::size_t segment, Span line_end) {
    parts.push_back({.kind = Part::Kind::placeholder, .span = line_end, .segment = segment});
}

}  // namespace

Assembly::Assembly(const Outline& outline, const std::vector<Piece>& pieces, Empty empty)
    : outline_(outline),
      pieces_(pieces),
      empty_(empty),
      changes_(find_changes(outline, pieces)),
      dividers_(pieces.size()) {}

void Assembly::divide(std::vector<Divider> dividers) {
    dividers_ = std::move(dividers);
    if (outline_.text.find("\r\n") != outline_.text.npos) line_end_ = "\r\n";
}

Composition Assembly::compose(Withheld withheld, Changes changes) const {
    Composition parts;
    parts.reserve(pieces_.size() + 2 * changes_.size());
    auto change = changes_.begin();
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const auto span = span_of(pieces_[i]);
        if (withheld == Withheld::yes && pieces_[i].fate == Piece::Fate::withheld) {
            put_withheld(parts, i);
            continue;
        }
        auto begin = span.offset;
        while (change != changes_.end() && change->span.offset < begin) ++change;
        for (; changes == Changes::yes && change != changes_.end() &&
               change->span.end() <= span.end();
             ++change) {
            put_source(parts, i, begin, change->span.offset);
            put_text(parts, i, change->text);
            begin = change->span.end();
        }
        put_source(parts, i, begin, span.end());
    }
    return parts;
}

Joined Assembly::join(const Composition& parts) const {
    Joined joined;
    joined.text.reserve(outline_.text.size());
    for (const auto& part : parts) {
        while (joined.begins.size() <= part.segment) joined.begins.push_back(joined.text.size());
        if (part.kind == Part::Kind::source)
            joined.text += outline_.text.substr(part.span.offset, part.span.length);
        if (part.kind == Part::Kind::text) joined.text += part.text;
    }
    while (joined.begins.size() <= pieces_.size()) joined.begins.push_back(joined.text.size());
    return joined;
}

void Assembly::put_withheld(Composition& parts, std::size_t segment) const {
    const auto divider = dividers_[segment];
    const bool has_stand_in = pieces_[segment].stand_in != StandIn::none;
    const std::string end(line_end());
    if (divider == Divider::none) {
        const auto own_line = empty_ == Empty::kept ? Span{} : pieces_[segment].opener_line_end;
        if (has_stand_in) put_placeholder(parts, segment, own_line);
        return;
    }
    std::string before = ends_line(parts) ? end : end + end;
    if (divider == Divider::comment) before.append(list_divider).append(end).append(end);
    put_text(parts, segment, before);
    if (!has_stand_in) return;
    put_placeholder(parts, segment, {});
    put_text(parts, segment, end + end);
}

bool Assembly::ends_line(const Composition& parts) const {
    if (parts.empty()) return true;
    const auto& last = parts.back();
    const auto text = last.kind == Part::Kind::source
                          ? outline_.text.substr(last.span.offset, last.span.length)
                          : std::string_view(last.text);
    return text.ends_with('\n');
}

}  // namespace paywall::markdown
