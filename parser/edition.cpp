#include "parser/edition.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
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

/// Does this reader get less here than one who pays more? Then a placeholder may stand for it.
bool is_missed(Access access, const Reader& reader) {
    if (reader == reader_of(EditionKind::full)) return false;
    const bool is_anonymous = reader.kind == Reader::Kind::anonymous;
    return (access.readers & (Access::payers | (is_anonymous ? Access::members : 0))) != 0;
}

/// Goes through a document's segments for one reader.
class Walk {
public:
    enum class Step { show, leave_out, replace };

    Walk(const Document& document, const Reader& reader) : document_(document), reader_(reader) {}

    /// What becomes of the next segment. Of sections that follow each other directly one
    /// placeholder tells.
    Step next(const Segment& segment) {
        if (document_.accesses.admits(segment.access, reader_)) {
            is_told_ = false;
            return Step::show;
        }
        if (is_told_ || !segment.starts_section || !is_missed(segment.access, reader_)) {
            return Step::leave_out;
        }
        is_told_ = true;
        return Step::replace;
    }

private:
    const Document& document_;
    const Reader& reader_;
    bool is_told_ = false;
};

/// Makes one edition: its pieces in the source's encoding, and the same text in UTF-8 with
/// where each piece came from, for the self-check.
class Renderer {
public:
    Renderer(const Document& document, const Reader& reader, const RenderOptions& options)
        : document_(document), reader_(reader), options_(options) {}

    std::variant<Edition, Diagnostic> render() {
        const auto& text = document_.text;
        edition_.append(text.bytes().substr(0, text.to_source(0)));  // the byte-order mark
        if (document_.markup) {
            if (auto fault = add_composition()) return std::move(*fault);
            return checked();
        }
        Walk walk(document_, reader_);
        for (std::size_t i = 0; i < document_.segments.size(); ++i) {
            const auto segment = document_.segments[i];
            const auto step = next_step(walk, segment);
            if (step == Walk::Step::show) {
                add_content(segment);
            } else if (step == Walk::Step::replace) {
                if (auto fault = add_placeholder(
                        i, options_.placeholder,
                        options_.cut == Cut::exact ? Span{} : segment.opener_line_end))
                    return std::move(*fault);
            }
        }
        return checked();
    }

private:
    /// Whether the self-check reads a text that is put there.
    enum class Check { full, exempt };

    [[nodiscard]] Walk::Step next_step(Walk& walk, const Segment& segment) const {
        const auto step = walk.next(segment);
        const bool is_bare = options_.stand_ins == StandIns::none && step == Walk::Step::replace;
        return is_bare ? Walk::Step::leave_out : step;
    }

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

    /// What the self-check reads where the dialect itself lets a marker stand.
    static constexpr std::string_view exempt = "\n";

    /// What the source's markup makes of the cut.
    std::optional<Diagnostic> add_composition() {
        const auto treatments = treatments_of_segments();
        auto composed = compose(
            document_, {.treatments = &treatments,
                        .empty = options_.cut == Cut::exact ? Empty::kept : Empty::taken_along,
                        .keep_attributes = &options_.keep_attributes});
        if (auto* fault = std::get_if<Diagnostic>(&composed)) return std::move(*fault);
        const auto& parts = std::get<Composition>(composed);
        edition_.reserve(parts.size() + 1);  // and the byte-order mark
        shown_.reserve(parts.size());
        origins_.reserve(parts.size());
        for (const auto& part : parts)
            if (auto fault = add_part(part)) return fault;
        return std::nullopt;
    }

    /// Is it to be marked for search engines: shown to who pays, and not to everyone?
    [[nodiscard]] bool is_told_as_gated(const Segment& segment) const {
        return options_.structured_data == StructuredData::added &&
               reader_.kind == Reader::Kind::payer &&
               !document_.accesses.admits(segment.access, reader_of(EditionKind::preview));
    }

