#include "parser/transcode.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

#include "parser/gb18030.hpp"

namespace paywall {
namespace {

using Kind = EncodingFault::Kind;

/// ICU's own converter is half as fast: it writes UTF-16 and an offset for each unit first.
template <Utf form>
std::optional<Stop> decode_utf(std::string_view bytes, std::size_t begin, Transcoded& to) {
    RunCounter runs;
    constexpr std::size_t step = 32 * 1024;
    const auto most = unit_size(form) == 2 ? bytes.size() / 2 * 3 : bytes.size();
    to.utf8.reserve(most + 2 * step + 4);
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
            runs.add({static_cast<std::size_t>(after - out), length}, to.map);
            out = after;
            i += length;
        }
        to.utf8.resize(static_cast<std::size_t>(out - to.utf8.data()));
    }
    to.map.append(runs.unit, runs.count);
    return std::nullopt;
}

/// What a table's decoding goes on with: the open unit, and the runs before it.
struct TableState {
    std::size_t start;       ///< of the open unit, in the source
    std::size_t length = 0;  ///< of it in UTF-8, so far
    char32_t last = 0;
    char32_t lead = 0;  ///< a surrogate that waits for the other
    RunCounter runs;

    /// Ends the open unit where the next one starts. Bytes that gave no character count to it.
    [[nodiscard]] bool begin_unit(std::size_t at, OffsetMap& map) {
        constexpr std::size_t longest = 255;
        if (at == start) return true;
        if (at < start || at - start > longest || length == 0 || length > longest) return false;
        runs.add({length, at - start}, map);
        start = at;
        length = 0;
        return true;
    }
};

/// Takes what an ICU converter gives, UTF-16 with the offset of the bytes each unit came from,
/// and makes UTF-8 and the map of it. An offset of -1 or the one before goes on with a unit.
std::optional<Stop> take(const UChar* from, const std::int32_t* offsets, std::size_t count,
                         std::size_t base, TableState& kept, Transcoded& to) {
    TableState state = kept;
    const std::size_t used = to.utf8.size();
    to.utf8.resize(used + 3 * count + 4);
    char* out = to.utf8.data() + used;
    for (std::size_t i = 0; i < count; ++i) {
        char32_t c = from[i];
        const std::size_t at =
            offsets[i] < 0 ? state.start : base + static_cast<std::size_t>(offsets[i]);
        if (c == 0) return Stop{Kind::binary, {at, 1}};
        if (state.lead != 0) {
            if (!U16_IS_TRAIL(c)) return Stop{Kind::invalid, {at, 1}};
            c = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(std::exchange(state.lead, 0), c));
        } else if (at == state.start && state.length > 0) {
            // A unit of several characters: a marker's boundary may not lie in it.
            if (c < 0x80 || state.last < 0x80) return Stop{Kind::unsupported, {at, 1}};
        } else if (!state.begin_unit(at, to.map)) {
            return Stop{Kind::unsupported, {at, 1}};
        }
        if (U16_IS_SURROGATE(c)) {
            if (!U16_IS_SURROGATE_LEAD(c)) return Stop{Kind::invalid, {at, 1}};
            state.lead = c;
            continue;
        }
        char* const after = write_utf8(c, out);
        state.length += static_cast<std::size_t>(after - out);
        out = after;
        state.last = c;
    }
    to.utf8.resize(static_cast<std::size_t>(out - to.utf8.data()));
    kept = state;
    return std::nullopt;
}

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
    if (converter_name == "gb18030") {
        if (decode_gb18030(bytes, begin, to)) return std::nullopt;
        to = {};  // ICU tells what is wrong
    }
    const Converter converter = open_converter(converter_name);
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
    std::array<UChar, 4096> units;
    std::array<std::int32_t, 4096> offsets;
    TableState state{.start = begin, .runs = {}};
    to.utf8.reserve(bytes.size() / 2 * 3 + 4 * units.size());
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
        if (auto stop = take(units.data(), offsets.data(), count, base, state, to)) return stop;
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
    if (bytes.size() > state.start &&
        (state.lead != 0 || !state.begin_unit(bytes.size(), to.map))) {
        return Stop{Kind::invalid, {state.start, bytes.size() - state.start}};
    }
    to.map.append(state.runs.unit, state.runs.count);
    return std::nullopt;
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
