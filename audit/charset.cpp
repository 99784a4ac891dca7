#include "audit/charset.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "parser/detect.hpp"

namespace paywall::audit {
namespace {

constexpr char32_t replacement = 0xFFFD;

void append_utf8(std::string& text, char32_t c) {
    std::array<char, 4> bytes;
    text.append(bytes.data(), static_cast<std::size_t>(write_utf8(c, bytes.data()) - bytes.data()));
}

struct ConverterCloser {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// Reads UTF-16 that a converter gave, with the offset of each unit's bytes.
class Units {
public:
    explicit Units(Derived& derived) : derived_(derived) {}

    void add(char16_t unit, std::size_t origin) {
        if (unit >= 0xDC00 && unit < 0xE000 && lead_ != 0) {
            character_ =
                static_cast<char32_t>(0x10000 + ((lead_ & 0x3FFU) << 10 | (unit & 0x3FFU)));
            lead_ = 0;
            return;
        }
        finish(origin);
        lead_ = unit >= 0xD800 && unit < 0xDC00 ? unit : char16_t{0};
        character_ = unit >= 0xD800 && unit < 0xE000 ? replacement : char32_t{unit};
        origin_ = origin;
        waits_ = true;
    }

    /// Puts the character that waits for where it ends.
    void finish(std::size_t end) {
        if (!waits_) return;
        text_.clear();
        append_utf8(text_, character_);
        derived_.put(text_, origin_, end - origin_);
        waits_ = false;
    }

private:
    Derived& derived_;
    std::string text_;
    char32_t character_ = 0;
    std::size_t origin_ = 0;
    char16_t lead_ = 0;
    bool waits_ = false;
};

template <Utf form>
std::string read_units(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 3 / 2);
    for (std::size_t at = 0; at < bytes.size();) {
        const auto character = read_utf<form>(bytes, at);
        const bool valid = character.code_point != Character::invalid;
        append_utf8(text, valid ? character.code_point : replacement);
        at += character.length;
    }
    return text;
}

}  // namespace

std::optional<Utf> wide_form(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE\0\0"sv)) return Utf::utf32le;
    if (bytes.starts_with("\0\0\xFE\xFF"sv)) return Utf::utf32be;
    if (bytes.starts_with("\xFF\xFE"sv)) return Utf::utf16le;
    if (bytes.starts_with("\xFE\xFF"sv)) return Utf::utf16be;
    return detect_utf(bytes);
}

bool is_text_like(std::string_view bytes) {
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && (byte < '\t' || byte > '\r') && byte != 0x1B;
    };
    const auto controls = static_cast<std::size_t>(std::ranges::count_if(bytes, is_control));
    return bytes.find('\0') == bytes.npos && controls <= bytes.size() / 64;
}

const std::vector<std::string>& legacy_encodings() {
    static const std::vector<std::string> names = {"GB18030", "Big5",   "Shift_JIS",
                                                   "EUC-JP",  "EUC-KR", "windows-1252"};
    return names;
}

Derived decode_lossy(std::string_view bytes, const std::string& encoding) {
    Derived derived;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, ConverterCloser> converter(
        ucnv_open(encoding.c_str(), &status));
    if (U_FAILURE(status)) return derived;
    Units units(derived);
    std::array<UChar, 4096> chunk;
    std::array<std::int32_t, chunk.size()> offsets;
    const char* source = bytes.data();
    const char* end = source + bytes.size();
    do {
        // A piece at a time: ICU counts offsets in 32 bits, and from where the call began.
        const char* piece = source;
        const char* piece_end = source + std::min<std::ptrdiff_t>(end - source, 1 << 20);
        const auto flush = static_cast<UBool>(piece_end == end);
        do {
            UChar* target = chunk.data();
            piece = source;
            status = U_ZERO_ERROR;
            ucnv_toUnicode(converter.get(), &target, chunk.data() + chunk.size(), &source,
                           piece_end, offsets.data(), flush, &status);
            const auto begin = static_cast<std::size_t>(piece - bytes.data());
            for (std::ptrdiff_t i = 0; i < target - chunk.data(); ++i) {
                const auto at = static_cast<std::size_t>(i);
                const std::int32_t offset = std::max(offsets[at], 0);
                units.add(chunk[at], begin + static_cast<std::size_t>(offset));
            }
        } while (status == U_BUFFER_OVERFLOW_ERROR);
        if (U_FAILURE(status)) break;
    } while (source < end);
    units.finish(bytes.size());
    return derived;
}

Derived around_invalid(const Derived& text) {
    constexpr std::size_t reach = std::size_t{2} << 10;
    Derived parts;
    const std::string_view bytes = text.text();
    std::size_t end = 0;  // of what has been copied
    for (std::size_t at = 0; at < bytes.size();) {
        const auto invalid = first_invalid_utf8(bytes.substr(at));
        if (!invalid) break;
        at += invalid->offset;
        const std::size_t from = std::max(at - std::min(at, reach), end);
        const std::size_t to = std::min(at + reach, bytes.size());
        if (from > end) parts.put("\n", from, 0);
        parts.copy(bytes.substr(from, to - from), from);
        end = to;
        at += std::max<std::size_t>(invalid->length, 1);
    }
    return parts;
}

std::string read_as_utf16(std::string_view bytes, Utf form) {
    return form == Utf::utf16le ? read_units<Utf::utf16le>(bytes) : read_units<Utf::utf16be>(bytes);
}

}  // namespace paywall::audit