    [[nodiscard]] std::vector<Treatment> treatments_of_segments() {
        const auto literal = options_.placeholder ? options_.placeholder->literal() : std::string();
        const bool has_inline = options_.inline_placeholder != nullptr;
        std::vector<Treatment> treatments;
        treatments.reserve(document_.segments.size());
        Walk walk(document_, reader_);
        for (const auto& segment : document_.segments) {
            const auto step = next_step(walk, segment);
            has_literal_ = has_literal_ || segment.is_literal;
            Treatment treatment{.fate = step == Walk::Step::show ? Piece::Fate::kept
                                                                 : Piece::Fate::withheld};
            treatment.is_gated = step == Walk::Step::show && is_told_as_gated(segment);
            if (step == Walk::Step::replace) {
                const auto& message = document_.details[segment.details].message;
                treatment.has_inline = message.empty() && has_inline;
                if (!message.empty())
                    treatment.stand_in = message;
                else if (options_.placeholder == nullptr && !anchor().empty())
                    treatment.stand_in = anchor();
                else if (options_.placeholder != nullptr && !options_.placeholder->empty())
                    treatment.stand_in = literal;
            }
            treatments.push_back(std::move(treatment));
        }
        return treatments;
    }

    std::optional<Diagnostic> add_part(const Part& part) {
        switch (part.kind) {
            case Part::Kind::source:
                edition_.append(document_.text.bytes().substr(part.span.offset, part.span.length));
                show(utf8_of(document_.text, part.span), part.span,
                     is_literal(part.span) ? Check::exempt : Check::full);
                return std::nullopt;
            case Part::Kind::text:
                return add_text(part.text, {document_.segments[part.segment].exact.offset, 0});
            case Part::Kind::placeholder:
                return add_placeholder(part.segment, options_.placeholder, part.span);
            case Part::Kind::inline_placeholder:
                break;
        }
        return add_placeholder(part.segment, options_.inline_placeholder, part.span);
    }

    /// Does a stretch of the source lie within a literal segment?
    [[nodiscard]] bool is_literal(Span span) const {
        if (!has_literal_) return false;
        const auto behind =
            std::ranges::upper_bound(document_.segments, span.offset, {},
                                     [](const Segment& segment) { return segment.exact.offset; });
        if (behind == document_.segments.begin()) return false;
        const auto& segment = *(behind - 1);
        return segment.is_literal && span.end() <= segment.exact.end();
    }

    /// Text that is not of the source, in its encoding.
    std::optional<Diagnostic> add_text(std::string utf8, Span origin, Check check = Check::full) {
        auto encoded = document_.text.encode(utf8);
        if (const auto* unencodable = std::get_if<char32_t>(&encoded)) {
            return Diagnostic{.rule = Rule::unencodable_placeholder,
                              .severity = Severity::error,
                              .span = {origin.offset, 0},
                              .subject = utf8_of_code_point(*unencodable)};
        }
        edition_.append_owned(std::get<std::string>(std::move(encoded)));
        placeholders_.push_back(std::move(utf8));
        show(placeholders_.back(), origin, check);
        return std::nullopt;
    }

    [[nodiscard]] Span span_of(const Segment& segment) const {
        return options_.cut == Cut::exact ? segment.exact : segment.content;
    }

    void show(std::string_view utf8, Span origin, Check check = Check::full) {
        if (utf8.empty() && check == Check::full) return;
        if (check == Check::exempt) unread_.push_back(utf8);
        shown_.push_back(check == Check::exempt ? exempt : utf8);
        origins_.push_back(origin);
    }

    void add_content(const Segment& segment) {
        const auto span = span_of(segment);
        edition_.append(document_.text.bytes().substr(span.offset, span.length));
        show(utf8_of(document_.text, span), span, segment.is_literal ? Check::exempt : Check::full);
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
        Walk walk(document_, reader_);
        return static_cast<std::size_t>(std::ranges::count_if(
            document_.segments,
            [&](const Segment& segment) { return walk.next(segment) == Walk::Step::replace; }));
    }

    /// Markup with references for the characters that the source's encoding does not have, which
    /// can only come from references.
    [[nodiscard]] std::string writable(std::string markup) const {
        for (auto encoded = document_.text.encode(markup); encoded.index() == 1;
             encoded = document_.text.encode(markup)) {
            const auto character = std::get<char32_t>(encoded);
            const auto utf8 = utf8_of_code_point(character);
            const auto reference =
                "&#" + std::to_string(static_cast<std::uint32_t>(character)) + ";";
            for (auto at = markup.find(utf8); at != markup.npos; at = markup.find(utf8, at))
                markup.replace(at, utf8.size(), reference);
        }
        return markup;
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
            title_ = writable(escape_for(document_.content,
                                         find_title(preview_text(document_), document_.content)));
    }

