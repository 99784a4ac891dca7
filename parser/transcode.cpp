#include "parser/transcode.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

namespace paywall {
namespace {

using Kind = EncodingFault::Kind;

/// Gathers equal units into runs.
class UnitCounter {
public:
    explicit UnitCounter(OffsetMap& map) : map_(map) {}
    UnitCounter(const UnitCounter&) = delete;
    UnitCounter& operator=(const UnitCounter&) = delete;
    ~UnitCounter() { map_.append(unit_, count_); }

    void add(std::size_t utf8, std::size_t source) {
        const OffsetMap::Unit unit{static_cast<std::uint8_t>(utf8),
                                   static_cast<std::uint8_t>(source)};
        if (!(unit == unit_)) {
            map_.append(unit_, count_);
            unit_ = unit;
            count_ = 0;
        }
        ++count_;
    }

private:
    OffsetMap& map_;
    OffsetMap::Unit unit_{1, 1};
    std::size_t count_ = 0;
};

/// ICU's own converter is half as fast: it writes UTF-16 and an offset for each unit first.
template <Utf form>
std::optional<Stop> decode_utf(std::string_view bytes, std::size_t begin, Transcoded& to) {
    UnitCounter units(to.map);
    constexpr std::size_t step = 32 * 1024;
    to.utf8.reserve(unit_size(form) == 2 ? bytes.size() / 2 * 3 : bytes.size());
    for (std::size_t i = begin; i < bytes.size();) {
        const std::size_t used = to.utf8.size();
        to.utf8.resize(used + 2 * step + 4);
        char* out = to.utf8.data() + used;
        const std::size_t end = std::min(i + step, bytes.size());
        while (i < end) {
            const auto [c, length] = read_utf<form>(bytes, i);
            if (c == Character::invalid) return Stop{Kind::invalid, {i, length}};
            if (c == 0) return Stop{Kind::binary, {i, length}};
            char* const after = write_utf8(c, out);
            units.add(static_cast<std::size_t>(after - out), length);
            out = after;
            i += length;
        }
        to.utf8.resize(static_cast<std::size_t>(out - to.utf8.data()));
    }
    return std::nullopt;
}

/// Takes what an ICU converter gives, UTF-16 with the offset of the bytes each unit came from,
/// and makes UTF-8 and the map of it. An offset of -1 or the one before goes on with a unit.
class TableSink {
public:
    TableSink(Transcoded& to, std::size_t begin) : to_(to), units_(to.map), start_(begin) {}

    [[nodiscard]] std::optional<Stop> take(const UChar* from, const std::int32_t* offsets,
                                           std::size_t count, std::size_t base) {
        const std::size_t used = to_.utf8.size();
        to_.utf8.resize(used + 3 * count + 4);
        char* out = to_.utf8.data() + used;
        for (std::size_t i = 0; i < count; ++i) {
            char32_t c = from[i];
            const std::size_t at =
                offsets[i] < 0 ? start_ : base + static_cast<std::size_t>(offsets[i]);
            if (c == 0) return Stop{Kind::binary, {at, 1}};
            if (U16_IS_SURROGATE(c)) {
                if (U16_IS_SURROGATE_LEAD(c) == (lead_ != 0)) return Stop{Kind::invalid, {at, 1}};
                if (lead_ == 0) {
                    if (!begin_unit(at)) return Stop{Kind::unsupported, {at, 1}};
                    lead_ = c;
                    continue;
                }
                c = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(std::exchange(lead_, 0), c));
            } else if (lead_ != 0) {
                return Stop{Kind::invalid, {at, 1}};
            } else if (at == start_ && length_ > 0) {
                // A unit of several characters: a marker's boundary may not lie in it.
                if (c < 0x80 || last_ < 0x80) return Stop{Kind::unsupported, {at, 1}};
            } else if (!begin_unit(at)) {
                return Stop{Kind::unsupported, {at, 1}};
            }
            char* const after = write_utf8(c, out);
            length_ += static_cast<std::size_t>(after - out);
            out = after;
            last_ = c;
        }
        to_.utf8.resize(static_cast<std::size_t>(out - to_.utf8.data()));
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Stop> finish(std::size_t end) {
        if (end > start_ && (lead_ != 0 || !begin_unit(end))) {
            return Stop{Kind::invalid, {start_, end - start_}};
        }
        return std::nullopt;
    }

private:
    /// Ends the unit before. Bytes that gave no character count to it.
    bool begin_unit(std::size_t at) {
        constexpr std::size_t longest = 255;
        if (at == start_) return true;
        if (at < start_ || at - start_ > longest || length_ == 0 || length_ > longest) {
            return false;
        }
        units_.add(length_, at - start_);
        start_ = at;
        length_ = 0;
        return true;
    }

