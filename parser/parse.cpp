#include "parser/parse.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "parser/borders.hpp"
#include "parser/diagnostics.hpp"
#include "parser/fences.hpp"
#include "parser/foreign.hpp"
#include "parser/grammar.hpp"
#include "parser/hidden_word.hpp"
#include "parser/lookalike.hpp"
#include "parser/marker_lines.hpp"
#include "parser/pairing.hpp"
#include "parser/safe_fix.hpp"

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

Diagnostic lookalike_diagnostic(const Lookalike& lookalike, const Text& text,
                                const Dialect& dialect) {
    Diagnostic diagnostic{.rule = Rule::malformed_marker, .span = text.to_source(lookalike.span)};
    if (lookalike.is_tangle) return diagnostic;
    const auto& meant = dialect.markers[lookalike.meant];
    diagnostic.subject = meant.text();
    if (!lookalike.holds_more &&
        !leaves_signs(text.utf8(), lookalike.span, dialect, lookalike.meant))
        diagnostic.fix = Fix{diagnostic.span, diagnostic.subject};
    return diagnostic;
}

Diagnostic foreign_diagnostic(Rule rule, const ForeignMarkers::Found& found, const Text& text) {
    return {.rule = rule, .span = text.to_source(found.span), .subject = found.dialect};
}

/// What was read of a text: its pairs, and what is to be said of it.
struct Read {
    Pairs pairs;
    DiagnosticCollector diagnostics;
    bool has_loose_ends = false;
};

/// Tells which tokens stand in a code fence, where that makes them text.
class LiteralText {
public:
    LiteralText(const Dialect& dialect, std::string_view text) {
        if (dialect.has_fences) fences_.emplace(text);
    }

    [[nodiscard]] bool holds(const Token& token, Pairing& pairing) {
        if (!fences_) return false;
        const auto fence = fences_->around(token.span);
        if (fence.length == 0) return false;
        if (token.kind == Token::Kind::marker && fence != told_) {
            pairing.read_fence(fence);
            told_ = fence;
        }
        return true;
    }

private:
    std::optional<Fences> fences_;
    Span told_;
};

/// Reads a text; nothing if it turns out to be no UTF-8.
std::optional<Read> read(const Grammar& grammar, const ForeignMarkers& foreign, const Text& text,
                         const ParseOptions& options) {
    Read read{{}, {options.deny, options.allow, options.max_diagnostics}, false};
    if (grammar.dialect().has_secrets()) read.diagnostics.hide_lines();
    Pairing pairing(grammar.dialect(), text, read.diagnostics);
    LookalikeFinder finder(grammar, text.utf8());
    std::vector<Lookalike> lookalikes;
    LiteralText literal_text(grammar.dialect(), text.utf8());
    Scanner scanner(grammar.pattern(), text.utf8());
    grammar.tokenize(scanner, [&](const Token& token) {
        if (!scanner.is_sound()) return Progress::stop;
        if (token.kind == Token::Kind::text) return Progress::go_on;
        if (literal_text.holds(token, pairing)) return Progress::go_on;
        if (token.kind == Token::Kind::suspect) {
            const auto found = foreign.find_at(Foreign::certain, text.utf8(), token.span.offset);
            if (found) read.diagnostics.add(foreign_diagnostic(Rule::foreign_marker, *found, text));
        }
        const auto progress = finder.read(token, lookalikes);
        for (const auto& lookalike : lookalikes) {
            if (!read.diagnostics.counts(Rule::malformed_marker)) continue;
            read.diagnostics.keep(lookalike_diagnostic(lookalike, text, grammar.dialect()));
        }
        lookalikes.clear();
        if (token.kind == Token::Kind::marker) pairing.read(token);
        return progress;
    });
    if (!scanner.finish()) return std::nullopt;
    if (!finder.gave_up()) pairing.finish();
    if (options.deny.contains(Rule::possible_foreign_marker)) {
        for (const auto& found : foreign.find_possible(text.utf8())) {
            read.diagnostics.add(foreign_diagnostic(Rule::possible_foreign_marker, found, text));
        }
    }
    read.pairs = pairing.take();
    read.has_loose_ends = finder.has_loose_ends();
    return read;
}

/// The segments between the markers.
Segments segments_of(const Text& text, Pairs& pairs) {
    const auto first_cut = pairs.borders.vanishing(0).offset;
    Segments segments(text, pairs.start, std::move(pairs.borders));
    segments.lend_line_end(0, last_line_end(text.utf8().substr(0, first_cut)));
    return segments;
}

