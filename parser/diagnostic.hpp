#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/source.hpp"

namespace paywall {

/// The stable names of what can be wrong with a source. rule_name() gives the kebab-case form.
enum class Rule {
    unclosed_section,
    unopened_section,
    nested_section,
    malformed_marker,
    marker_residue,
    invalid_encoding,
    unsupported_encoding,
    binary_content,
    unmarked_source,
    unencodable_placeholder,
    marker_in_markup,
    crossed_containers,
    metadata_leak,
    unwrappable_section,
    invalid_json_ld,
    foreign_marker,
    gate_contradiction,
    misplaced_divider,
    inexpressible,
    // warnings from here
    mixed_spelling,
    empty_section,
    nothing_free,
    dangling_reference,
    repeated_divider,
    unknown_audience,
    dropped_attribute,
    read_as_text,
    possible_foreign_marker,  ///< given only where it is denied
};

enum class Severity { warning, error };

[[nodiscard]] std::string_view rule_name(Rule rule);
/// The rule of that name, if there is one.
[[nodiscard]] std::optional<Rule> rule_named(std::string_view name);
/// All rules, in the order of the enumeration.
[[nodiscard]] const std::vector<Rule>& all_rules();
/// What a rule is when nothing is denied or allowed. Only warnings can be.
[[nodiscard]] Severity default_severity(Rule rule);

/// Replace these bytes of the source by this text (UTF-8; to be written in the source's
/// encoding).
struct Fix {
    Span span;
    std::string text;

    friend bool operator==(const Fix&, const Fix&) = default;
};

/// One fault or warning, as data. The words are made by message() and help().
struct Diagnostic {
    Rule rule;
    Severity severity = Severity::error;
    Span span = {};
    /// The other place the fault is about: the section that is still open, the opener of
    /// the other spelling.
    std::optional<Span> related = {};
    /// What `message` and `help` name: the exact marker to write, the encoding, the character.
    std::string subject = {};
    /// The one safe replacement, where there is one.
    std::optional<Fix> fix = {};
    /// Must no line be quoted, because markers may hold secrets?
    bool is_secret = false;

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// What is said of one source, in the order of positions. At most ParseOptions::max_diagnostics
/// are kept, errors before warnings; the counts are of all.
struct Diagnostics {
    std::vector<Diagnostic> kept;
    std::size_t errors = 0;
    std::size_t warnings = 0;

    [[nodiscard]] std::size_t suppressed() const { return errors + warnings - kept.size(); }
};

/// What is wrong: lower case, no full stop: `paid section is never closed`.
[[nodiscard]] std::string message(const Diagnostic& diagnostic);
/// What the author is to do: `add ##paidend## where the paid part ends`.
[[nodiscard]] std::string help(const Diagnostic& diagnostic);
/// What the related place is, empty where there is none.
[[nodiscard]] std::string note(const Diagnostic& diagnostic);

enum class Redact { no, yes };
enum class Colour { no, yes };

struct FormatOptions {
    Redact redact = Redact::no;
    Colour colour = Colour::no;
};

/// A diagnostic for people, as a good compiler says it, line ends included (DESIGN, contract):
///
///     article.md:12:1: error: paid section is never closed [unclosed-section]
///        12 | ##paidbegin##free text…
///           | ^~~~~~~~~~~~~
///        = help: add ##paidend## where the paid part ends
///
/// Quotes no more of a line than a window of 64 columns; with Redact::yes nothing but the
/// marked part of errors about markers. Control characters in name and line are escaped.
[[nodiscard]] std::string format(const Diagnostic& diagnostic, std::string_view name,
                                 const Source& source, const FormatOptions& options = {});

}  // namespace paywall
