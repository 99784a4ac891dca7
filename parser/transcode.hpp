#pragma once

#include <unicode/ucnv.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "parser/encoding.hpp"
#include "parser/large_pages.hpp"
#include "parser/offset_map.hpp"
#include "parser/utf.hpp"

namespace paywall {

/// A source's text in UTF-8, and where its bytes came from: counted from behind the mark.
struct Transcoded {
    LargeVector<char> utf8;
    OffsetMap map;
};

/// Gathers equal units into runs. A value, so that loops keep it in registers: what they write
/// through a char pointer could be any object's memory.
struct RunCounter {
    OffsetMap::Unit unit{1, 1};
    std::size_t count = 0;

    void add(OffsetMap::Unit next, OffsetMap& map, std::size_t units = 1) {
        if (next == unit) {
            count += units;
            return;
        }
        map.append(unit, count);
        unit = next;
        count = units;
    }
};

/// Where and why decoding stopped. Offsets are of the source.
struct Stop {
    EncodingFault::Kind kind;
    Span span;
};

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// ICU's converter of that name, or none.
[[nodiscard]] Converter open_converter(const std::string& name);

/// Decodes `bytes` from `begin`, where a byte-order mark ends, into `to`, which is empty.
[[nodiscard]] std::optional<Stop> decode_utf(std::string_view bytes, std::size_t begin, Utf form,
                                             Transcoded& to);
/// The same by an ICU converter, which exists and is stateless.
[[nodiscard]] std::optional<Stop> decode_table(std::string_view bytes, std::size_t begin,
                                               const std::string& converter_name, Transcoded& to);

/// UTF-8 text in another form, without byte-order mark.
[[nodiscard]] std::string encode_utf(std::string_view utf8, Utf form);
/// The same by an ICU converter; or the first code point that it has no bytes for.
[[nodiscard]] std::variant<std::string, char32_t> encode_table(std::string_view utf8,
                                                               const std::string& converter_name);

}  // namespace paywall
