#include "parser/gb18030.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "parser/utf.hpp"

namespace paywall {
namespace {

// GB 18030-2005: a character is an ASCII byte; or 81–FE and 40–7E or 80–FE; or 81–FE, 30–39,
// 81–FE, 30–39. The last are numbered in order; those beyond U+FFFF from 90 30 81 30 on.

constexpr std::size_t leads = 0xFE - 0x81 + 1;
constexpr std::size_t trails = 0xFE - 0x40 + 1;
constexpr std::size_t last_of_bmp = 0x84 - 0x81;  // lead byte of the last four-byte ones
constexpr std::size_t per_lead = 10 * 126 * 10;
constexpr std::size_t first_supplementary = (0x90 - 0x81) * per_lead;

/// What each has in UTF-16, 0 where there is no character.
struct Tables {
    std::vector<char16_t> pairs = std::vector<char16_t>(leads * trails);
    std::vector<char16_t> fours = std::vector<char16_t>((last_of_bmp + 1) * per_lead);
};

char16_t bmp_character(UConverter* converter, std::string_view bytes) {
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    UErrorCode error = U_ZERO_ERROR;
    ucnv_reset(converter);
    const auto c = ucnv_getNextUChar(converter, &source, end, &error);
    const bool is_one = U_SUCCESS(error) && source == end && c >= 0x80 && c <= 0xFFFF;
    return is_one ? static_cast<char16_t>(c) : u'\0';
}

Tables make_tables() {
    const Converter converter = open_converter("gb18030");
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
    Tables tables;
    for (std::size_t i = 0; i < tables.pairs.size(); ++i) {
        const std::array bytes{static_cast<char>(0x81 + i / trails),
                               static_cast<char>(0x40 + i % trails)};
        tables.pairs[i] = bmp_character(converter.get(), {bytes.data(), bytes.size()});
    }
    for (std::size_t i = 0; i < tables.fours.size(); ++i) {
        const std::array bytes{
            static_cast<char>(0x81 + i / per_lead), static_cast<char>(0x30 + i / 1260 % 10),
            static_cast<char>(0x81 + i / 10 % 126), static_cast<char>(0x30 + i % 10)};
        tables.fours[i] = bmp_character(converter.get(), {bytes.data(), bytes.size()});
    }
    return tables;
}

/// The character at `at`, of 0 where there is none; the end of the text counts as NULs.
Character character_at(const Tables& tables, std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) -> std::size_t {
        return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
    };
    const auto lead = byte(0) - 0x81;
    if (lead >= leads) return {0, 1};
    if (const auto trail = byte(1) - 0x40; trail < trails) {
        return {tables.pairs[lead * trails + trail], 2};
    }
    const auto second = byte(1) - 0x30, third = byte(2) - 0x81, fourth = byte(3) - 0x30;
    if (second >= 10 || third >= 126 || fourth >= 10) return {0, 1};
    const auto number = lead * per_lead + second * 1260 + third * 10 + fourth;
    if (number < tables.fours.size()) return {tables.fours[number], 4};
    const auto c = number - first_supplementary + 0x10000;
    return {number >= first_supplementary && c < 0x110000 ? static_cast<char32_t>(c) : 0, 4};
}

std::size_t length_of_ascii(std::string_view bytes) {
    const auto* const end = std::ranges::find_if(
        bytes.data(), bytes.data() + bytes.size(),
        [](char c) { return c == '\0' || static_cast<unsigned char>(c) >= 0x80; });
    return static_cast<std::size_t>(end - bytes.data());
}

}  // namespace

bool decode_gb18030(std::string_view bytes, std::size_t begin, Transcoded& to) {
    static const Tables tables = make_tables();
    RunCounter runs;
    constexpr std::size_t step = 32 * 1024;
    constexpr std::size_t growth = 2;  // `￠` of two bytes has three; ASCII one
    to.utf8.reserve(bytes.size() / 2 * 3 + growth * step + 8);
    for (auto at = begin; at < bytes.size();) {
        const auto used = to.utf8.size();
        to.utf8.resize(used + growth * step + 8);
        char* out = to.utf8.data() + used;
        for (const auto end = std::min(at + step, bytes.size()); at < end;) {
            const auto ascii = length_of_ascii(bytes.substr(at, end - at));
            if (ascii > 0) {
                std::memcpy(out, bytes.data() + at, ascii);
                runs.add({1, 1}, to.map, ascii);
                out += ascii;
                at += ascii;
                continue;
            }
            const auto [c, length] = character_at(tables, bytes, at);
            if (c == 0) return false;
            char* const after = write_utf8(c, out);
            runs.add({static_cast<std::size_t>(after - out), length}, to.map);
            out = after;
            at += length;
        }
        to.utf8.resize(static_cast<std::size_t>(out - to.utf8.data()));
    }
    to.map.append(runs.unit, runs.count);
    return true;
}

}  // namespace paywall