bool is_for_anonymous(Access access) {
    return (access.readers & Access::anonymous) != 0;
}

/// Does a section begin and end with no more than white space between?
bool is_empty_section(const Dialect& dialect, const Borders& borders, std::size_t i) {
    const auto role = [&](std::size_t n) { return dialect.markers[borders[n].marker()].role; };
    if (!borders[i].is_blank_behind() || !borders[i].follows().starts_section) return false;
    const bool holds_other =
        i + 1 < borders.size() && (role(i + 1) == Role::open || role(i + 1) == Role::wrap);
    return !holds_other && (role(i) == Role::divide || role(i) == Role::open);
}

/// Does anything but white space stand where anonymous readers get it?
bool is_any_free(const Text& text, const Pairs& pairs) {
    const auto& borders = pairs.borders;
    if (is_for_anonymous(pairs.start.access) &&
        skip_white_space(text.utf8(), 0) < borders[0].span().offset) {
        return true;
    }
    for (std::size_t i = 0; borders.has_visible_free() && i < borders.size(); ++i) {
        const auto border = borders[i];
        if (is_for_anonymous(border.access()) && !border.is_blank_behind()) return true;
    }
    return false;
}

/// White space is no content: of a section with nothing else, or of a source with nothing else
/// outside of its sections, the author is told.
void warn_of_content(const Text& text, const Dialect& dialect, const Pairs& pairs,
                     DiagnosticCollector& diagnostics) {
    const auto& borders = pairs.borders;
    for (std::size_t i = 0; borders.has_blank_section() && i < borders.size(); ++i) {
        if (!is_empty_section(dialect, borders, i) || !diagnostics.counts(Rule::empty_section))
            continue;
        diagnostics.keep({.rule = Rule::empty_section, .span = text.to_source(borders[i].span())});
    }
    if (is_any_free(text, pairs)) return;
    diagnostics.add({.rule = Rule::nothing_free, .span = text.to_source(borders[0].span())});
}

Segments whole(const Text& text, Access access) {
    return {text, {.access = access, .starts_section = true}, {}};
}

/// A text that is for everyone up to `place`, and from there on for others.
Segments cut_at(const Text& text, std::size_t place, Access access) {
    Borders borders;
    borders.add(Mark::edge(text.utf8(), place), {.access = access, .starts_section = true});
    borders.finish(text.utf8().size());
    return {text, {}, std::move(borders)};
}

/// A source without markers. Front matter, which is never cut, is for everyone.
Segments unmarked(const Text& text, Access access, Content content) {
    const auto front = front_matter_length(text.utf8(), content);
    if (access == Access::free || front == 0) return whole(text, access);
    auto segments = cut_at(text, front, access);
    segments.lend_line_end(1, last_line_end(text.utf8().substr(0, front)));
    return segments;
}

/// What the front matter says of a source, and how it goes with the markers.
class Gatekeeper {
public:
    Gatekeeper(const Text& text, const ParseOptions& options)
        : text_(text), value_(read_gate(options.gate, text.utf8())) {
        if (!value_) return;
        const auto known = options.gate.values.find(std::string(value_->text));
        is_known_ = known != options.gate.values.end();
        if (is_known_) audience_ = known->second;
    }

    [[nodiscard]] bool says_something() const { return value_.has_value(); }
    /// Is it known whom the document is for?
    [[nodiscard]] bool is_sure() const { return !value_ || is_known_; }
    [[nodiscard]] const Audience& audience() const { return audience_; }

    void judge(const Pairs& pairs, DiagnosticCollector& diagnostics) const {
        if (!value_) return;
        const auto span = text_.to_source(value_->span);
        if (!is_known_) {
            diagnostics.add({.rule = Rule::unknown_audience,
                             .span = span,
                             .subject = std::string(value_->text)});
        }
        if (audience_ != Audience::everyone()) return;
        const auto& borders = pairs.borders;
        for (std::size_t i = 0; i < borders.size(); ++i) {
            if (borders[i].access() == Access::free) continue;
            diagnostics.add({.rule = Rule::gate_contradiction,
                             .span = span,
                             .related = text_.to_source(borders[i].span())});
            return;
        }
    }

    /// Whoever the gate is not for reads nothing that is kept from anonymous readers; behind a gate
    /// that is not known nothing at all.
    void tighten(Document& document) const {
        if (!value_) return;
        auto& segments = document.segments;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const auto marked = document.accesses.audience(segments.access(i));
            if (marked.anonymous && is_known_) continue;
            segments.set_access(i, document.accesses.add(both(marked, audience_)));
        }
    }

