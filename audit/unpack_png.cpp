// The texts of PNG images (PNG, 11.3.4), compressed ones too, and their Exif data.

#include <zlib.h>

#include <algorithm>
#include <array>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

std::size_t read_length(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(bytes[i]);
    return length;
}

Unpacked inflate_all(std::string_view bytes, const Limits& limits, std::size_t left,
                     std::string& text) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return Unpacked::damaged;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // only read
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, std::size_t{16} << 10> chunk;
    auto result = Unpacked::whole;
    int status = Z_OK;
    while (status == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = chunk.size();
        status = inflate(&stream, Z_NO_FLUSH);
        const std::size_t size = chunk.size() - stream.avail_out;
        if (text.size() + size > std::min(left, limits.member_bytes)) {
            result = Unpacked::limit;
            break;
        }
        text.append(chunk.data(), size);
    }
    if (result == Unpacked::whole && status != Z_STREAM_END) result = Unpacked::damaged;
    inflateEnd(&stream);
    return result;
}

/// The text of a chunk: behind its keyword and, in iTXt, its flags and languages.
struct Text {
    std::string_view bytes;
    bool compressed = false;
};
Text text_of(std::string_view type, std::string_view data) {
    const auto after_null = [&](std::string_view part) {
        const std::size_t end = part.find('\0');
        return end == part.npos ? std::string_view() : part.substr(end + 1);
    };
    const auto rest = after_null(data);
    if (type == "tEXt" || rest.empty()) return {data};
    if (type == "zTXt") return {rest.substr(1), true};
    if (rest.size() < 2) return {data};
    return {after_null(after_null(rest.substr(2))), rest[0] == '\1'};
}

}  // namespace

Unpacked unpack_png(const Bytes& bytes, const Limits& limits, std::size_t& left,
                    const MemberSink& sink) {
    constexpr std::size_t signature = 8;
    constexpr std::size_t head_size = 8;  // length and type
    constexpr std::size_t frame = 12;     // and checksum
    auto result = Unpacked::whole;
    for (std::size_t at = signature; at + frame <= bytes.size;) {
        const std::string head = copy_of(bytes, at, head_size);
        const std::size_t length = read_length(head);
        const auto type = head.substr(4);
        if (length > bytes.size - frame - at) return Unpacked::damaged;
        if (type == "eXIf" && length <= limits.member_bytes &&
            !give_strings("metadata", copy_of(bytes, at + head_size, length), left, sink))
            return Unpacked::limit;
        if (type == "tEXt" || type == "zTXt" || type == "iTXt") {
            if (length > limits.member_bytes) return Unpacked::limit;
            const std::string data = copy_of(bytes, at + head_size, length);
            const auto text = text_of(type, data);
            std::string inflated;
            if (text.compressed) {
                const auto got = inflate_all(text.bytes, limits, left, inflated);
                if (got != Unpacked::whole) result = got;
            }
            if (!give_member(type, text.compressed ? inflated : text.bytes, left, sink))
                return Unpacked::limit;
        }
        if (type == "IEND") return result;
        at += frame + length;
    }
    return Unpacked::damaged;
}

}  // namespace paywall::audit
