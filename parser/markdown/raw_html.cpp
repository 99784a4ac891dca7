#include "parser/markdown/raw_html.hpp"

#include <algorithm>
#include <array>

#include "parser/html/element.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/markdown/hash.hpp"

namespace paywall::markdown {
namespace {

using html::Token;

constexpr std::string_view bogus_comment = "<?";

/// The same for the same element's name in any case.
std::uint64_t hash_of_name(std::string_view name, html::Element element) {
    if (element != html::Element::other) return static_cast<std::uint64_t>(element);
    std::string lower(name);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return hash(lower);
}

bool is_complete(std::string_view markup, Token::Kind kind) {
    constexpr std::string_view comment = "<!--";
    constexpr std::string_view other_end = "--!>";
    if (kind == Token::Kind::cdata) return markup.ends_with("]]>");
    if (kind == Token::Kind::dropped) return markup == "</>";
    if (kind != Token::Kind::comment || !markup.starts_with(comment)) return markup.ends_with('>');
    return markup.ends_with("-->") ||
           (markup.ends_with(other_end) && markup.size() >= comment.size() + other_end.size());
}

/// Does a tag that a text's end cuts off end between two attributes?
bool ends_between_attributes(std::string_view tag) {
    const auto whole = std::string(tag).append(">");
    Token token{};
    return html::TagReader(whole).next(token) && token.kind != Token::Kind::dropped &&
           token.span.length == whole.size();
}

/// A short text after which a tokenizer is where markup leaves it that a text's end cuts off.
std::string cut_off(std::string_view markup, Token::Kind kind) {
    if (kind == Token::Kind::cdata) return "<![CDATA[";
    if (kind == Token::Kind::comment && markup.starts_with("<!--")) return "<!-- ";
    if (kind != Token::Kind::dropped) return std::string(bogus_comment);
    constexpr std::size_t longest = 32;  // of a name, so that the work stays linear
    const auto name = markup.substr(0, std::min(markup.find_first_of("\t\n\f\r />", 2), longest));
    return std::string(name).append(" ");
}

}  // namespace

std::uint64_t RawHtml::context() const {
    return unfinished_.empty() ? within() : mix(within(), hash(unfinished_));
}

std::uint64_t RawHtml::within() const {
    return is_lost_ ? mix(elements(), passed_) : elements();
}

void RawHtml::pass(std::uint64_t value) {
    if (is_lost_) passed_ = mix(passed_, value);
}

void RawHtml::pass_tag() {
    if (unfinished_ == bogus_comment || is_in_tag_) read(">", [](const Part&) {});
}

void RawHtml::read(std::string_view piece, const Sink& sink) {
    std::string resumed;
    const auto before = unfinished_.size();
    if (before > 0) resumed.append(unfinished_).append(piece);
    const auto text = before > 0 ? std::string_view(resumed) : piece;
    unfinished_.clear();
    html::TagReader reader(text);
    Token token{};
    for (html::ReadingContext context; reader.next(token, context);) {
        const auto begin = std::max(token.span.offset, before);
        const auto all = text.substr(token.span.offset, token.span.length);
        if (token.span.end() > before)
            put(token, all, text.substr(begin, token.span.end() - begin), sink);
        context = context_behind(token);
        if (token.kind == Token::Kind::start_tag && context.model != html::TextModel::data)
            unfinished_.assign("<")
                .append(text.substr(token.name.offset, token.name.length))
                .append(">");
        else if (token.kind != Token::Kind::raw_text)
            unfinished_.clear();
        const bool is_markup =
            token.kind == Token::Kind::comment || token.kind == Token::Kind::doctype ||
            token.kind == Token::Kind::cdata || token.kind == Token::Kind::dropped;
        if (is_markup && !is_complete(all, token.kind)) unfinished_ = cut_off(all, token.kind);
        is_in_tag_ = token.kind == Token::Kind::dropped && !unfinished_.empty();
        if (is_in_tag_ && !ends_between_attributes(all)) is_lost_ = true;
    }
}

void RawHtml::put(const Token& token, std::string_view text, std::string_view shown,
                  const Sink& sink) {
    const auto context = within();
    const auto kind = static_cast<std::uint64_t>(token.kind);
    if (token.kind == Token::Kind::dropped)
        return sink({Part::Kind::tag, shown, mix(context, kind)});
    if (token.kind != Token::Kind::start_tag && token.kind != Token::Kind::end_tag) {
        const bool is_text = token.kind == Token::Kind::text;
        sink({Part::Kind::text, shown, is_text ? context : mix(context, kind)});
        return;
    }
    const auto name = text.substr(token.name.offset - token.span.offset, token.name.length);
    const auto named = hash_of_name(name, token.element);
    const int tags = token.kind == Token::Kind::start_tag ? open(token, text, named) : close(named);
    sink({Part::Kind::tag, shown, mix(context, kind), tags});
}

int RawHtml::open(const Token& token, std::string_view tag, std::uint64_t name) {
    const bool is_raw =
        foreign_ == 0 && html::text_model_of(token.element) != html::TextModel::data;
    if (html::has_trait(token.element, html::trait::void_element) ||
        (token.closing == Token::Closing::self_closing && !is_raw))
        return 0;
    const bool is_foreign =
        token.element == html::Element::svg || token.element == html::Element::math;
    open_.push_back({name, mix(elements(), hash(tag)), is_foreign});
    if (is_foreign) ++foreign_;
    return 1;
}

/// An end tag closes what is open within its element, too; one of an element that is not open
/// closes nothing.
int RawHtml::close(std::uint64_t name) {
    constexpr std::size_t deepest = 64;  // so that the work stays linear
    const auto last = std::min(open_.size(), deepest);
    for (std::size_t i = 1; i <= last; ++i) {
        if (open_[open_.size() - i].name != name) continue;
        for (std::size_t k = 0; k < i; ++k) {
            if (open_.back().is_foreign) --foreign_;
            open_.pop_back();
        }
        return -static_cast<int>(i);
    }
    return 0;
}

html::ReadingContext RawHtml::context_behind(const Token& token) const {
    const bool opens = token.kind == Token::Kind::start_tag && foreign_ == 0;
    return {.model = opens ? html::text_model_of(token.element) : html::TextModel::data,
            .cdata = foreign_ > 0 ? html::CdataSections::yes : html::CdataSections::no};
}

}  // namespace paywall::markdown
