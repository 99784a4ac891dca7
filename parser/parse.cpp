#include "parser/parse.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "parser/diagnostics.hpp"
#include "parser/grammar.hpp"
#include "parser/hidden_word.hpp"
#include "parser/lookalike.hpp"
#include "parser/marker_lines.hpp"

namespace paywall {
namespace {

Diagnostic encoding_diagnostic(const EncodingFault& fault) {
    const auto rule = [&] {
        switch (fault.kind) {
            case EncodingFault::Kind::binary:
                return Rule::binary_content;
            case EncodingFault::Kind::invalid:
                return Rule::invalid_encoding;
            default:
                return Rule::unsupported_encoding;
        }
    }();
    return {.rule = rule, .span = fault.span, .subject = fault.encoding};
}

/// Pairs markers. The section that is open is its whole state; what cannot be paired is said
/// and left out, so that one fault does not hide the next.
class Pairing {
public:
    Pairing(const Dialect& dialect, const Text& text, DiagnosticCollector& diagnostics)
        : dialect_(dialect), text_(text), diagnostics_(diagnostics) {}

    /// A token of kind marker.
    void read(const Token& token) {
        const auto& marker = dialect_.markers[token.marker];
        if (marker.role == Role::open) {
            open_ ? say(Rule::nested_section, token, open_, *open_) : open(token);
        } else if (open_) {
            close(token);
        } else {
            say(Rule::unopened_section, token, std::nullopt, token);
        }
    }

    /// Says what is still open; then the marks pair: open, close, open, close …
    void finish() {
        if (open_) say(Rule::unclosed_section, *open_, std::nullopt, *open_);
    }

    [[nodiscard]] Marks take() { return std::move(marks_); }

private:
    void open(const Token& token) {
        open_ = token;
        keep(token);
    }

    void close(const Token& token) {
        const auto& marker = dialect_.markers[token.marker];
        if (marker.spelling != dialect_.markers[open_->marker].spelling) {
            say(Rule::mixed_spelling, token, open_, *open_);
        }
        open_.reset();
        keep(token);
    }

    void keep(const Token& token) {
        if (diagnostics_.has_errors()) return;  // there is no document
        marks_.emplace_back(text_.utf8(), token.span, token.marker);
    }

    /// What is to be written is the counterpart of `half`.
    void say(Rule rule, const Token& token, const std::optional<Token>& other, const Token& half) {
        if (!diagnostics_.counts(rule)) return;
        Diagnostic diagnostic{.rule = rule, .span = text_.to_source(token.span)};
        if (other) diagnostic.related = text_.to_source(other->span);
        diagnostic.subject = counterpart(dialect_, dialect_.markers[half.marker]).text();
        diagnostics_.keep(std::move(diagnostic));
    }

