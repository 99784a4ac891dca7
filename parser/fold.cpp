#include "parser/fold.hpp"

#include <cstdint>

namespace paywall {
namespace {

#include "fold_table.inc"

constexpr char32_t page_size = 128;
constexpr char32_t code_points = 0x110000;

std::string_view entry(char32_t c) {
    const auto* text =
        &fold_pool[fold_entries[fold_pages[c / page_size] * page_size + c % page_size]];
    return {text + 1, static_cast<std::size_t>(*text)};
}

}  // namespace

Fold fold(char32_t c) {
    if (c < 0x80) return fold_ascii(static_cast<unsigned char>(c));
    if (c >= code_points) return {};
    const auto text = entry(c);
    if (text.empty()) return {};
    switch (text.front()) {
        case ' ':
            return {FoldKind::space, {}};
        case '\1':
            return {FoldKind::unseen, {}};
        case '\2':
            return {FoldKind::word, {}};
        default:
            return {FoldKind::ascii, text};
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
