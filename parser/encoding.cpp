#include "parser/encoding.hpp"

#include <simdjson.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "parser/detect.hpp"
#include "parser/transcode.hpp"
#include "parser/utf.hpp"

namespace paywall {

struct Text::Decoded {
    Transcoded text;
    std::string encoding;   ///< for people
    std::string converter;  ///< for ICU: an alias may open another one
};

namespace {

using namespace std::string_view_literals;
using Kind = EncodingFault::Kind;

/// An encoding that decode() reads, and by which means.
struct Encoding {
    enum class Means { utf8, utf, table };
    Means means;
    std::string converter;
    std::string name;
    Utf form = Utf::utf16be;
    bool order_is_open = false;  ///< "UTF-16": a byte-order mark may say otherwise
};

/// The preferred name of a converter: as MIME has it, as IANA, or as ICU.
std::string display_name(const std::string& converter) {
    for (const char* standard : {"MIME", "IANA"}) {
        UErrorCode error = U_ZERO_ERROR;
        const char* name = ucnv_getStandardName(converter.c_str(), standard, &error);
        if (U_SUCCESS(error) && name != nullptr) return name;
    }
    return converter;
}

Encoding utf_encoding(Utf form) {
    constexpr std::array names{"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    const char* name = names[static_cast<std::size_t>(form)];
    return {Encoding::Means::utf, name, name, form};
}

/// Stateful encodings (ISO-2022, HZ, UTF-7, SCSU, …) are not in it: in them the same bytes are
/// now a marker and now not, and a piece cut out of the middle means something else.
std::optional<Encoding> known_encoding(std::string_view name) {
    // ICU opens data files by name, and its default converter by the empty one.
    constexpr auto allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.,:=+()"sv;
    if (name.empty() || name.find_first_not_of(allowed) != name.npos) return std::nullopt;
    const Converter converter = open_converter(std::string(name));
    if (!converter) return std::nullopt;
    UErrorCode error = U_ZERO_ERROR;
    std::string canonical = ucnv_getName(converter.get(), &error);
    std::string shown = display_name(canonical);
    const auto utf = [](Utf form, bool order_is_open) {
        Encoding encoding = utf_encoding(form);
        encoding.order_is_open = order_is_open;
        return encoding;
    };
    switch (ucnv_getType(converter.get())) {
        case UCNV_UTF8:
            return Encoding{Encoding::Means::utf8, "UTF-8", "UTF-8"};
        case UCNV_UTF16:
            return utf(Utf::utf16be, true);
        case UCNV_UTF16_BigEndian:
            return utf(Utf::utf16be, false);
        case UCNV_UTF16_LittleEndian:
            return utf(Utf::utf16le, false);
        case UCNV_UTF32:
            return utf(Utf::utf32be, true);
        case UCNV_UTF32_BigEndian:
            return utf(Utf::utf32be, false);
        case UCNV_UTF32_LittleEndian:
            return utf(Utf::utf32le, false);
        case UCNV_SBCS:
        case UCNV_DBCS:
        case UCNV_MBCS:
        case UCNV_LATIN_1:
        case UCNV_US_ASCII:
        case UCNV_CESU8:
            return Encoding{Encoding::Means::table, std::move(canonical), std::move(shown)};
        default:
            return std::nullopt;
    }
}

Encoding gb18030() {
    return {Encoding::Means::table, "gb18030", "GB18030"};
}

// Byte-order marks.

std::string_view bom_of(Utf form) {
    constexpr std::array boms{"\xFF\xFE"sv, "\xFE\xFF"sv, "\xFF\xFE\0\0"sv, "\0\0\xFE\xFF"sv};
    return boms[static_cast<std::size_t>(form)];
}

/// By byte-order mark. UTF-32LE's begins with UTF-16LE's; UTF-16LE text never goes on with NUL.
std::optional<Utf> form_by_bom(std::string_view bytes) {
    for (const Utf form : {Utf::utf32le, Utf::utf32be, Utf::utf16le, Utf::utf16be}) {
        if (bytes.starts_with(bom_of(form))) return form;
    }
    return std::nullopt;
}

constexpr auto utf8_bom = "\xEF\xBB\xBF"sv;

/// Encodings that begin with a signature and that nothing here decodes: their text may be all
/// ASCII bytes and yet hide a marker.
struct Signature {
    std::string_view bytes;
    std::string_view encoding;
};
constexpr std::array<Signature, 7> signatures{{
    {"+/v8", "UTF-7"},
    {"+/v9", "UTF-7"},
    {"+/v+", "UTF-7"},
    {"+/v/", "UTF-7"},
    {"\x0E\xFE\xFF", "SCSU"},
    {"\xFB\xEE\x28", "BOCU-1"},
    {"\xDD\x73\x66\x73", "UTF-EBCDIC"},
}};

std::variant<std::string, char32_t> encode_as(const Encoding& encoding, std::string_view utf8) {
    switch (encoding.means) {
        case Encoding::Means::utf8:
            return std::string(utf8);
        case Encoding::Means::utf:
            return encode_utf(utf8, encoding.form);
        case Encoding::Means::table:
            break;
    }
    return encode_table(utf8, encoding.converter);
}

/// U+FEFF in an encoding that has it; empty in others.
std::string own_bom(const Encoding& encoding) {
    const auto bom = encode_as(encoding, utf8_bom);
    return std::holds_alternative<std::string>(bom) ? std::get<std::string>(bom) : std::string();
}

bool has_signature(std::string_view bytes) {
    return std::ranges::any_of(
        signatures, [&](const Signature& signature) { return bytes.starts_with(signature.bytes); });
}

}  // namespace

/// Builds Text: the one place that knows its inside.
struct Decoder {
    using Result = std::variant<Text, EncodingFault>;
    std::string_view bytes;