    const Dialect& dialect_;
    const Text& text_;
    DiagnosticCollector& diagnostics_;
    std::optional<Token> open_;
    Marks marks_;
};

Diagnostic lookalike_diagnostic(const Lookalike& lookalike, const Text& text,
                                const Dialect& dialect) {
    Diagnostic diagnostic{.rule = Rule::malformed_marker, .span = text.to_source(lookalike.span)};
    if (lookalike.is_tangle) return diagnostic;
    diagnostic.subject = dialect.markers[lookalike.meant].text();
    diagnostic.fix = Fix{diagnostic.span, diagnostic.subject};
    return diagnostic;
}

/// What was read of a text: its marks, and what is to be said of it.
struct Read {
    Marks marks;
    DiagnosticCollector diagnostics;
};

/// Reads a text that `check` goes through as well, right behind, while it is in the cache; nothing
/// if it turns out to be no UTF-8.
std::optional<Read> read(const Grammar& grammar, const Text& text, const ParseOptions& options,
                         Utf8Check check) {
    Read read{{}, {options.deny, options.allow, options.max_diagnostics}};
    Pairing pairing(grammar.dialect(), text, read.diagnostics);
    LookalikeFinder finder(grammar, text.utf8());
    std::vector<Lookalike> lookalikes;
    grammar.tokenize(text.utf8(), [&](const Token& token) {
        if (!check.extend(token.span.end())) return Progress::stop;
        if (token.kind == Token::Kind::text) return Progress::go_on;
        const auto progress = finder.read(token, lookalikes);
        for (const auto& lookalike : lookalikes) {
            if (!read.diagnostics.counts(Rule::malformed_marker)) continue;
            read.diagnostics.keep(lookalike_diagnostic(lookalike, text, grammar.dialect()));
        }
        lookalikes.clear();
        if (token.kind == Token::Kind::marker) pairing.read(token);
        return progress;
    });
    if (!check.finish()) return std::nullopt;
    if (!finder.gave_up()) pairing.finish();
    read.marks = pairing.take();
    return read;
}

Segment segment_between(const Text& text, Access access, Span exact, Span content) {
    return {access, text.to_source(exact), text.to_source(content), {}};
}

/// The segments between the marks, free and paid in turn.
std::vector<Segment> segments_of(const Text& text, const Marks& marks) {
    MarkerLines lines(marks);
    std::vector<Segment> segments;
    segments.reserve(marks.size() + 1);
    Span before;     // the mark that ends the last segment
    Vanishing gone;  // … and what vanishes with it
    for (std::size_t i = 0; i <= marks.size(); ++i) {
        const auto opener_line_end = gone.line_end;
        const Span mark = i < marks.size() ? marks[i].span() : Span{text.utf8().size(), 0};
        const auto begin = gone.span.end();
        gone = i < marks.size() ? lines.next() : Vanishing{mark, {}};
        const auto access = i % 2 == 0 ? Access::free : Access::paid;
        segments.push_back(segment_between(text, access, {before.end(), mark.offset - before.end()},
                                           {begin, gone.span.offset - begin}));
        if (access == Access::paid) {
            segments.back().opener_line_end = text.to_source(opener_line_end);
        }
        before = mark;
    }
    return segments;
}

/// White space is no content: of a section with nothing else, or of a source with nothing else
/// outside of its sections, the author is told.
void warn_of_content(const Text& text, const Marks& marks, DiagnosticCollector& diagnostics) {
    bool is_any_free = skip_white_space(text.utf8(), 0) < marks.front().span().offset;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const auto end = i + 1 < marks.size() ? marks[i + 1].span().offset : text.utf8().size();
        const bool is_blank = marks[i].visible_begin() >= end;
        const bool is_paid = i % 2 == 0;
        is_any_free = is_any_free || (!is_paid && !is_blank);
        if (is_paid && is_blank && diagnostics.counts(Rule::empty_section)) {
            diagnostics.keep(
                {.rule = Rule::empty_section, .span = text.to_source(marks[i].span())});
        }
    }
    if (!is_any_free) {
        diagnostics.add({.rule = Rule::nothing_free, .span = text.to_source(marks.front().span())});
    }
}

std::vector<Segment> whole(const Text& text, Access access) {
    const Span all{0, text.utf8().size()};
    return {segment_between(text, access, all, all)};
}

/// The span of the line end that a place has before it, if it has one.
Span line_end_before(std::string_view text, std::size_t place) {
    const auto before = text.substr(0, place);
    const std::size_t length = before.ends_with("\r\n") ? 2
                               : before.ends_with('\n') || before.ends_with('\r') ? 1
                                                                                  : 0;
    return {place - length, length};
}

std::vector<Segment> cut_at(const Text& text, std::size_t place, Content content) {
    const Span before{0, place};
    const Span behind{place, text.utf8().size() - place};
    std::vector<Segment> segments{segment_between(text, Access::free, before, before),
                                  segment_between(text, Access::paid, behind, behind)};
    if (content != Content::html)
        segments.back().opener_line_end = text.to_source(line_end_before(text.utf8(), place));
    return segments;
}

/// Can a document be cut as it is? What its metadata say is another matter.
bool is_structural(const Diagnostic& fault) {
    return fault.rule == Rule::crossed_containers || fault.rule == Rule::marker_in_markup;
}

/// Makes the beginning of a document that is all paid free, if that can be cut off: `teaser`.
void cut_teaser(Document& document, const ParseOptions& options,
                DiagnosticCollector& diagnostics) {
    const auto text = document.text.utf8();
    const auto whole = document.segments;
    for (const auto place : find_teaser(text, document.content, *options.teaser)) {
        document.segments = cut_at(document.text, place, document.content);
        auto faults = read_markup(document, document.content, options.metadata);
        const bool is_cut = std::ranges::none_of(faults, is_structural) &&
                            (!document.markup || can_compose_preview(document));
        if (is_cut) {
            for (auto& fault : faults) diagnostics.add(std::move(fault));
            return;
        }
        document.markup.reset();
    }
    document.segments = whole;
    if (skip_white_space(text, 0) < text.size())
        diagnostics.add({.rule = Rule::nothing_free, .span = {document.text.to_source(0), 0}});
}

std::variant<Document, Diagnostics> document_of(std::shared_ptr<const Grammar> grammar,
                                                const Text& text, Read read,
                                                const ParseOptions& options) {
    Document document{text, {}, {}, options.content, std::move(grammar)};
    auto& diagnostics = read.diagnostics;
    if (read.marks.empty() && !diagnostics.has_errors()) {
        if (options.unmarked == Unmarked::refuse) {
            diagnostics.add({.rule = Rule::unmarked_source,
                             .subject = document.grammar->dialect().markers.front().text()});
        }
        document.segments =
            whole(text, options.unmarked == Unmarked::paid ? Access::paid : Access::free);
        if (options.unmarked == Unmarked::paid && options.teaser)
            cut_teaser(document, options, diagnostics);
    } else if (!diagnostics.has_errors()) {
        document.segments = segments_of(text, read.marks);
        warn_of_content(text, read.marks, diagnostics);
    }
    if (diagnostics.has_errors()) return diagnostics.take();
    if (options.content != Content::text && !read.marks.empty()) {
        for (auto& fault : read_markup(document, options.content, options.metadata))
            diagnostics.add(std::move(fault));
        if (diagnostics.has_errors()) return diagnostics.take();
    }
    document.warnings = diagnostics.take();
    return document;
}

}  // namespace

