#include "parser/edition.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "parser/grammar.hpp"
#include "parser/hidden_word.hpp"
#include "parser/markup.hpp"
#include "parser/numbers.hpp"
#include "parser/residue.hpp"
#include "parser/title.hpp"
#include "parser/utf.hpp"

namespace paywall {
namespace {

std::string_view utf8_of(const Text& text, Span source) {
    const auto span = text.to_utf8(source);
    return text.utf8().substr(span.offset, span.length);
}

std::string utf8_of_code_point(char32_t c) {
    std::array<char, 4> bytes;
    return {bytes.data(), write_utf8(c, bytes.data())};
}

/// Makes one edition: its pieces in the source's encoding, and the same text in UTF-8 with
/// where each piece came from, for the self-check.
class Renderer {
public:
    Renderer(const Document& document, EditionKind kind, const RenderOptions& options)
        : document_(document), kind_(kind), options_(options) {}

    std::variant<Edition, Diagnostic> render() {
        const auto& text = document_.text;
        edition_.append(text.bytes().substr(0, text.to_source(0)));  // the byte-order mark
        if (document_.markup) {
            if (auto fault = add_composition()) return std::move(*fault);
            return checked();
        }
        for (const auto& segment : document_.segments) {
            if (segment.access == Access::free || kind_ == EditionKind::full) {
                add_content(segment);
            } else if (auto fault = add_placeholder(
                           segment, options_.placeholder,
                           options_.cut == Cut::exact ? Span{} : segment.opener_line_end)) {
                return std::move(*fault);
            }
        }
        return checked();
    }

private:
    /// The edition, if nothing in it joined into a marker.
    std::variant<Edition, Diagnostic> checked() {
        const bool is_cut = document_.segments.size() > 1 || !placeholders_.empty();
        if (is_cut) {
            if (const auto joint = find_residue(*document_.grammar, shown_, cuts()))
                return residue(*joint);
            if (hides_joined_word()) return residue(0);
        }
        return std::move(edition_);
    }

    /// What the source's markup makes of the cut.
    std::optional<Diagnostic> add_composition() {
        auto composed = compose(document_, compose_options());
        if (auto* fault = std::get_if<Diagnostic>(&composed)) return std::move(*fault);
        for (const auto& part : std::get<Composition>(composed))
            if (auto fault = add_part(part)) return fault;
        return std::nullopt;
    }

    [[nodiscard]] ComposeOptions compose_options() const {
        ComposeOptions options{
            .withhold = kind_ == EditionKind::full ? ComposeOptions::Withhold::none
                                                   : ComposeOptions::Withhold::paid,
            .empty = options_.cut == Cut::exact ? Empty::kept : Empty::taken_along,
            .keep_attributes = &options_.keep_attributes,
            .placeholder = {},
            .has_inline_placeholder = options_.inline_placeholder != nullptr};
        if (options_.placeholder != nullptr) options.placeholder = options_.placeholder->literal();
        return options;
    }

    std::optional<Diagnostic> add_part(const Part& part) {
        switch (part.kind) {
            case Part::Kind::source:
                edition_.append(document_.text.bytes().substr(part.span.offset, part.span.length));
                show(utf8_of(document_.text, part.span), part.span);
                return std::nullopt;
            case Part::Kind::text:
                return add_text(part.text, {document_.segments[part.segment].exact.offset, 0});
            case Part::Kind::placeholder:
                return add_placeholder(document_.segments[part.segment], options_.placeholder,
                                       part.span);
            case Part::Kind::inline_placeholder:
                break;
        }
        return add_placeholder(document_.segments[part.segment], options_.inline_placeholder,
                               part.span);
    }

    /// Text that is not of the source, in its encoding.
    std::optional<Diagnostic> add_text(std::string utf8, Span origin) {
        auto encoded = document_.text.encode(utf8);
        if (const auto* unencodable = std::get_if<char32_t>(&encoded)) {
            return Diagnostic{.rule = Rule::unencodable_placeholder,
                              .severity = Severity::error,
                              .span = {origin.offset, 0},
                              .subject = utf8_of_code_point(*unencodable)};
        }
        edition_.append_owned(std::get<std::string>(std::move(encoded)));
        placeholders_.push_back(std::move(utf8));
        show(placeholders_.back(), origin);
        return std::nullopt;
    }

    [[nodiscard]] Span span_of(const Segment& segment) const {
        return options_.cut == Cut::exact ? segment.exact : segment.content;
    }

    void show(std::string_view utf8, Span origin) {
        if (utf8.empty()) return;
        shown_.push_back(utf8);
        origins_.push_back(origin);
    }

    void add_content(const Segment& segment) {
        const auto span = span_of(segment);
        edition_.append(document_.text.bytes().substr(span.offset, span.length));
        show(utf8_of(document_.text, span), span);
    }

    [[nodiscard]] bool needs(Placeholder::Need need) const {
        const auto asks = [&](const Placeholder* one) { return one && one->needs(need); };
        return asks(options_.placeholder) || asks(options_.inline_placeholder);
    }

