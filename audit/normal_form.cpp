#include "audit/normal_form.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "parser/utf.hpp"

namespace paywall::audit {
namespace {

bool is_ascii_symbol(UChar32 c) {
    return c < 0x80 && u_ispunct(c) == 0 && u_isgraph(c) != 0 && u_isalnum(c) == 0;
}

bool is_dropped(UChar32 c) {
    constexpr std::uint32_t dropped = U_GC_Z_MASK | U_GC_P_MASK | U_GC_CF_MASK | U_GC_CC_MASK;
    return (U_MASK(u_charType(c)) & dropped) != 0 || is_ascii_symbol(c) ||
           u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

/// ICU's tables never fail to be there: they are part of its library.
const icu::Normalizer2& folding() {
    UErrorCode status = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFKCCasefoldInstance(status);
}

const icu::Normalizer2& decomposition() {
    UErrorCode status = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFDInstance(status);
}

icu::UnicodeString form_of(UChar32 c) {
    icu::UnicodeString result;
    if (c >= 0xD800 && c < 0xE000) return result;
    UErrorCode status = U_ZERO_ERROR;
    const auto decomposed =
        decomposition().normalize(folding().normalize(icu::UnicodeString(c), status), status);
    for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1))
        if (const UChar32 part = decomposed.char32At(i); !is_dropped(part)) result.append(part);
    return result;
}

bool counts_twice(UChar32 c) {
    return std::ranges::any_of(
        std::array{USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HANGUL, USCRIPT_THAI},
        [c](UScriptCode script) { return uscript_hasScript(c, script) != 0; });
}

icu::UnicodeString compose(std::string_view normal) {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status)->normalize(
        icu::UnicodeString::fromUTF8(
            icu::StringPiece(normal.data(), static_cast<std::int32_t>(normal.size()))),
        status);
}

}  // namespace

std::unique_ptr<NormalForm::Page> NormalForm::make_page(char32_t number) {
    auto page = std::make_unique<Page>();
    for (char32_t low = 0; low < 256; ++low) {
        const char32_t c = number << 8 | low;
        const auto form = form_of(static_cast<UChar32>(c));
        std::string utf8;
        form.toUTF8String(utf8);
        Entry& entry = (*page)[low];
        const bool begins_with_mark = !utf8.empty() && u_getCombiningClass(form.char32At(0)) != 0;
        if (utf8.size() <= entry.bytes.size() && !begins_with_mark) {
            entry.length = static_cast<std::uint8_t>(utf8.size());
            std::ranges::copy(utf8, entry.bytes.begin());
        } else {
            entry.length = Entry::dear;
            dear_.emplace(c, std::move(utf8));
        }
    }
    return page;
}

Amount measure(std::string_view normal) {
    Amount amount;
    const bool is_ascii =
        std::ranges::all_of(normal, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (is_ascii) return {normal.size(), normal.size()};
    const auto composed = compose(normal);
    for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
        const UChar32 c = composed.char32At(i);
        if (c == 0xFFFD) continue;  // what separates is no character
        ++amount.characters;
        amount.units += counts_twice(c) ? 2 : 1;
    }
    return amount;
}

std::string first_characters(std::string_view normal, std::size_t count) {
    constexpr std::size_t longest_character = 64;
    const auto composed = compose(normal.substr(0, count * longest_character));
    const std::int32_t end = composed.moveIndex32(0, static_cast<std::int32_t>(count));
    std::string utf8;
    composed.tempSubString(0, end).toUTF8String(utf8);
    return utf8;
}

}  // namespace paywall::audit
