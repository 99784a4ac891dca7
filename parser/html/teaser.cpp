#include "parser/html/teaser.hpp"

#include <algorithm>

#include "parser/html/blank.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/html/tree_state.hpp"

namespace paywall::html {
namespace {

bool is_container(const OpenElement& open) {
    switch (open.element) {
        case Element::html:
        case Element::body:
        case Element::div:
        case Element::section:
        case Element::article:
        case Element::main:
            return open.space == OpenElement::Space::html;
        default:
            return false;
    }
}

class BoundaryReader {
public:
    explicit BoundaryReader(std::string_view text) : text_(text), state_(text) {}

    std::vector<Boundary> read() {
        read_tags(text_,
                  [this](const Token& token, ReadingContext& context) { context = take(token); });
        return std::move(boundaries_);
    }

private:
    ReadingContext take(const Token& token) {
        if (!is_root_known_) find_root(token);
        const auto item = item_of(token);
        state_.apply(item, next_++);
        state_.closed().clear();
        if (state_.is_lost()) return {.read_on = ReadOn::no};
        if (item.kind == Item::Kind::end_tag && can_cut(item.element))
            boundaries_.push_back({token.span.end(), has_trait(item.element, trait::heading)
                                                         ? Boundary::Behind::heading
                                                         : Boundary::Behind::block});
        ReadingContext context;
        if (item.kind == Item::Kind::start_tag) context.model = state_.model_behind(item);
        if (state_.in_foreign()) context.cdata = CdataSections::yes;
        return context;
    }

    /// As the outline does.
    void find_root(const Token& token) {
        if (token.kind == Token::Kind::comment || token.kind == Token::Kind::dropped) return;
        const auto item = item_of(token);
        if (item.kind == Item::Kind::blank) return;
        is_root_known_ = true;
        const bool is_document = token.kind == Token::Kind::doctype ||
                                 (item.kind == Item::Kind::start_tag &&
                                  (item.element == Element::html || item.element == Element::head ||
                                   item.element == Element::body));
        if (is_document) state_ = TreeState(text_, Root::document);
    }

    [[nodiscard]] Item item_of(const Token& token) const {
        const auto view = text_.substr(token.span.offset, token.span.length);
        Item item{.kind = kind_of(token.kind), .closing = token.closing, .span = token.span};
        if (item.kind == Item::Kind::text) item.kind = kind_of_text(view);
        if (token.name.length == 0) return item;
        item.name = token.name;
        item.element = token.element;
        return item;
    }

    [[nodiscard]] bool can_cut(Element element) const {
        const bool is_block = element == Element::p || element == Element::table ||
                              has_trait(element, trait::closes_p | trait::block | trait::heading);
        return is_block && state_.takes_any_text() &&
               std::ranges::all_of(state_.open(), is_container);
    }

    std::string_view text_;
    TreeState state_;
    std::vector<Boundary> boundaries_;
    std::size_t next_ = 0;
    bool is_root_known_ = false;
};

}  // namespace

std::vector<Boundary> find_boundaries(std::string_view text) {
    return BoundaryReader(text).read();
}

}  // namespace paywall::html
