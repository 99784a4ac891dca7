#include "parser/fold.hpp"

#include <array>
#include <cstdint>

namespace paywall {
namespace {

#include "fold_table.inc"

constexpr char32_t page_size = 128;
constexpr char32_t code_points = 0x110000;

constexpr auto lower_ascii = [] {
    std::array<char, 128> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        table[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
    }
    return table;
}();

constexpr FoldKind ascii_kind(char32_t c) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) return FoldKind::space;
    return c < 0x20 || c == 0x7F ? FoldKind::unseen : FoldKind::ascii;
}

constexpr auto ascii_kinds = [] {
    std::array<FoldKind, 128> table{};
    for (char32_t c = 0; c < table.size(); ++c) table[c] = ascii_kind(c);
    return table;
}();

std::string_view entry(char32_t c) {
    return &fold_pool[fold_entries[fold_pages[c / page_size] * page_size + c % page_size]];
}

}  // namespace

Fold fold(char32_t c) {
    if (c < lower_ascii.size()) {
        const auto kind = ascii_kinds[c];
        return {kind, {&lower_ascii[c], kind == FoldKind::ascii ? std::size_t{1} : 0}};
    }
    if (c >= code_points) return {};
    const auto text = entry(c);
    if (text.empty()) return {};
    switch (text.front()) {
        case ' ': return {FoldKind::space, {}};
        case '\1': return {FoldKind::unseen, {}};
        case '\2': return {FoldKind::word, {}};
        default: return {FoldKind::ascii, text};
    }
}

char32_t next_folded(char32_t from) {
    const auto empty_page = fold_pages[0x5000 / page_size];  // a page of Han ideographs
    for (char32_t c = from; c < code_points; ++c) {
        if (c % page_size == 0 && fold_pages[c / page_size] == empty_page) {
            c += page_size - 1;
        } else if (fold(c).kind != FoldKind::other) {
            return c;
        }
    }
    return code_points;
}

}  // namespace paywall