    [[nodiscard]] std::size_t count_source() const {
        if (!needs(Placeholder::Need::source_chars)) return 0;
        const auto& segments = document_.segments;
        return std::accumulate(
            segments.begin(), segments.end(), std::size_t{0},
            [&](std::size_t sum, const Segment& segment) {
                return sum + count_characters(utf8_of(document_.text, span_of(segment)));
            });
    }

    [[nodiscard]] std::size_t count_sections() const {
        return static_cast<std::size_t>(
            std::ranges::count(document_.segments, Access::paid, &Segment::access));
    }

    /// What fields say of the whole source.
    void prepare() {
        source_chars_ = count_source();
        sections_ = count_sections();
        if (needs(Placeholder::Need::numbers)) {
            numbers_ = count_numbers(document_);
            free_percent_ = numbers_.free_percent();
        }
        if (needs(Placeholder::Need::title))
            title_ = escape_for(document_.content,
                                find_title(preview_text(document_), document_.content));
    }

    std::optional<Diagnostic> add_placeholder(const Segment& segment,
                                              const Placeholder* placeholder, Span line_end) {
        if (placeholder == nullptr) return std::nullopt;
        if (index_ == 0) prepare();
        const auto number = static_cast<std::size_t>(&segment - document_.segments.data());
        auto utf8 = placeholder->fill({.paid = utf8_of(document_.text, span_of(segment)),
                                       .source_chars = source_chars_,
                                       .index = ++index_,
                                       .sections = sections_,
                                       .name = options_.name,
                                       .paid_numbers = numbers_.segments.empty()
                                                           ? Numbers{}
                                                           : numbers_.segments[number],
                                       .free_percent = free_percent_,
                                       .title = title_});
        if (auto fault = add_text(std::move(utf8), segment.exact)) return fault;
        add_line_end(line_end);
        return std::nullopt;
    }

    /// A placeholder whose opener's line vanished gets a line of its own.
    void add_line_end(Span line_end) {
        edition_.append(document_.text.bytes().substr(line_end.offset, line_end.length));
        show(utf8_of(document_.text, line_end), line_end);
    }

    /// Between any two pieces something was cut out; before the first and behind the last it
    /// was where they are not the source's own ends.
    [[nodiscard]] Joints cuts() const {
        if (shown_.empty()) return {0, 0};
        const auto& text = document_.text;
        const bool begins = origins_.front().offset == text.to_source(0);
        const bool ends = origins_.back().end() == text.bytes().size();
        return {begins ? std::size_t{1} : 0, shown_.size() - (ends ? 1 : 0)};
    }

    /// In GB18030 and its like a cut can also join bytes of two characters into letters.
    [[nodiscard]] bool hides_joined_word() const {
        if (document_.text.encoding() == "UTF-8") return false;
        std::string utf8;
        for (const auto piece : shown_) utf8 += piece;
        return hides_word(edition_.text(), utf8, document_.grammar->dialect());
    }

    [[nodiscard]] Diagnostic residue(std::size_t joint) const {
        const auto begin = joint == 0 ? 0 : origins_[joint - 1].end();
        const auto end = joint == origins_.size() ? document_.text.bytes().size()
                                                  : std::max(begin, origins_[joint].offset);
        return {.rule = Rule::marker_residue,
                .severity = Severity::error,
                .span = {begin, end - begin}};
    }

    const Document& document_;
    EditionKind kind_;
    const RenderOptions& options_;
    Edition edition_;
    std::vector<std::string_view> shown_;
    std::vector<Span> origins_;
    std::deque<std::string> placeholders_;
    std::size_t index_ = 0;
    std::size_t source_chars_ = 0;
    std::size_t sections_ = 0;
    DocumentNumbers numbers_;
    std::size_t free_percent_ = 0;
    std::string title_;
};

}  // namespace

std::size_t Edition::size() const {
    return std::accumulate(
        pieces_.begin(), pieces_.end(), std::size_t{0},
        [](std::size_t sum, std::string_view piece) { return sum + piece.size(); });
}

std::string Edition::text() const {
    std::string text;
    text.reserve(size());
    for (const auto piece : pieces_) text += piece;
    return text;
}

void Edition::append(std::string_view view) {
    if (!view.empty()) pieces_.push_back(view);
}

void Edition::append_owned(std::string text) {
    if (text.empty()) return;
    owned_.push_back(std::move(text));
    pieces_.push_back(owned_.back());
}

std::variant<Edition, Diagnostic> render(const Document& document, EditionKind kind,
                                         const RenderOptions& options) {
    return Renderer(document, kind, options).render();
}

std::string preview_text(const Document& document) {
    const auto rendered = render(document, EditionKind::preview);
    const auto* edition = std::get_if<Edition>(&rendered);
    if (edition == nullptr) return {};
    const auto bytes = edition->text();
    const auto decoded = decode(bytes, document.text.encoding());
    const auto* text = std::get_if<Text>(&decoded);
    return text == nullptr ? std::string() : std::string(text->utf8());
}

}  // namespace paywall
