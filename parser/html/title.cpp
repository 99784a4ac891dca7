#include "parser/html/title.hpp"

#include "parser/html/element.hpp"
#include "parser/html/raw_text.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/html/visible.hpp"

namespace paywall::html {
namespace {

class TitleReader {
public:
    explicit TitleReader(std::string_view text) : text_(text) {}

    std::string read() {
        read_tags(text_,
                  [this](const Token& token, ReadingContext& context) { context = take(token); });
        return title_.text().empty() ? heading_ : title_.text();
    }

private:
    ReadingContext take(const Token& token) {
        const auto view = text_.substr(token.span.offset, token.span.length);
        ReadingContext context;
        switch (token.kind) {
            case Token::Kind::raw_text:
                if (in_title_) add_resolved(view, title_);
                break;
            case Token::Kind::start_tag:
            case Token::Kind::end_tag:
                context = take_tag(token);
                break;
            default:
                break;
        }
        if (!title_.text().empty()) context.read_on = ReadOn::no;
        return context;
    }

    ReadingContext take_tag(const Token& token) {
        const auto element = token.element;
        const bool starts = token.kind == Token::Kind::start_tag;
        if (element == Element::svg) svg_ += starts ? 1 : svg_ > 0 ? -1 : 0;
        if (svg_ > 0) return {};  // a <title> there is that of a picture
        in_title_ = starts && element == Element::title;
        if (element == Element::h1 && starts && heading_.empty()) heading_begin_ = token.span.end();
        if (element == Element::h1 && !starts && heading_begin_ > 0) {
            const auto inner = text_.substr(heading_begin_, token.span.offset - heading_begin_);
            VisibleText heading;
            read_visible(inner, {}, heading);
            heading_ = heading.text();
            heading_begin_ = 0;
        }
        return {.model = starts ? text_model_of(element) : TextModel::data};
    }

    std::string_view text_;
    VisibleText title_;
    std::string heading_;
    std::size_t heading_begin_ = 0;  // behind the open <h1>; 0: none is open
    int svg_ = 0;
    bool in_title_ = false;
};

}  // namespace

std::string find_title(std::string_view text) {
    return TitleReader(text).read();
}

}  // namespace paywall::html