    Transcoded& to_;
    UnitCounter units_;
    std::size_t start_;
    std::size_t length_ = 0;  // of the open unit, in UTF-8
    char32_t last_ = 0;
    char32_t lead_ = 0;
};

void write_utf(char32_t c, Utf form, std::string& out) {
    const std::size_t size = unit_size(form);
    const bool little = form == Utf::utf16le || form == Utf::utf32le;
    const auto unit = [&](char32_t value) {
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t shift = 8 * (little ? i : size - 1 - i);
            out.push_back(static_cast<char>(value >> shift & 0xFF));
        }
    };
    if (size == 2 && c > 0xFFFF) {
        unit(0xD800 | ((c - 0x10000) >> 10));
        unit(0xDC00 | ((c - 0x10000) & 0x3FF));
    } else {
        unit(c);
    }
}

/// ICU's own stop callback lets characters that nobody sees vanish without an error.
void U_CALLCONV stop_at_any(const void*, UConverterFromUnicodeArgs*, const UChar*, std::int32_t,
                            UChar32, UConverterCallbackReason, UErrorCode*) {}

std::u16string to_utf16(std::string_view utf8) {
    std::u16string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto [c, length] = read_utf8(utf8, i);
        i += length;
        if (c == Character::invalid) {
            out.push_back(0xFFFD);
        } else if (c > 0xFFFF) {
            out.push_back(U16_LEAD(c));
            out.push_back(U16_TRAIL(c));
        } else {
            out.push_back(static_cast<char16_t>(c));
        }
    }
    return out;
}

}  // namespace

Converter open_converter(const std::string& name) {
    UErrorCode error = U_ZERO_ERROR;
    Converter converter(ucnv_open(name.c_str(), &error), &ucnv_close);
    if (U_FAILURE(error)) converter.reset();
    return converter;
}

std::optional<Stop> decode_utf(std::string_view bytes, std::size_t begin, Utf form,
                               Transcoded& to) {
    switch (form) {
        case Utf::utf16le:
            return decode_utf<Utf::utf16le>(bytes, begin, to);
        case Utf::utf16be:
            return decode_utf<Utf::utf16be>(bytes, begin, to);
        case Utf::utf32le:
            return decode_utf<Utf::utf32le>(bytes, begin, to);
        case Utf::utf32be:
            break;
    }
    return decode_utf<Utf::utf32be>(bytes, begin, to);
}

std::optional<Stop> decode_table(std::string_view bytes, std::size_t begin,
                                 const std::string& converter_name, Transcoded& to) {
    const Converter converter = open_converter(converter_name);
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
    std::array<UChar, 4096> units;
    std::array<std::int32_t, 4096> offsets;
    TableSink sink(to, begin);
    to.utf8.reserve(bytes.size() / 2 * 3);
    const char* const first = bytes.data();
    const char* const last = first + bytes.size();
    const char* source = first + begin;
    do {
        // The units fill up long before a slice ends that is not the last: ICU's limit is 2 GiB.
        constexpr std::ptrdiff_t slice = 1 << 30;
        const char* const limit = last - source > slice ? source + slice : last;
        const auto base = static_cast<std::size_t>(source - first);
        UChar* target = units.data();
        error = U_ZERO_ERROR;
        ucnv_toUnicode(converter.get(), &target, target + units.size(), &source, limit,
                       offsets.data(), limit == last, &error);
        const auto count = static_cast<std::size_t>(target - units.data());
        if (auto stop = sink.take(units.data(), offsets.data(), count, base)) return stop;
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    const auto end = static_cast<std::size_t>(source - first);
    if (U_FAILURE(error)) {
        std::array<char, 32> bad;
        auto length = static_cast<std::int8_t>(bad.size());
        UErrorCode ignored = U_ZERO_ERROR;
        ucnv_getInvalidChars(converter.get(), bad.data(), &length, &ignored);
        const auto size = std::min(static_cast<std::size_t>(length), end);
        return Stop{Kind::invalid, {end - size, size}};
    }
    return sink.finish(bytes.size());
}

std::string encode_utf(std::string_view utf8, Utf form) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto [c, length] = read_utf8(utf8, i);
        write_utf(c == Character::invalid ? U'\xFFFD' : c, form, out);
        i += length;
    }
    return out;
}

std::variant<std::string, char32_t> encode_table(std::string_view utf8,
                                                 const std::string& converter_name) {
    const Converter converter = open_converter(converter_name);
    const std::u16string text = to_utf16(utf8);
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setFromUCallBack(converter.get(), stop_at_any, nullptr, nullptr, nullptr, &error);
    std::string out;
    std::array<char, 4096> buffer;
    const UChar* source = text.data();
    do {
        char* target = buffer.data();
        error = U_ZERO_ERROR;
        ucnv_fromUnicode(converter.get(), &target, target + buffer.size(), &source,
                         text.data() + text.size(), nullptr, true, &error);
        out.append(buffer.data(), target);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (U_SUCCESS(error)) return out;
    std::array<UChar, 8> bad{};
    auto length = static_cast<std::int8_t>(bad.size());
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidUChars(converter.get(), bad.data(), &length, &ignored);
    char32_t c = 0xFFFD;
    if (length > 0) U16_GET(bad.data(), 0, 0, length, c);
    return c;
}

std::optional<Span> first_invalid_utf8(std::string_view text) {
    if (simdjson::validate_utf8(text.data(), text.size())) return std::nullopt;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = read_utf8(text, i);
        if (c == Character::invalid) return Span{i, length};
        i += length;
    }
    return std::nullopt;
}

}  // namespace paywall
