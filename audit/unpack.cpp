#include "audit/unpack.hpp"

#include <algorithm>
#include <array>

namespace paywall::audit {
namespace {

using namespace std::string_view_literals;

/// What gzip, Zip, 7-Zip, xz, bzip2, zstd, lz4, lzip, RAR, cpio and cabinet files begin with.
constexpr std::array archive_signs = {"\x1F\x8B\x08"sv,
                                      "PK\x03\x04"sv,
                                      "PK\x05\x06"sv,
                                      "7z\xBC\xAF\x27\x1C"sv,
                                      "\xFD"
                                      "7zXZ\0"sv,
                                      "\x28\xB5\x2F\xFD"sv,
                                      "\x04\x22\x4D\x18"sv,
                                      "LZIP\x01"sv,
                                      "Rar!\x1A\x07"sv,
                                      "070701"sv,
                                      "070707"sv,
                                      "MSCF\0\0\0\0"sv};

bool is_bzip2(std::string_view bytes) {
    return bytes.starts_with("BZh") && bytes.substr(4).starts_with("1AY&SY");
}

bool is_archive(std::string_view bytes) {
    return std::ranges::any_of(archive_signs,
                               [&](std::string_view sign) { return bytes.starts_with(sign); }) ||
           is_bzip2(bytes) || (bytes.size() >= 512 && bytes.substr(257).starts_with("ustar"));
}

}  // namespace

std::optional<Packing> packing_of(std::string_view bytes, std::string_view name) {
    if (is_archive(bytes)) return Packing::archive;
    if (bytes.substr(0, 1024).find("%PDF-") != bytes.npos) return Packing::pdf;
    if (bytes.starts_with("SQLite format 3\0"sv)) return Packing::sqlite;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return Packing::png;
    if (name.ends_with(".br")) return Packing::brotli;
    return std::nullopt;
}

std::string_view packing_name(Packing packing) {
    switch (packing) {
        case Packing::archive:
            return "archive";
        case Packing::brotli:
            return "brotli";
        case Packing::pdf:
            return "pdf";
        case Packing::sqlite:
            return "sqlite";
        case Packing::png:
            break;
    }
    return "png";
}

Unpacked unpack(Packing packing, std::string_view bytes, const Limits& limits, std::size_t& left,
                const MemberSink& sink) {
    switch (packing) {
        case Packing::archive:
            return unpack_archive(bytes, limits, left, sink);
        case Packing::brotli:
            return unpack_brotli(bytes, limits, left, sink);
        case Packing::pdf:
            return unpack_pdf(bytes, limits, left, sink);
        case Packing::sqlite:
            return unpack_sqlite(bytes, limits, left, sink);
        case Packing::png:
            break;
    }
    return unpack_png(bytes, limits, left, sink);
}

}  // namespace paywall::audit
