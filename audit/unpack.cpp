#include "audit/unpack.hpp"

#include <algorithm>
#include <array>

namespace paywall::audit {
namespace {

using namespace std::string_view_literals;

/// What gzip, Zip, 7-Zip, xz, bzip2, zstd, lz4, lzip, RAR, cpio and cabinet files begin with.
struct Sign {
    std::string_view bytes;
    std::string_view name;
};
constexpr std::array signs = {Sign{"\x1F\x8B\x08"sv, "gzip"},    Sign{"PK\x03\x04"sv, "zip"},
                              Sign{"PK\x05\x06"sv, "zip"},       Sign{"7z\xBC\xAF\x27\x1C"sv, "7z"},
                              Sign{"\xFD\x37zXZ\0"sv, "xz"},     Sign{"\x28\xB5\x2F\xFD"sv, "zstd"},
                              Sign{"\x04\x22\x4D\x18"sv, "lz4"}, Sign{"LZIP\x01"sv, "lzip"},
                              Sign{"Rar!\x1A\x07"sv, "rar"},     Sign{"070701"sv, "cpio"},
                              Sign{"070707"sv, "cpio"},          Sign{"MSCF\0\0\0\0"sv, "cab"}};

bool is_bzip2(std::string_view bytes) {
    return bytes.starts_with("BZh") && bytes.substr(0, 10).ends_with("1AY&SY");
}

/// The name of an archive's or compressed file's format; empty if it is none.
std::string_view archive_name(std::string_view bytes) {
    for (const Sign& sign : signs)
        if (bytes.starts_with(sign.bytes)) return sign.name;
    if (is_bzip2(bytes)) return "bzip2";
    return bytes.size() >= 512 && bytes.substr(257).starts_with("ustar") ? "tar" : "";
}

}  // namespace

std::optional<Packing> packing_of(std::string_view bytes, std::string_view name) {
    if (!archive_name(bytes).empty()) return Packing::archive;
    if (bytes.substr(0, 1024).find("%PDF-") != bytes.npos) return Packing::pdf;
    if (bytes.starts_with("SQLite format 3\0"sv)) return Packing::sqlite;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return Packing::png;
    if (bytes.starts_with("\xFF\xD8\xFF")) return Packing::jpeg;
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return Packing::gif;
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return Packing::webp;
    if (name.ends_with(".br")) return Packing::brotli;
    return std::nullopt;
}

std::string_view packing_name(Packing packing, std::string_view bytes) {
    switch (packing) {
        case Packing::archive:
            return archive_name(bytes);
        case Packing::brotli:
            return "brotli";
        case Packing::pdf:
            return "pdf";
        case Packing::sqlite:
            return "sqlite";
        case Packing::png:
            return "png";
        case Packing::jpeg:
            return "jpeg";
        case Packing::gif:
            return "gif";
        case Packing::webp:
            break;
    }
    return "webp";
}

Unpacked unpack(Packing packing, const Bytes& bytes, const Limits& limits, std::size_t& left,
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
            return unpack_png(bytes, limits, left, sink);
        case Packing::jpeg:
            return unpack_jpeg(bytes, limits, left, sink);
        case Packing::gif:
            return unpack_gif(bytes, limits, left, sink);
        case Packing::webp:
            break;
    }
    return unpack_webp(bytes, limits, left, sink);
}

bool give_strings(std::string_view name, std::string_view data, std::size_t& left,
                  const MemberSink& sink) {
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    };
    for (auto at = data.begin(); at != data.end();) {
        const auto begin = std::find_if_not(at, data.end(), is_control);
        at = std::find_if(begin, data.end(), is_control);
        constexpr std::ptrdiff_t shortest = 8;
        if (at - begin >= shortest && !give_member(name, {begin, at}, left, sink)) return false;
    }
    return true;
}

bool give_member(std::string_view name, std::string_view bytes, std::size_t& left,
                 const MemberSink& sink) {
    if (bytes.size() > left) return false;
    left -= bytes.size();
    const Bytes member = in_memory(bytes);
    sink(name, stream_of(member));
    return true;
}

}  // namespace paywall::audit
