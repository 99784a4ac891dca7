#include "parser/pairing.hpp"

#include <algorithm>
#include <utility>

#include "parser/marker_text.hpp"

namespace paywall {
namespace {

Follows in_section(Access access) {
    Follows follows{.access = access};
    follows.starts_section = true;
    return follows;
}

/// All of its line.
Token whole_line(std::string_view text, Token mark) {
    const auto before = text.substr(0, mark.span.offset);
    const auto begin = before.find_last_of("\r\n");
    const auto at = begin == std::string_view::npos ? 0 : begin + 1;
    mark.span = {at, mark.span.end() - at};
    return mark;
}

Token with_span(Token mark, Span span) {
    mark.span = span;
    return mark;
}

}  // namespace

Pairing::Pairing(const Dialect& dialect, const Text& text, DiagnosticCollector& diagnostics)
    : dialect_(dialect), text_(text), diagnostics_(diagnostics), blocks_(text.utf8()) {
    pairs_.details.emplace_back();
    outside_.is_outside = true;
    plain_.reserve(dialect.markers.size());
    for (const auto& marker : dialect.markers) {
        if (marker.spelling >= plain_.size()) plain_.resize(marker.spelling + 1);
        const auto& region = dialect.region(marker);
        plain_[marker.spelling] = {&region, pairs_.accesses.add(region.audience),
                                   region.audience == Audience::everyone()};
    }
}

void Pairing::read(const Token& token) {
    const auto& marker = dialect_.markers[token.marker];
    if (marker.form != Form::line) return read_mark(token, marker);
    read_mark(whole_line(text_.utf8(), token), marker);
}

void Pairing::read_mark(const Token& mark, const Marker& marker) {
    if (mark.span.offset < kept_end_) {  // a line that holds another marker as well
        return say(Rule::nested_section, mark, std::nullopt, mark);
    }
    if (escape_ && marker.role != Role::unescape) return;
    switch (marker.role) {
        case Role::open:
            return open(mark, marker);
        case Role::close:
            return close(mark, marker);
        case Role::divide:
            return divide(mark, marker);
        case Role::otherwise:
            return turn(mark, marker);
        case Role::wrap:
            return keep(mark, current());
        case Role::escape:
            return escape(mark, marker);
        case Role::unescape:
            return unescape(mark);
    }
}

void Pairing::finish() {
    if (escape_) say(Rule::unclosed_section, *escape_, std::nullopt, *escape_);
    for (const auto& open : open_) say(Rule::unclosed_section, open.mark, std::nullopt, open.mark);
}

Pairs Pairing::take() {
    auto& borders = pairs_.borders;
    borders.finish(text_.utf8().size());
    for (std::size_t i = 0; has_inverse_ && i < borders.size(); ++i) {
        auto follows = borders[i].follows();
        if (!follows.is_outside) continue;
        follows.access = Access::paid;
        borders.set_follows(i, follows);
    }
    // Where all is paid but what a region frees, the text before it may have a placeholder as well.
    const bool is_cut = has_inverse_ && !begins_inside_;
    pairs_.start.access = is_cut ? Access::paid : Access::free;
    // White space is no content: nothing is missed where nothing else stands at either end.
    pairs_.start.starts_section =
        is_cut && !borders.empty() && skip_white_space(text_.utf8(), 0) < borders[0].span().offset;
    if (has_inverse_ && !borders.empty() && borders[borders.size() - 1].is_blank_behind()) {
        const auto last = borders.size() - 1;
        auto follows = borders[last].follows();
        follows.starts_section = false;
        borders.set_follows(last, follows);
    }
    return std::move(pairs_);
}

Follows Pairing::current() const {
    auto follows = open_.empty() ? outside_ : open_.back().follows;
    follows.starts_section = false;
    return follows;
}

void Pairing::keep(const Token& mark, const Follows& follows) {
    if (diagnostics_.has_errors()) return;  // then there is no document
    pairs_.borders.add(Mark(text_.utf8(), mark.span, mark.marker), follows);
    kept_end_ = mark.span.end();
}

bool Pairing::may_stand_in(const Marker& marker, const Open& outer) const {
    const auto spelling = dialect_.markers[outer.mark.marker].spelling;
    const auto& region = *plain_[marker.spelling].region;
    return region.parent == spelling ||
           (region.nesting == Nesting::stack && marker.spelling == spelling);
}

/// Who may read a region that stands where this one does.
Audience Pairing::within(Audience audience, const Marker& marker) const {
    if (!open_.empty()) {
        const auto& outer = open_.back().audience();
        const bool is_view = plain_[marker.spelling].region->parent != Region::npos;
        if (!is_view) return both(outer, audience);
        if (audience.payers) audience.plans = outer.plans;
        return audience;
    }
    return divider_ ? both(pairs_.accesses.audience(outside_.access), audience) : audience;
}

Judgement Pairing::judge_mark(const Token& mark, const Marker& marker, const Region& region) {
    const auto written = read_marker(marker, text_.utf8(), mark.span.offset);
    auto judgement = written ? judge(region, written->attributes) : Judgement{};
    if (!judgement.unknown.empty()) say_unknown(mark, judgement.unknown);
    return judgement;
}

std::uint16_t Pairing::add_details(Details details, const Token& mark, const Marker& marker) {
    if (marker.form == Form::line) {
        const auto line = text_.utf8().substr(mark.span.offset, mark.span.length);
        details.indent = line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
    }
    constexpr std::size_t most = 0xFFFF;
    if (details == Details{} || pairs_.details.size() > most) return 0;
    pairs_.details.push_back(std::move(details));
    return static_cast<std::uint16_t>(pairs_.details.size() - 1);
}

void Pairing::open(const Token& mark, const Marker& marker) {
    if (!open_.empty() && !may_stand_in(marker, open_.back())) {
        return say(Rule::nested_section, mark, open_.back().mark, open_.back().mark);
    }
    if (!section_) section_ = mark;
    const auto& [region, access, is_inverse] = plain_[marker.spelling];
    Follows follows = in_section(access);
    std::optional<Audience> own;
    if (marker.attributes != Syntax::none || marker.form == Form::line) {
        Details details;
        if (marker.attributes != Syntax::none) {
            auto judgement = judge_mark(mark, marker, *region);
            own = std::move(judgement.audience);
            details = std::move(judgement.details);
        }
        follows.details = add_details(std::move(details), mark, marker);
    }
    if (own || !open_.empty() || divider_) {
        own = within(own ? *own : region->audience, marker);
        follows.access = pairs_.accesses.add(*own);
    }
    if (is_inverse) {
        has_inverse_ = true;
        follows.starts_section = false;
    }
    if (region->is_container) follows.starts_section = false;
    const bool closes_itself =
        marker.attributes == Syntax::shortcode &&
        text_.utf8().substr(mark.span.offset, mark.span.length).ends_with("/]");
    if (closes_itself) {
        say_empty(mark);
        return keep(mark, current());
    }
    open_.push_back({mark, follows, region, std::move(own)});
    keep(mark, follows);
}

void Pairing::close(const Token& mark, const Marker& marker) {
    const auto& [region, access, is_inverse] = plain_[marker.spelling];
    if (open_.empty()) {
        if (region->may_begin_source && !has_inverse_) return begin_source(mark);
        return say(Rule::unopened_section, mark, std::nullopt, mark);
    }
    const auto& opener = open_.back().mark;
    const auto& begun = dialect_.markers[opener.marker];
    if (begun.spelling != marker.spelling) {
        if (plain_[begun.spelling].region->group != region->group) {
            return say(Rule::unopened_section, mark, std::nullopt, mark);
        }
        say(Rule::mixed_spelling, mark, opener, opener);
    }
    open_.pop_back();
    auto follows = current();
    follows.starts_section = is_inverse;
    keep(mark, follows);
}

/// The end of a region that began with the source.
void Pairing::begin_source(const Token& mark) {
    has_inverse_ = true;
    begins_inside_ = pairs_.borders.empty();
    auto follows = outside_;
    follows.starts_section = true;
    keep(mark, follows);
}

void Pairing::divide(const Token& mark, const Marker& marker) {
    if (!open_.empty()) {
        return say(Rule::nested_section, mark, open_.back().mark, open_.back().mark);
    }
    if (divider_) {
        say(Rule::repeated_divider, mark, divider_, mark);
        return keep(mark, current());
    }
    const auto& plain = plain_[marker.spelling];
    if (plain.region->stands_apart && !stands_apart(mark)) return;
    divider_ = mark;
    outside_ = Follows{.access = plain.access};
    if (marker.attributes != Syntax::none) {
        auto judgement = judge_mark(mark, marker, *plain.region);
        outside_.access = pairs_.accesses.add(judgement.audience);
        outside_.details = add_details(std::move(judgement.details), mark, marker);
    }
    auto follows = outside_;
    follows.starts_section = true;
    keep(mark, follows);
}

/// Says where it does not.
bool Pairing::stands_apart(const Token& mark) {
    std::optional<Span> other = blocks_.innermost_at(mark.span.offset);
    if (!other && section_) other = section_->span;
    if (!other) return true;
    if (diagnostics_.counts(Rule::misplaced_divider)) {
        diagnostics_.keep({.rule = Rule::misplaced_divider,
                           .span = text_.to_source(mark.span),
                           .related = text_.to_source(*other)});
    }
    return false;
}

void Pairing::turn(const Token& mark, const Marker& marker) {
    if (open_.empty() || dialect_.markers[open_.back().mark.marker].spelling != marker.spelling) {
        return say(Rule::unopened_section, mark, std::nullopt, mark);
    }
    if (open_.back().is_turned) {
        return say(Rule::nested_section, mark, open_.back().mark, open_.back().mark);
    }
    const auto turned = std::move(open_.back());
    open_.pop_back();
    auto audience = within(inverse(turned.audience()), marker);
    const auto follows = in_section(pairs_.accesses.add(audience));
    open_.push_back({turned.mark, follows, turned.region, std::move(audience), true});
    keep(mark, follows);
}

/// An escape takes one character of its brackets away; what it holds is shown as it is.
void Pairing::escape(const Token& mark, const Marker& marker) {
    auto literal = current();
    literal.is_literal = true;
    const auto span = mark.span;
    keep(with_span(mark, {span.offset, 1}), literal);
    const bool is_alone = marker.after.size() > 1;
    if (!is_alone) {
        escape_ = mark;
        return;
    }
    keep(with_span(mark, {span.end() - 1, 1}), current());
}

void Pairing::unescape(const Token& mark) {
    const auto span = mark.span;
    if (escape_) {
        escape_.reset();
        return keep(with_span(mark, {span.end() - 1, 1}), current());
    }
    // A closing marker with a bracket behind it.
    const auto& marker = dialect_.markers[mark.marker];
    close(with_span(mark, {span.offset, span.length - 1}), marker);
}

/// Its own segment, so that nobody takes its text for markers.
void Pairing::read_fence(Span fence) {
    auto literal = current();
    literal.is_literal = true;
    if (diagnostics_.has_errors()) return;
    const auto text = text_.utf8();
    pairs_.borders.add(Mark::edge(text, fence.offset), literal);
    pairs_.borders.add(Mark::edge(text, fence.end()), current());
}

/// What is to be written is the counterpart of `half`.
void Pairing::say(Rule rule, const Token& mark, const std::optional<Token>& other,
                  const Token& half) {
    if (!diagnostics_.counts(rule)) return;
    Diagnostic diagnostic{.rule = rule, .span = text_.to_source(mark.span)};
    if (other) diagnostic.related = text_.to_source(other->span);
    diagnostic.subject = counterpart(dialect_, dialect_.markers[half.marker]).text();
    diagnostics_.keep(std::move(diagnostic));
}

void Pairing::say_unknown(const Token& mark, std::string what) {
    if (!diagnostics_.counts(Rule::unknown_audience)) return;
    diagnostics_.keep({.rule = Rule::unknown_audience,
                       .span = text_.to_source(mark.span),
                       .subject = std::move(what)});
}

void Pairing::say_empty(const Token& mark) {
    if (!diagnostics_.counts(Rule::empty_section)) return;
    diagnostics_.keep({.rule = Rule::empty_section, .span = text_.to_source(mark.span)});
}

}  // namespace paywall
