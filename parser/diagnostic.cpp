#include "parser/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "parser/quote.hpp"
#include "parser/utf.hpp"

namespace paywall {
namespace {

/// May a redacted message show the marked part? Not that of `marker-residue`: it runs from one
/// piece of an edition to the next, over the paid text between them.
enum class Marks { marker, content };

struct Entry {
    Rule rule;
    std::string_view name;
    Severity severity;
    Marks marks;
};

constexpr std::array entries{
    Entry{Rule::unclosed_section, "unclosed-section", Severity::error, Marks::marker},
    Entry{Rule::unopened_section, "unopened-section", Severity::error, Marks::marker},
    Entry{Rule::nested_section, "nested-section", Severity::error, Marks::marker},
    Entry{Rule::malformed_marker, "malformed-marker", Severity::error, Marks::marker},
    Entry{Rule::marker_residue, "marker-residue", Severity::error, Marks::content},
    Entry{Rule::invalid_encoding, "invalid-encoding", Severity::error, Marks::content},
    Entry{Rule::unsupported_encoding, "unsupported-encoding", Severity::error, Marks::content},
    Entry{Rule::binary_content, "binary-content", Severity::error, Marks::content},
    Entry{Rule::unmarked_source, "unmarked-source", Severity::error, Marks::content},
    Entry{Rule::unencodable_placeholder, "unencodable-placeholder", Severity::error,
          Marks::content},
    Entry{Rule::marker_in_markup, "marker-in-markup", Severity::error, Marks::marker},
    Entry{Rule::crossed_containers, "crossed-containers", Severity::error, Marks::content},
    Entry{Rule::metadata_leak, "metadata-leak", Severity::error, Marks::content},
    Entry{Rule::unwrappable_section, "unwrappable-section", Severity::error, Marks::content},
    Entry{Rule::invalid_json_ld, "invalid-json-ld", Severity::error, Marks::content},
    Entry{Rule::foreign_marker, "foreign-marker", Severity::error, Marks::marker},
    Entry{Rule::gate_contradiction, "gate-contradiction", Severity::error, Marks::content},
    Entry{Rule::misplaced_divider, "misplaced-divider", Severity::error, Marks::marker},
    Entry{Rule::inexpressible, "inexpressible", Severity::error, Marks::marker},
    Entry{Rule::mixed_spelling, "mixed-spelling", Severity::warning, Marks::marker},
    Entry{Rule::empty_section, "empty-section", Severity::warning, Marks::marker},
    Entry{Rule::nothing_free, "nothing-free", Severity::warning, Marks::content},
    Entry{Rule::dangling_reference, "dangling-reference", Severity::warning, Marks::content},
    Entry{Rule::repeated_divider, "repeated-divider", Severity::warning, Marks::marker},
    Entry{Rule::unknown_audience, "unknown-audience", Severity::warning, Marks::marker},
    Entry{Rule::dropped_attribute, "dropped-attribute", Severity::warning, Marks::marker},
    Entry{Rule::read_as_text, "read-as-text", Severity::warning, Marks::marker},
    Entry{Rule::possible_foreign_marker, "possible-foreign-marker", Severity::warning,
          Marks::marker},
};

const Entry& entry_of(Rule rule) {
    return entries[static_cast<std::size_t>(rule)];
}

/// `é (U+00E9)`
std::string character_name(std::string_view character) {
    if (character.empty()) return "a character";
    const char32_t c = read_utf8(character, 0).code_point;
    std::array<char, 16> code;
    const int size = std::snprintf(code.data(), code.size(), " (U+%04X)", static_cast<unsigned>(c));
    return escape(character) + std::string(code.data(), static_cast<std::size_t>(size));
}

// Colours, as GCC has them.
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view red = "\x1b[1;31m";
constexpr std::string_view magenta = "\x1b[1;35m";
constexpr std::string_view cyan = "\x1b[1;36m";
constexpr std::string_view plain = "\x1b[0m";

/// Writes the blocks of one diagnostic.
class Writer {
public:
    Writer(std::string_view name, const Source& source, Colour colour, Show show)
        : name_(escape(name)), source_(source), colour_(colour), show_(show) {}

    /// `name:3:1: note: what`, and the line with its caret.
    void block(Span span, std::string_view kind, std::string_view colour, std::string_view what) {
        const Location location = source_.locate(span.offset);
        painted(bold, name_ + ":" + std::to_string(location.line) + ":" +
                          std::to_string(location.column) + ":");
        out_ += " ";
        painted(colour, std::string(kind) + ":");
        out_ += " ";
        out_ += what;
        out_ += "\n";
        quoted(span, location.line, colour);
    }