    [[nodiscard]] Text presumed_utf8() const {
        Text result;
        result.bytes_ = bytes;
        result.bom_ = bytes.starts_with(utf8_bom) ? utf8_bom.size() : 0;
        return result;
    }

    [[nodiscard]] Result utf8() const {
        const Text presumed = presumed_utf8();
        const std::size_t bom = presumed.bom_;
        const std::string_view text = presumed.utf8();
        if (is_utf8(text)) return presumed;
        if (const auto nul = text.find('\0'); nul != text.npos) {
            return EncodingFault{Kind::binary, {bom + nul, 1}, "UTF-8"};
        }
        const Span bad = first_invalid_utf8(text).value_or(Span{});
        return EncodingFault{Kind::invalid, {bom + bad.offset, bad.length}, "UTF-8"};
    }

    [[nodiscard]] Result as(const Encoding& encoding) const {
        if (encoding.means == Encoding::Means::utf8) return contradiction(encoding, utf8_bom, 0);
        if (encoding.means == Encoding::Means::table) {
            return contradiction(encoding, own_bom(encoding), 0);
        }
        if (const auto form = form_by_bom(bytes);
            encoding.order_is_open && form && unit_size(*form) == unit_size(encoding.form)) {
            return as(utf_encoding(*form));
        }
        return contradiction(encoding, bom_of(encoding.form), 0);
    }

    /// A byte-order mark that is not the encoding's own says that the name is wrong.
    [[nodiscard]] Result contradiction(const Encoding& encoding, std::string_view own,
                                       std::size_t bom) const {
        if (!own.empty() && bytes.starts_with(own)) {
            bom = own.size();
        } else if (const auto form = form_by_bom(bytes)) {
            return EncodingFault{Kind::invalid, {0, bom_of(*form).size()}, encoding.name};
        } else if (bytes.starts_with(utf8_bom)) {
            return EncodingFault{Kind::invalid, {0, utf8_bom.size()}, encoding.name};
        }
        return encoding.means == Encoding::Means::utf8 ? utf8() : decoded(encoding, bom);
    }

    [[nodiscard]] Result decoded(const Encoding& encoding, std::size_t bom) const {
        auto to = std::make_shared<Text::Decoded>();
        to->encoding = encoding.name;
        to->converter = encoding.converter;
        std::optional<Stop> stop;
        if (encoding.means == Encoding::Means::utf) {
            stop = decode_utf(bytes, bom, encoding.form, to->text);
        } else {
            stop = decode_table(bytes, bom, encoding.converter, to->text);
        }
        if (stop) return EncodingFault{stop->kind, stop->span, encoding.name};
        Text result;
        result.bytes_ = bytes;
        result.bom_ = bom;
        result.decoded_ = std::move(to);
        return result;
    }

