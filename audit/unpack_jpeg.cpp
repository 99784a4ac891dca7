// The metadata of JPEG images (ITU T.81, B.1): comments, Exif and IPTC texts, XMP that is continued
// from segment to segment (XMP, part 3, 1.1.3).

#include <algorithm>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

using namespace std::string_view_literals;

constexpr unsigned start_of_scan = 0xDA;
constexpr unsigned end_of_image = 0xD9;
constexpr unsigned comment = 0xFE;
constexpr unsigned first_application = 0xE0;
constexpr unsigned last_application = 0xEF;

/// Markers that stand alone: restarts, beginning and end of an image, TEM.
bool has_length(unsigned marker) {
    return marker != 0x01 && (marker < 0xD0 || marker > end_of_image);
}

/// Where the next marker begins, in what is packed behind the start of a scan.
std::size_t scan_end(const Bytes& bytes, std::size_t at) {
    bool after_ff = false;
    while (at < bytes.size) {
        const auto part = bytes.from(at);
        if (part.empty()) break;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const auto byte = static_cast<unsigned char>(part[i]);
            const bool stuffed = byte == 0 || (byte >= 0xD0 && byte < 0xD8) || byte == 0xFF;
            if (after_ff && !stuffed) return at + i - 1;
            after_ff = byte == 0xFF;
        }
        at += part.size();
    }
    return bytes.size;
}

}  // namespace

Unpacked unpack_jpeg(const Bytes& bytes, const Limits& limits, std::size_t& left,
                     const MemberSink& sink) {
    constexpr auto extension = "http://ns.adobe.com/xmp/extension/\0"sv;
    constexpr std::size_t extension_head = extension.size() + 40;  // digest, length, offset
    std::string xmp;
    const auto finish = [&](Unpacked result) {
        return give_member("xmp", xmp, left, sink) ? result : Unpacked::limit;
    };
    for (std::size_t at = 2; at + 2 <= bytes.size;) {
        const std::string head = copy_of(bytes, at, 4);
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(head[i]); };
        if (byte(0) != 0xFF) return finish(Unpacked::damaged);
        const unsigned marker = byte(1);
        if (marker == end_of_image) return finish(Unpacked::whole);
        if (marker == 0xFF || !has_length(marker)) {
            at += marker == 0xFF ? 1 : 2;
            continue;
        }
        const std::size_t length = head.size() < 4 ? 0 : std::size_t{byte(2)} << 8 | byte(3);
        if (length < 2 || length > bytes.size - at - 2) return finish(Unpacked::damaged);
        if (marker == comment || (marker >= first_application && marker <= last_application)) {
            const std::string data = copy_of(bytes, at + 4, length - 2);
            if (data.starts_with(extension) && data.size() > extension_head) {
                if (xmp.size() + data.size() > limits.member_bytes) return Unpacked::limit;
                xmp += std::string_view(data).substr(extension_head);
            } else if (!give_strings(marker == comment ? "comment" : "metadata", data, left,
                                     sink)) {
                return Unpacked::limit;
            }
        }
        at += 2 + length;
        if (marker == start_of_scan) at = scan_end(bytes, at);
    }
    return finish(Unpacked::damaged);
}

}  // namespace paywall::audit