    [[nodiscard]] const std::string& anchor() const { return document_.grammar->dialect().anchor; }

    [[nodiscard]] std::string text_for(std::size_t number, const Placeholder* placeholder) {
        const auto segment = document_.segments[number];
        const auto& details = document_.details[segment.details];
        if (!details.message.empty()) return details.message;
        if (placeholder == nullptr) return anchor();
        if (index_ == 0) prepare();
        return placeholder->fill(
            {.paid = utf8_of(document_.text, span_of(segment)),
             .source_chars = source_chars_,
             .index = ++index_,
             .sections = sections_,
             .name = options_.name,
             .price = details.price,
             .paid_numbers = numbers_.segments.empty() ? Numbers{} : numbers_.segments[number],
             .free_percent = free_percent_,
             .title = title_});
    }

    std::optional<Diagnostic> add_placeholder(std::size_t number, const Placeholder* placeholder,
                                              Span line_end) {
        const auto segment = document_.segments[number];
        auto utf8 = text_for(number, placeholder);
        if (utf8.empty() && placeholder == nullptr) return std::nullopt;
        const auto check = utf8 == anchor() ? Check::exempt : Check::full;
        utf8.insert(0, document_.details[segment.details].indent);
        if (auto fault = add_text(std::move(utf8), segment.exact, check)) return fault;
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
        for (const auto piece : unread_) utf8.append(piece).append(exempt);
        return hides_word(edition_.text(), utf8, document_.grammar->dialect());
    }

    [[nodiscard]] Diagnostic residue(std::size_t joint) const {
        const auto begin = joint == 0 ? 0 : origins_[joint - 1].end();
        const auto end = joint == origins_.size() ? document_.text.bytes().size()
                                                  : std::max(begin, origins_[joint].offset);
        return {.rule = Rule::marker_residue,
                .severity = Severity::error,
                .span = {begin, end - begin},
                .is_secret = document_.grammar->dialect().has_secrets()};
    }

    const Document& document_;
    const Reader& reader_;
    const RenderOptions& options_;
    Edition edition_;
    std::vector<std::string_view> shown_;
    std::vector<Span> origins_;
    std::vector<std::string_view> unread_;  // for which `exempt` stands in shown_
    std::list<std::string> placeholders_;
    bool has_literal_ = false;  // has the document a literal segment?
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

Reader reader_of(EditionKind kind) {
    return {kind == EditionKind::preview ? Reader::Kind::anonymous : Reader::Kind::payer, {}};
}

std::variant<Edition, Diagnostic> render(const Document& document, const Reader& reader,
                                         const RenderOptions& options) {
    return Renderer(document, reader, options).render();
}

std::variant<Edition, Diagnostic> render(const Document& document, EditionKind kind,
                                         const RenderOptions& options) {
    return render(document, reader_of(kind), options);
}

bool reads_alike(const Document& document, const Reader& one, const Reader& other) {
    if (one == other) return true;
    const auto is_told = [&](Access access, const Reader& reader) {
        return !document.accesses.admits(access, reader) && is_missed(access, reader);
    };
    if ((one.kind == Reader::Kind::payer) != (other.kind == Reader::Kind::payer)) return false;
    return std::ranges::all_of(document.segments, [&](const Segment& segment) {
        const auto access = segment.access;
        return document.accesses.admits(access, one) == document.accesses.admits(access, other) &&
               is_told(access, one) == is_told(access, other);
    });
}

std::string preview_text(const Document& document) {
    const auto rendered = render(document, EditionKind::preview, {.stand_ins = StandIns::none});
    const auto* edition = std::get_if<Edition>(&rendered);
    if (edition == nullptr) return {};
    const auto bytes = edition->text();
    const auto decoded = decode(bytes, document.text.encoding());
    const auto* text = std::get_if<Text>(&decoded);
    return text == nullptr ? std::string() : std::string(text->utf8());
}

}  // namespace paywall