    /// UTF-16 without byte-order mark and without any NUL has no line end, space or ASCII letter,
    /// hence no marker. It is refused as invalid UTF-8 or, by a rare chance, read as GB18030 and
    /// written back as it was: nothing can hide in it.
    [[nodiscard]] Result detected() const {
        if (const auto form = form_by_bom(bytes)) return as(utf_encoding(*form));
        if (bytes.starts_with(utf8_bom)) return utf8();
        for (const auto& [signature, name] : signatures) {
            if (bytes.starts_with(signature)) {
                return EncodingFault{Kind::unsupported, {0, signature.size()}, std::string(name)};
            }
        }
        Result as_utf8 = utf8();
        const auto* fault = std::get_if<EncodingFault>(&as_utf8);
        if (fault == nullptr) return as_utf8;
        if (fault->kind == Kind::binary) {
            const auto form = detect_utf(bytes);
            return form ? decoded(utf_encoding(*form), 0) : as_utf8;
        }
        if (is_damaged_utf8(bytes)) return as_utf8;
        Result as_gb18030 = as(gb18030());
        return std::holds_alternative<Text>(as_gb18030) ? as_gb18030 : as_utf8;
    }
};

std::variant<Text, EncodingFault> decode(std::string_view bytes, std::string_view name) {
    if (name.empty()) return Decoder{bytes}.detected();
    const auto encoding = known_encoding(name);
    if (!encoding) return EncodingFault{Kind::unsupported, {}, std::string(name)};
    return Decoder{bytes}.as(*encoding);
}

bool is_utf8(std::string_view bytes) {
    constexpr std::size_t stretch = std::size_t{16} << 10U;  // in the cache when it is read twice
    while (!bytes.empty()) {
        auto size = std::min(stretch, bytes.size());
        // Cut before a character. Four tails in a row are of none: fails anyway.
        for (int i = 0; i < 3 && size < bytes.size() && (bytes[size] & 0xC0) == 0x80; ++i) --size;
        if (std::memchr(bytes.data(), 0, size) != nullptr) return false;
        if (!simdjson::validate_utf8(bytes.data(), size)) return false;
        bytes.remove_prefix(size);
    }
    return true;
}

std::optional<Text> presume_utf8(std::string_view bytes, std::string_view name) {
    const auto encoding = name.empty() ? std::nullopt : known_encoding(name);
    if (!name.empty() && (!encoding || encoding->means != Encoding::Means::utf8)) {
        return std::nullopt;
    }
    if (form_by_bom(bytes) || has_signature(bytes)) return std::nullopt;
    return Decoder{bytes}.presumed_utf8();
}

bool is_known_encoding(std::string_view name) {
    return known_encoding(name).has_value();
}

std::variant<std::string, char32_t> encode(std::string_view utf8, std::string_view name) {
    return encode_as(*known_encoding(name), utf8);
}

std::string_view Text::utf8() const {
    if (!decoded_) return bytes_.substr(bom_);
    const auto& utf8 = decoded_->text.utf8;
    return {utf8.data(), utf8.size()};
}

std::string_view Text::encoding() const {
    return decoded_ ? decoded_->encoding : "UTF-8"sv;
}

std::size_t Text::mapped(std::size_t offset) const {
    return decoded_->text.map.to_source(offset);
}

Span Text::to_source(Span decoded) const {
    const std::size_t begin = to_source(decoded.offset);
    return {begin, to_source(decoded.end()) - begin};
}

std::size_t Text::to_utf8(std::size_t offset) const {
    if (offset <= bom_) return 0;
    return decoded_ ? decoded_->text.map.to_utf8(offset - bom_) : offset - bom_;
}

Span Text::to_utf8(Span source) const {
    const std::size_t begin = to_utf8(source.offset);
    return {begin, to_utf8(source.end()) - begin};
}

std::variant<std::string, char32_t> Text::encode(std::string_view utf8) const {
    if (!decoded_) return std::string(utf8);
    return paywall::encode(utf8, decoded_->converter);
}

}  // namespace paywall
