#include "parser/html/visible.hpp"

#include <algorithm>

#include "parser/html/entity.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/html/tag_reader.hpp"

namespace paywall::html {
namespace {

class VisibleReader {
public:
    VisibleReader(std::string_view text, const std::vector<std::size_t>& places,
                  VisibleText& visible)
        : text_(text), places_(places), place_(places.begin()), visible_(visible) {}

    void read() {
        read_tags(text_,
                  [this](const Token& token, ReadingContext& context) { context = take(token); });
        pass(text_.size());
    }

private:
    ReadingContext take(const Token& token) {
        pass(token.span.offset);
        if (token.kind == Token::Kind::text || token.kind == Token::Kind::cdata) {
            if (hidden_ == 0) add(token);
            return context(TextModel::data);
        }
        if (token.kind != Token::Kind::start_tag && token.kind != Token::Kind::end_tag)
            return context(TextModel::data);
        const auto element = token.element;
        const bool starts = token.kind == Token::Kind::start_tag;
        const bool is_leaf = foreign_ > 0 && token.closing == Token::Closing::self_closing;
        if (element == Element::svg || element == Element::math)
            count(foreign_, starts, is_leaf);
        else if (hides(element))
            count(hidden_, starts, is_leaf);
        if (element == Element::br) visible_.add("\n");
        if (breaks_text(element)) visible_.break_block();
        return context(starts && foreign_ == 0 ? text_model_of(element) : TextModel::data);
    }

    [[nodiscard]] ReadingContext context(TextModel model) const {
        return {.model = model, .cdata = foreign_ > 0 ? CdataSections::yes : CdataSections::no};
    }

    static void count(std::size_t& open, bool starts, bool is_leaf) {
        if (starts && !is_leaf) ++open;
        if (!starts && open > 0) --open;
    }

    /// Elsewhere these hold raw text, which no reader sees.
    [[nodiscard]] bool hides(Element element) const {
        if (element == Element::template_) return true;
        return foreign_ > 0 && (element == Element::title || element == Element::desc ||
                                element == Element::style || element == Element::script);
    }

    void add(const Token& token) {
        constexpr std::size_t cdata_begin = 9;  // <![CDATA[
        auto at = token.span.offset;
        auto end = token.span.end();
        if (token.kind == Token::Kind::cdata) {
            at += std::min(cdata_begin, token.span.length);
            if (text_.substr(at, end - at).ends_with("]]>")) end -= 3;
        }
        while (at < end) {
            pass(at);
            const auto stop = place_ == places_.end() ? end : std::min(end, *place_);
            const auto part = text_.substr(at, stop - at);
            if (token.kind == Token::Kind::cdata)
                visible_.add(part);
            else
                add_resolved(part, visible_);
            at = stop;
        }
    }

    /// Marks the places up to an offset.
    void pass(std::size_t offset) {
        for (; place_ != places_.end() && *place_ <= offset; ++place_) visible_.mark();
    }

    std::string_view text_;
    const std::vector<std::size_t>& places_;
    std::vector<std::size_t>::const_iterator place_;
    VisibleText& visible_;
    std::size_t foreign_ = 0;  // open <svg> and <math>
    std::size_t hidden_ = 0;   // open elements that no reader sees
};

}  // namespace

bool breaks_text(Element element) {
    switch (element) {
        case Element::applet:
        case Element::area:
        case Element::br:
        case Element::button:
        case Element::embed:
        case Element::img:
        case Element::input:
        case Element::keygen:
        case Element::link:
        case Element::meta:
        case Element::noscript:
        case Element::object:
        case Element::param:
        case Element::script:
        case Element::select:
        case Element::source:
        case Element::style:
        case Element::template_:
        case Element::textarea:
        case Element::track:
        case Element::wbr:
            return false;
        case Element::option:
            return true;
        default:
            return has_trait(element, trait::special | trait::block);
    }
}

void add_resolved(std::string_view text, VisibleText& visible) {
    std::size_t seen = 0;
    for (std::size_t at = 0; (at = text.find('&', at)) != text.npos;) {
        const auto entity = read_entity(text, at);
        if (!entity) {
            ++at;
            continue;
        }
        visible.add(text.substr(seen, at - seen));
        visible.add(entity->text());
        seen = at += entity->length;
    }
    visible.add(text.substr(seen));
}

void read_visible(std::string_view text, const std::vector<std::size_t>& places,
                  VisibleText& visible) {
    VisibleReader(text, places, visible).read();
}

}  // namespace paywall::html
