#include <algorithm>
#include <map>
#include <utility>

#include "parser/markdown/cut.hpp"
#include "parser/markdown/front_matter.hpp"
#include "parser/markdown/references.hpp"

namespace paywall::markdown {
namespace {

using Key = std::pair<Definition::Kind, std::string>;

/// Finds what crosses from paid parts into free ones by its label.
class CrossReferences {
public:
    CrossReferences(const References& found, const std::vector<Piece>& pieces)
        : pieces_(pieces), found_(found) {
        for (const auto& definition : found_.definitions)  // the first one counts
            defined_.try_emplace({definition.kind, definition.label}, &definition);
        for (const auto& reference : found_.references) {  // a cut may go through one
            const auto piece = piece_at(reference.span.offset);
            const bool is_paid =
                is_withheld(reference.span) && piece == piece_at(reference.span.end() - 1);
            (is_paid ? used_paid_ : used_free_)
                .try_emplace({reference.kind, reference.label}, &reference);
        }
    }

    /// Takes each reference that is kept to a definition that is not.
    template <typename Sink>
    void find_dangling(const Sink& sink) const {
        for (const auto& reference : found_.references) {
            const auto definition = defined_.find({reference.kind, reference.label});
            if (definition != defined_.end() && !is_withheld(reference.span) &&
                is_withheld(definition->second->span))
                sink(reference, *definition->second);
        }
    }

    [[nodiscard]] std::vector<Change> changes(std::string_view text) const {
        std::vector<Change> changes;
        find_dangling([&](const Reference& reference, const Definition&) {
            changes.push_back({reference.span, reference.text});
        });
        for (const auto& definition : found_.definitions) {
            const Key key{definition.kind, definition.label};
            if (!is_withheld(definition.span) && used_paid_.contains(key) &&
                !used_free_.contains(key))
                changes.push_back({with_indent(definition.span, text), ""});
        }
        std::ranges::sort(changes, {}, [](const Change& change) { return change.span.offset; });
        return changes;
    }

private:
    /// A paragraph may follow a definition, and be indented; without that it would be code.
    [[nodiscard]] static Span with_indent(Span definition, std::string_view text) {
        constexpr std::size_t least = 4;
        const auto begin = definition.end();
        const auto end = std::min(text.find_first_not_of(" \t", begin), text.size());
        const auto indent = text.substr(begin, end - begin);
        const bool is_deep = indent.size() >= least || indent.find('\t') != indent.npos;
        const bool is_blank = end == text.size() || text[end] == '\n' || text[end] == '\r';
        if (is_deep && !is_blank) definition.length += indent.size();
        return definition;
    }

    [[nodiscard]] std::vector<Piece>::const_iterator piece_at(std::size_t offset) const {
        const auto behind = std::ranges::upper_bound(
            pieces_, offset, {}, [](const Piece& piece) { return piece.exact.offset; });
        return behind == pieces_.begin() ? pieces_.end() : behind - 1;
    }

    [[nodiscard]] bool is_withheld(Span span) const {
        const auto piece = piece_at(span.offset);
        return piece != pieces_.end() && piece->fate == Piece::Fate::withheld;
    }

    const std::vector<Piece>& pieces_;
    const References& found_;
    std::map<Key, const Definition*> defined_;
    std::map<Key, const Reference*> used_free_;
    std::map<Key, const Reference*> used_paid_;
};

/// What stands behind markers at the very beginning.
std::string_view behind_first_markers(std::string_view text, const std::vector<Span>& markers) {
    std::size_t at = 0;
    for (const auto& marker : markers) {
        if (text.substr(at, marker.offset - at).find_first_not_of(" \t\r\n") != text.npos) break;
        at = marker.end();
    }
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    return text.substr(at);
}

}  // namespace

Outline read_outline(std::string_view text, const std::vector<Span>& markers,
                     const std::vector<Piece>& pieces, std::vector<Diagnostic>& diagnostics) {
    Outline outline{text, front_matter_length(text), markers, {}};
    for (const auto& marker : markers)
        if (marker.offset < outline.front_matter)
            diagnostics.push_back({.rule = Rule::marker_in_markup, .span = marker});
    if (diagnostics.empty() && !markers.empty() && outline.front_matter == 0 &&
        front_matter_length(behind_first_markers(text, markers)) > 0)
        diagnostics.push_back({.rule = Rule::marker_in_markup, .span = markers.front()});
    if (!diagnostics.empty() || text.find("]:") == text.npos) return outline;  // defines nothing
    outline.references = find_references(text, outline.front_matter, markers);
    CrossReferences(outline.references, pieces)
        .find_dangling([&](const Reference& reference, const Definition& definition) {
            diagnostics.push_back({.rule = Rule::dangling_reference,
                                   .span = reference.span,
                                   .related = definition.span});
        });
    return outline;
}

std::vector<Change> find_changes(const Outline& outline, const std::vector<Piece>& pieces) {
    return CrossReferences(outline.references, pieces).changes(outline.text);
}

}  // namespace paywall::markdown
