#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace paywall {

/// What a code point counts as when text is compared with a marker.
enum class FoldKind {
    ascii,  ///< stands for ASCII text: itself in lower case, `ｐ`, Cyrillic `р`, `＃`, `㎩` (pa)
    space,   ///< white space of any kind
    unseen,  ///< nobody sees it: zero-width, default-ignorable, control, combining mark
    word,    ///< another letter or digit that lengthens a word; Han, Kana and Hangul do not
    other,
};

struct Fold {
    FoldKind kind = FoldKind::other;
    std::string_view ascii;  ///< of kind ascii; lives for ever
};

namespace detail {

constexpr FoldKind ascii_kind(char32_t c) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) return FoldKind::space;
    return c < 0x20 || c == 0x7F ? FoldKind::unseen : FoldKind::ascii;
}

/// The ASCII characters in lower case, each a text of its own, and their kinds.
struct AsciiFolds {
    std::array<char, 128> lower{};
    std::array<FoldKind, 128> kinds{};
};
inline constexpr AsciiFolds ascii_folds = [] {
    AsciiFolds folds;
    for (char32_t c = 0; c < 128; ++c) {
        folds.lower[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
        folds.kinds[c] = ascii_kind(c);
    }
    return folds;
}();

}  // namespace detail

/// fold() of an ASCII character, which most are.
[[nodiscard]] inline Fold fold_ascii(unsigned char c) {
    const auto kind = detail::ascii_folds.kinds[c];
    return {kind, {&detail::ascii_folds.lower[c], kind == FoldKind::ascii ? std::size_t{1} : 0}};
}

/// NFKC, case folding, UTS #39 look-alikes, combining marks and default-ignorables, all from
/// ICU's data at build time; and what a Chinese input method makes of ASCII's delimiters
/// (`￥` for `$`, `《` for `<`, `【` for `[`, `、` for `/`).
[[nodiscard]] Fold fold(char32_t code_point);

/// The next code point from `from` on whose fold is not of kind `other`; 0x110000 if none is.
[[nodiscard]] char32_t next_folded(char32_t from);

/// Visits control characters and all code points beyond ASCII whose fold is not `other`.
template <typename Visitor>
void for_each_folded(const Visitor& visit) {
    for (char32_t c = 0; c < 0x110000; c = next_folded(c + 1)) {
        const auto folded = fold(c);
        if (c >= 0x80 || folded.kind == FoldKind::unseen) visit(c, folded);
    }
}

}  // namespace paywall
