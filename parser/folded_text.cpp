#include "parser/folded_text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "parser/escape.hpp"

namespace paywall {
namespace {

bool is_between(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

bool ends_sentence(char32_t c) {
    constexpr std::u32string_view ends = U".!?\n。！？…．｡";
    return ends.find(c) != ends.npos;
}

/// `\n` and its like.
bool is_escaped_space(std::string_view text, std::size_t at) {
    constexpr std::string_view letters = "bfnrt";
    return text[at] == '\\' && at + 1 < text.size() &&
           letters.find(text[at + 1]) != std::string_view::npos;
}

/// The folded form of one character; ICU's data is part of its library.
icu::UnicodeString fold(char32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    static const icu::Normalizer2* const casefold =
        icu::Normalizer2::getNFKCCasefoldInstance(error);
    if (casefold == nullptr) return {};
    return casefold->normalize(icu::UnicodeString(static_cast<UChar32>(c)), error);
}

}  // namespace

bool is_dense(char32_t c) {
    return is_between(c, 0x4E00, 0x9FFF) || is_between(c, 0x3041, 0x30FF) ||
           is_between(c, 0xAC00, 0xD7A3) || is_between(c, 0x0E01, 0x0E4E) ||
           is_between(c, 0x3400, 0x4DBF) || is_between(c, 0x20000, 0x3FFFF);
}

void FoldedText::append(std::string_view utf8, std::size_t offset, Escapes escapes) {
    const auto put = [&](char32_t c, std::size_t at) {
        characters += c;
        offsets.push_back(offset + at);
    };
    for (std::size_t at = 0; at < utf8.size();) {
        auto next = code_point_at(utf8, at);
        if (utf8[at] == '&' || (utf8[at] == '\\' && escapes == Escapes::all)) {
            if (const auto escape = decode_escape(utf8, at)) {
                next = *escape;
            } else if (is_escaped_space(utf8, at)) {
                next = {U' ', at + 2};
            }
        }
        const auto c = next.code_point;
        if (ends_sentence(c)) {
            end_sentence();
        } else if (c < 0x80) {
            const auto byte = static_cast<char>(c);
            if (is_ascii_word(byte)) put(is_ascii_letter(byte) ? c | 0x20U : c, at);
        } else if (is_between(c, 0x4E00, 0x9FFF)) {
            put(c, at);
        } else {
            const auto folded = fold(c);
            for (int i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
                const auto point = folded.char32At(i);
                const bool is_letter = u_isalnum(point) != 0 ||
                                       u_charType(point) == U_COMBINING_SPACING_MARK ||
                                       u_charType(point) == U_NON_SPACING_MARK;
                if (is_letter) put(static_cast<char32_t>(point), at);
            }
        }
        at = next.end;
    }
}

void FoldedText::end_sentence() {
    if (sentences.empty() || sentences.back() < characters.size())
        sentences.push_back(characters.size());
}

}  // namespace paywall
