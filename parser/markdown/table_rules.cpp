#include "parser/markdown/table_rules.hpp"

#include <algorithm>
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

/// The line that a place is in, without its end.
std::string_view line_at(std::string_view text, std::size_t at) {
    const auto begin = text.substr(0, at).find_last_of("\r\n") + 1;
    return text.substr(begin, std::min(text.find_first_of("\r\n", at), text.size()) - begin);
}

bool could_delimit_head(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
    return line.find_first_not_of("|:- \t") == line.npos && line.find('|') != line.npos &&
           line.find('-') != line.npos;
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
    const std::string_view text = edition.text;
    const auto at = edition.begins[segment + 1];
    const auto line = line_at(text, at);
    if (!could_delimit_head(line)) return false;
    const auto* leaf = whole.leaf_on(whole.line_of(whole.begin_of(segment + 1)));
    if (leaf == nullptr || !leaf->is_paragraph) return false;
    auto before = text.substr(0, static_cast<std::size_t>(line.data() - text.data()));
    before.remove_suffix(before.ends_with("\r\n") ? 2 : before.empty() ? 0 : 1);
    return line_at(before, before.size()).find_first_not_of(" \t>") != before.npos;
}

std::optional<std::size_t> find_made_head(const Whole& whole, const Joined& edition,
                                          const Flat& flat) {
    std::optional<Lines> lines;
    const auto front_matter = edition.text.size() - whole.body(edition).size();
    for (const auto& leaf : flat.leaves) {
        if (!leaf.is_table) continue;
        if (!lines) lines.emplace(whole.body(edition));
        const auto offset = lines->begin_of(leaf.first_line + 1) + front_matter;
        const auto behind = std::ranges::upper_bound(edition.begins, offset);
        const auto piece = static_cast<std::size_t>(behind - edition.begins.begin()) - 1;
        const auto line = whole.line_of(whole.begin_of(piece) + (offset - edition.begins[piece]));
        const auto* table = whole.table_on(line);
        if (table == nullptr || table->first_line + 1 != line) return leaf.first_line + 1;
    }
    return std::nullopt;
}

}  // namespace paywall::markdown
