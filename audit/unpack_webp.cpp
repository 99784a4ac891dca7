// The metadata of WebP images (RFC 9649, 2.7.1.5).

#include "audit/unpack.hpp"

namespace paywall::audit {

Unpacked unpack_webp(const Bytes& bytes, const Limits& limits, std::size_t& left,
                     const MemberSink& sink) {
    constexpr std::size_t file_head = 12;
    constexpr std::size_t chunk_head = 8;
    for (std::size_t at = file_head; at < bytes.size;) {
        const std::string head = copy_of(bytes, at, chunk_head);
        if (head.size() < chunk_head) return Unpacked::damaged;
        std::size_t length = 0;
        for (std::size_t i = 8; i-- > 4;)
            length = length << 8 | static_cast<unsigned char>(head[i]);
        if (length > bytes.size - at - chunk_head) return Unpacked::damaged;
        const auto type = head.substr(0, 4);
        if (type == "EXIF" || type == "XMP ") {
            if (length > limits.member_bytes) return Unpacked::limit;
            const std::string data = copy_of(bytes, at + chunk_head, length);
            const bool given = type == "EXIF" ? give_strings("metadata", data, left, sink)
                                              : give_member("xmp", data, left, sink);
            if (!given) return Unpacked::limit;
        }
        at += chunk_head + length + length % 2;
    }
    return Unpacked::whole;
}

}  // namespace paywall::audit