private:
    const Text& text_;
    std::optional<GateValue> value_;
    bool is_known_ = false;
    Audience audience_;
};

/// Can a document be cut as it is? What its metadata say is another matter.
bool is_structural(const Diagnostic& fault) {
    return fault.rule == Rule::crossed_containers || fault.rule == Rule::marker_in_markup;
}

/// Makes the beginning of a document without markers free, if that can be cut off.
void cut_teaser(Document& document, const ParseOptions& options, DiagnosticCollector& diagnostics) {
    const auto text = document.text.utf8();
    const auto uncut = document.segments;
    for (const auto place : find_teaser(text, document.content, *options.teaser)) {
        document.segments = cut_at(document.text, place, uncut.back().access);
        if (document.content != Content::html)
            document.segments.lend_line_end(1, last_line_end(text.substr(0, place)));
        auto faults = read_markup(document, document.content, options.metadata);
        const bool is_cut = std::ranges::none_of(faults, is_structural) &&
                            (!document.markup || can_compose_preview(document));
        if (is_cut) {
            for (auto& fault : faults) diagnostics.add(std::move(fault));
            return;
        }
        document.markup.reset();
    }
    document.segments = uncut;
    if (skip_white_space(text, 0) < text.size())
        diagnostics.add({.rule = Rule::nothing_free, .span = {document.text.to_source(0), 0}});
}

/// How the document is cut as what it is, or that it is not.
void add_markup(Document& document, const ParseOptions& options, DiagnosticCollector& diagnostics) {
    if (document.content != options.content) {
        const auto begin = document.segments[0].exact.end();
        diagnostics.add({.rule = Rule::read_as_text,
                         .span = {begin, document.segments[1].exact.offset - begin}});
        return;
    }
    for (auto& fault : read_markup(document, options.content, options.metadata))
        diagnostics.add(std::move(fault));
}

std::variant<Document, Diagnostics> document_of(std::shared_ptr<const Grammar> grammar,
                                                const Text& text, Read read,
                                                const ParseOptions& options) {
    const bool is_large = text.bytes().size() > options.largest_markup;
    Document document{.text = text,
                      .content = is_large ? Content::text : options.content,
                      .grammar = std::move(grammar),
                      .has_loose_ends = read.has_loose_ends};
    auto& diagnostics = read.diagnostics;
    const Gatekeeper gate(text, options);
    gate.judge(read.pairs, diagnostics);
    const bool is_marked = !read.pairs.borders.empty();
    if (!is_marked && !diagnostics.has_errors()) {
        if (options.unmarked == Unmarked::refuse && !gate.says_something()) {
            diagnostics.add({.rule = Rule::unmarked_source,
                             .subject = document.grammar->dialect().markers.front().text()});
        }
        const auto access = gate.says_something() ? document.accesses.add(gate.audience())
                            : options.unmarked == Unmarked::paid ? Access::paid
                                                                 : Access::free;
        document.segments = unmarked(text, access, options.content);
        if (options.teaser && !is_for_anonymous(access) && gate.is_sure())
            cut_teaser(document, options, diagnostics);
    } else if (!diagnostics.has_errors()) {
        warn_of_content(text, document.grammar->dialect(), read.pairs, diagnostics);
        document.segments = segments_of(text, read.pairs);
    }
    if (diagnostics.has_errors()) return diagnostics.take();
    if (is_marked) {
        document.accesses = std::move(read.pairs.accesses);
        document.details = std::move(read.pairs.details);
        gate.tighten(document);
    }
    if (options.content != Content::text && document.segments.size() > 1 && !document.markup) {
        add_markup(document, options, diagnostics);
        if (diagnostics.has_errors()) return diagnostics.take();
    }
    document.warnings = diagnostics.take();
    return document;
}

}  // namespace

Parser::Parser(const Dialect& dialect, const std::vector<Dialect>& others)
    : foreign_(std::make_shared<const ForeignMarkers>(dialect, others)),
      grammar_(std::make_shared<const Grammar>(dialect, foreign_->heads())) {}

std::variant<Document, Diagnostics> Parser::parse(std::string_view source,
                                                  const ParseOptions& options) const {
    const bool is_literal = options.markers == Markers::literal;
    if (const auto text = presume_utf8(source, options.encoding); text && !is_literal) {
        if (auto marks = read(*grammar_, *foreign_, *text, options)) {
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
    if (is_literal) {
        return Document{.text = text,
                        .segments = whole(text, Access::free),
                        .content = options.content,
                        .grammar = grammar_};
    }
    return document_of(grammar_, text, *read(*grammar_, *foreign_, text, options), options);
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