    void help(std::string_view what) {
        out_.append(gutter_ - 2, ' ');
        out_ += "= ";
        painted(bold, "help:");
        out_ += " ";
        out_ += what;
        out_ += "\n";
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void quoted(Span span, std::size_t line, std::string_view colour) {
        const std::string number = std::to_string(line);
        gutter_ = std::max<std::size_t>(5, number.size());
        const Quote shown = quote(source_.line_of(span), show_);
        out_.append(gutter_ - number.size(), ' ');
        out_ += number + " |" + (shown.text.empty() ? "" : " ") + shown.text + "\n";
        out_.append(gutter_, ' ');
        out_ += " | " + shown.indent;
        painted(colour, shown.caret);
        out_ += "\n";
    }

    void painted(std::string_view colour, std::string_view text) {
        if (colour_ == Colour::yes) out_ += colour;
        out_ += text;
        if (colour_ == Colour::yes) out_ += plain;
    }

    std::string name_;
    const Source& source_;
    Colour colour_;
    Show show_;
    std::size_t gutter_ = 5;
    std::string out_;
};

}  // namespace

std::string_view rule_name(Rule rule) {
    return entry_of(rule).name;
}

std::optional<Rule> rule_named(std::string_view name) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [name](const Entry& entry) { return entry.name == name; });
    if (found == entries.end()) return std::nullopt;
    return found->rule;
}

const std::vector<Rule>& all_rules() {
    static const std::vector<Rule> rules = [] {
        std::vector<Rule> result;
        for (const Entry& entry : entries) result.push_back(entry.rule);
        return result;
    }();
    return rules;
}

Severity default_severity(Rule rule) {
    return entry_of(rule).severity;
}

std::string message(const Diagnostic& diagnostic) {
    const std::string& subject = diagnostic.subject;
    switch (diagnostic.rule) {
        case Rule::unclosed_section:
            return "paid section is never closed";
        case Rule::unopened_section:
            return "paid section ends but never began";
        case Rule::nested_section:
            return "paid section begins inside another";
        case Rule::malformed_marker:
            if (subject.empty()) return "text is too tangled to tell whether it holds a marker";
            return "text looks like a marker but is none";
        case Rule::marker_residue:
            return "the pieces of an edition join into a marker";
        case Rule::invalid_encoding:
            return "bytes are not valid " + (subject.empty() ? "text" : escape(subject));
        case Rule::unsupported_encoding:
            return "encoding " + (subject.empty() ? "" : escape(subject) + " ") + "cannot be read";
        case Rule::binary_content:
            return "source holds a NUL character, so it is no text";
        case Rule::unmarked_source:
            return "no marker in the source";
        case Rule::unencodable_placeholder:
            return "placeholder holds " + character_name(subject) +
                   ", which the source's encoding does not have";
        case Rule::inexpressible:
            return subject;
        case Rule::dropped_attribute:
            return "attribute is not kept: " + escape(subject);
        case Rule::misplaced_divider:
            return "divider does not divide here";
        case Rule::marker_in_markup:
            return "marker stands inside markup, not in text";
        case Rule::metadata_leak:
            return "metadata repeats paid text";
        case Rule::unwrappable_section:
            return "no element of class \"paywall\" can stand here";
        case Rule::invalid_json_ld:
            return "JSON-LD cannot be read, so nothing can be added to it";
        case Rule::read_as_text:
            return "source is too large to be read as markup and is cut as text";
        case Rule::dangling_reference:
            return "free text refers to what a paid section defines";
        case Rule::crossed_containers:
            return "paid section cannot be cut out of what it stands in";
        case Rule::mixed_spelling:
            return "paid section ends in another spelling than it began";
        case Rule::empty_section:
            return "paid section is empty";
        case Rule::repeated_divider:
            return "the source is divided already";
        case Rule::unknown_audience:
            return "audience is not known: " + escape(subject);
        case Rule::foreign_marker:
            return "text is a marker of the dialect " + escape(subject);
        case Rule::possible_foreign_marker:
            return "text may be a marker of the dialect " + escape(subject);
        case Rule::gate_contradiction:
            return "front matter says that the source is free, and its markers that it is not";
        case Rule::nothing_free:
            break;
    }
    return "nothing of the source is free";
}

