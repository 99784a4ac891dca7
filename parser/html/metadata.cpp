#include "parser/html/metadata.hpp"

#include <algorithm>

#include "parser/escape.hpp"
#include "parser/html/element.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/html/telling.hpp"
#include "parser/html/tokens.hpp"

namespace paywall::html {
namespace {

/// Finds what the free tokens say beside the text.
class Values {
public:
    explicit Values(std::string_view text) : text_(text) {}

    void see(const Item& item) {
        if (item.kind == Item::Kind::start_tag) {
            const auto view = view_of(item);
            if (view.size() >= shortest) read_tag(view);
            is_telling_ = item.element == Element::title ||
                          (item.element == Element::script && view.find("json") != view.npos);
        } else if (item.kind == Item::Kind::raw_text) {
            if (is_telling_) values_.push_back(item.span);
        } else if (item.kind == Item::Kind::other && view_of(item).starts_with("<!--")) {
            values_.push_back(item.span);
        }
    }

    [[nodiscard]] std::vector<Span> take() { return std::move(values_); }

private:
    [[nodiscard]] std::string_view view_of(const Item& item) const {
        return text_.substr(item.span.offset, item.span.length);
    }

    /// The shortest tag that could hold a value worth looking at: `<a alt=` and
    /// MetadataLimits::least.
    static constexpr std::size_t shortest = 16;

    static bool is_telling(std::string_view name) {
        return is_data(name) || std::ranges::any_of(telling_attributes, [&](std::string_view one) {
                   return is_same_name(one, name);
               });
    }

    /// `data-…`, which scripts read: captions, among much that is for nobody's eyes.
    static bool is_data(std::string_view name) {
        constexpr std::string_view prefix = "data-";
        return name.size() > prefix.size() && is_same_name(name.substr(0, prefix.size()), prefix);
    }

    static bool is_prose(std::string_view value) {
        return std::ranges::any_of(value, [](char c) { return c == ' ' || (c & 0x80) != 0; });
    }

    void read_tag(std::string_view tag) {
        read_attributes(tag, [&](const Attribute& attribute) {
            const bool tells = is_telling(attribute.name) &&
                               (!is_data(attribute.name) || is_prose(attribute.value));
            if (!attribute.value.empty() && tells)
                values_.push_back({static_cast<std::size_t>(attribute.value.data() - text_.data()),
                                   attribute.value.size()});
        });
    }

    std::string_view text_;
    std::vector<Span> values_;
    bool is_telling_ = false;  // is what stands in the element that began last a value?
};

/// The text without tags; a block ends a sentence.
void append(std::string_view text, const Item& item, FoldedText& folded) {
    switch (item.kind) {
        case Item::Kind::text:
        case Item::Kind::spacing:
        case Item::Kind::blank:
            folded.append(text.substr(item.span.offset, item.span.length), item.span.offset);
            break;
        case Item::Kind::start_tag:
        case Item::Kind::end_tag:
            if (has_trait(item.element, trait::special)) folded.end_sentence();
            break;
        case Item::Kind::marker:
            folded.end_sentence();
            break;
        default:
            break;
    }
}

}  // namespace

Metadata read_metadata(const Outline& outline, const std::vector<Piece>& pieces,
                       const MetadataLimits& limits) {
    const Tokens tokens(outline, pieces);
    Values values(outline.text);
    tokens.for_each_that_may_tell([&](const Item& item, Piece::Fate fate) {
        if (fate == Piece::Fate::kept) values.see(item);
    });
    Metadata metadata{values.take(), {}, {}};
    if (!is_worth_reading(metadata.values, limits)) return metadata;
    tokens.for_each([&](const Item& item, Piece::Fate fate) {
        append(outline.text, item, fate == Piece::Fate::kept ? metadata.free : metadata.paid);
    });
    metadata.paid.end_sentence();
    metadata.free.end_sentence();
    return metadata;
}

}  // namespace paywall::html