Parser::Parser(const Dialect& dialect) : grammar_(std::make_shared<const Grammar>(dialect)) {}

std::variant<Document, Diagnostics> Parser::parse(std::string_view source,
                                                  const ParseOptions& options) const {
    const bool is_literal = options.markers == Markers::literal;
    if (const auto text = presume_utf8(source, options.encoding); text && !is_literal) {
        if (auto marks = read(*grammar_, *text, options, Utf8Check(text->utf8()))) {
            return document_of(grammar_, *text, std::move(*marks), options);
        }
    }
    const auto decoded = decode(source, options.encoding);
    if (const auto* fault = std::get_if<EncodingFault>(&decoded)) {
        DiagnosticCollector diagnostics(options.deny, options.allow, options.max_diagnostics);
        diagnostics.add(encoding_diagnostic(*fault));
        return diagnostics.take();
    }
    const auto& text = std::get<Text>(decoded);
    if (const auto hidden = find_hidden_word(text, grammar_->dialect()); hidden && !is_literal) {
        DiagnosticCollector diagnostics(options.deny, options.allow, options.max_diagnostics);
        diagnostics.add({.rule = Rule::invalid_encoding,
                         .span = *hidden,
                         .subject = std::string(text.encoding())});
        return diagnostics.take();
    }
    if (is_literal) return Document{text, whole(text, Access::free), {}, options.content, grammar_};
    return document_of(grammar_, text, *read(*grammar_, text, options, Utf8Check({})), options);
}

bool Parser::finds_marker(std::string_view text) const {
    LookalikeFinder finder(*grammar_, text);
    std::vector<Lookalike> lookalikes;
    bool has_marker = false;
    grammar_->tokenize(text, [&](const Token& token) {
        finder.read(token, lookalikes);
        has_marker = has_marker || token.kind == Token::Kind::marker;
        return has_marker || !lookalikes.empty() ? Progress::stop : Progress::go_on;
    });
    return has_marker || !lookalikes.empty();
}

std::variant<Document, Diagnostics> parse(std::string_view source, const Dialect& dialect,
                                          const ParseOptions& options) {
    return Parser(dialect).parse(source, options);
}

}  // namespace paywall
