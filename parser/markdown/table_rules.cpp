#include "parser/markdown/table_rules.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "parser/markdown/amount.hpp"

namespace paywall::markdown {
namespace {

/// Does a cut hold part of the line that delimits a table's head, or all of the head only?
bool touches_head(const Whole& whole, const Leaf* table, Span cut) {
    if (table == nullptr) return false;
    const auto& lines = whole.lines();
    const auto head = lines.begin_of(table->first_line);
    const auto second = lines.begin_of(table->first_line + 1);
    const auto third = lines.begin_of(table->first_line + 2);
    if (cut.offset <= head && cut.end() >= lines.begin_of(table->last_line + 1)) return false;
    if (cut.offset <= head && cut.end() + 1 >= second) return true;
    const auto from = std::max(cut.offset, second);
    const auto to = std::min(cut.end(), third);
    return from < to && amount_of(whole.body().substr(from, to - from)).bytes > 0;
}

/// Does something stand both before and behind a place, in one line?
bool is_joined_line(std::string_view text, std::size_t at) {
    const auto holds = [](std::string_view part, std::string_view nothing) {
        return part.find_first_not_of(nothing) != part.npos;
    };
    const auto begin = text.substr(0, at).find_last_of("\r\n") + 1;
    const auto end = std::min(text.find_first_of("\r\n", at), text.size());
    return holds(text.substr(begin, at - begin), " \t") && holds(text.substr(at, end - at), " \t|");
}

/// Of a line that could delimit a table's head, and that a place is in: where it begins; none if it
/// is another.
std::optional<std::size_t> begin_of_delimiter(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 4096;  // so that the work stays linear
    constexpr std::string_view signs = "|:- \t>";
    const auto first = at - std::min(at, longest);
    const auto before = text.substr(first, at - first).find_last_not_of(signs);
    const auto begin = before == text.npos ? first : first + before + 1;
    if (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r') return std::nullopt;
    const auto end =
        std::min(text.substr(0, at + longest).find_first_not_of(signs, at), text.size());
    if (end < text.size() && text[end] != '\n' && text[end] != '\r') return std::nullopt;
    auto line = text.substr(begin, end - begin);
    line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
    const bool is_it =
        line.find('>') == line.npos && line.find('|') != line.npos && line.find('-') != line.npos;
    return is_it ? std::optional(begin) : std::nullopt;
}

/// Does something stand in the line that ends before a place?
bool has_text_above(std::string_view text, std::size_t begin) {
    auto above = text.substr(0, begin);
    if (above.ends_with('\n')) above.remove_suffix(1);
    if (above.ends_with('\r')) above.remove_suffix(1);
    const auto last = above.find_last_not_of(" \t>");
    return last != above.npos && above[last] != '\n' && above[last] != '\r';
}

bool has_blank_line(std::string_view text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos;) {
        at = text.find_first_not_of(" \t\r", at + 1);
        if (at != text.npos && text[at] == '\n') return true;
    }
    return false;
}

}  // namespace

bool tears_table(const Whole& whole, const Joined& edition, std::size_t segment) {
    const auto begin = whole.body_offset(whole.begin_of(segment));
    const Span cut{begin, whole.body_offset(whole.begin_of(segment + 1)) - begin};
    const auto first = whole.lines().line_of(cut.offset);
    const auto last = whole.lines().line_of(cut.end());
    const auto* before = whole.table_on(first);
    const auto* behind = whole.table_on(last);
    if (touches_head(whole, before, cut) || touches_head(whole, behind, cut)) return true;
    if (first == last || (before == nullptr && behind == nullptr)) return false;
    const auto at = edition.begins[segment];
    return edition.begins[segment + 1] == at && is_joined_line(edition.text, at);
}

bool may_make_head(const Whole& whole, const Joined& edition, std::size_t segment) {
    const auto line = begin_of_delimiter(edition.text, edition.begins[segment + 1]);
    if (!line || !has_text_above(edition.text, *line)) return false;
    const auto* leaf = whole.leaf_on(whole.line_of(whole.begin_of(segment + 1)));
    return leaf != nullptr && leaf->kind == Leaf::Kind::paragraph;
}

bool may_go_on(const Whole& whole, std::size_t segment) {
    const auto begin = whole.begin_of(segment);
    const auto* leaf = whole.leaf_on(whole.line_of(begin));
    return leaf != nullptr && leaf->kind == Leaf::Kind::html &&
           whole.table_on(leaf->first_line - 1) != nullptr &&
           has_blank_line(whole.between(begin, whole.begin_of(segment + 1)));
}

bool makes_head(const Whole& whole, const Joined& edition, const Flat& flat) {
    std::optional<Lines> lines;
    const auto front_matter = edition.text.size() - whole.body(edition).size();
    for (const auto& leaf : flat.leaves) {
        if (leaf.kind != Leaf::Kind::table) continue;
        if (!lines) lines.emplace(whole.body(edition));
        const auto offset = lines->begin_of(leaf.first_line + 1) + front_matter;
        const auto behind = std::ranges::upper_bound(edition.begins, offset);
        const auto piece = static_cast<std::size_t>(behind - edition.begins.begin()) - 1;
        const auto line = whole.line_of(whole.begin_of(piece) + (offset - edition.begins[piece]));
        const auto* table = whole.table_on(line);
        if (table == nullptr || table->first_line + 1 != line) return true;
    }
    return false;
}

}  // namespace paywall::markdown