std::string help(const Diagnostic& diagnostic) {
    const std::string& subject = diagnostic.subject;
    switch (diagnostic.rule) {
        case Rule::unclosed_section:
            return "add " + subject + " where the paid part ends";
        case Rule::unopened_section:
            return "add " + subject + " where the paid part begins";
        case Rule::nested_section:
            return "close the first section with " + subject + " before beginning another";
        case Rule::malformed_marker:
            if (subject.empty())
                return "untangle the text, or name the file in --literal if it holds no marker";
            return "write " + subject + ", or name the file in --literal if it is about markers";
        case Rule::marker_residue:
            return "change the text around the section, so that no marker is left without it";
        case Rule::invalid_encoding:
            return "save the source as UTF-8, or name its encoding with --encoding";
        case Rule::unsupported_encoding:
            return "save the source as UTF-8";
        case Rule::binary_content:
            return "leave it out, or if it is text name its encoding with --encoding";
        case Rule::unmarked_source:
            if (subject.empty()) return "mark the paid part of the source";
            return "add " + subject + " where the paid part begins";
        case Rule::unencodable_placeholder:
            return "write the placeholder without it, or save the source as UTF-8";
        case Rule::inexpressible:
            return "choose another dialect, or write the source so that this one can say it";
        case Rule::dropped_attribute:
            return "it says nothing of readers; keep it elsewhere if it is needed";
        case Rule::misplaced_divider:
            return "move it out of other blocks, and above all paid sections";
        case Rule::marker_in_markup:
            return "move it into the text, or out of the tag, comment, script or front matter";
        case Rule::metadata_leak:
            return "write it of the free part only, since the preview shows it";
        case Rule::unwrappable_section:
            return "put both markers into one element, and leave that class to --structured-data";
        case Rule::invalid_json_ld:
            return "mend it, or leave out --structured-data";
        case Rule::read_as_text:
            return "its elements, blocks and metadata are not looked at; divide it, or say what it "
                   "is with --content";
        case Rule::dangling_reference:
            return "define it in the free part; the preview shows plain text here";
        case Rule::crossed_containers:
            return "put both markers into one container, or both between containers";
        case Rule::mixed_spelling:
            return "write " + subject + ", as it began";
        case Rule::empty_section:
            return "put the paid text between the markers, or remove them";
        case Rule::repeated_divider:
            return "remove it; the first one divides";
        case Rule::unknown_audience:
            return "write what is known; until then it is for payers of everything only";
        case Rule::foreign_marker:
        case Rule::possible_foreign_marker:
            return "choose --dialect " + escape(subject) +
                   ", or name the file in --literal if it is about markers";
        case Rule::gate_contradiction:
            return "say in the front matter for whom it is, or remove the markers";
        case Rule::nothing_free:
            break;
    }
    return "leave text for the preview outside the paid sections";
}

std::string note(const Diagnostic& diagnostic) {
    if (!diagnostic.related) return {};
    switch (diagnostic.rule) {
        case Rule::nested_section:
            return "the section that is still open began here";
        case Rule::repeated_divider:
            return "the first divider is here";
        case Rule::gate_contradiction:
            return "text that is not for everyone begins here";
        case Rule::misplaced_divider:
            return "the section or block that it stands below or within began here";
        case Rule::mixed_spelling:
            return "the section began here";
        case Rule::dangling_reference:
            return "it is defined here";
        case Rule::crossed_containers:
            return "it reaches across what stands here";
        default:
            return {};
    }
}

std::string format(const Diagnostic& diagnostic, std::string_view name, const Source& source,
                   const FormatOptions& options) {
    const Entry& entry = entry_of(diagnostic.rule);
    const bool error = diagnostic.severity == Severity::error;
    const bool is_shown = options.redact == Redact::no && !diagnostic.is_secret;
    const bool is_marked = entry.marks == Marks::marker && !diagnostic.is_secret;
    const auto show = is_shown ? Show::window : is_marked ? Show::marked : Show::nothing;
    Writer writer(name, source, options.colour, show);
    writer.block(diagnostic.span, error ? "error" : "warning", error ? red : magenta,
                 message(diagnostic) + " [" + std::string(entry.name) + "]");
    if (const std::string related = note(diagnostic); !related.empty()) {
        writer.block(*diagnostic.related, "note", cyan, related);
    }
    writer.help(help(diagnostic));
    return writer.take();
}

}  // namespace paywall
