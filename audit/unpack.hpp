#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "audit/bytes.hpp"

namespace paywall::audit {

/// How far the search goes into what is packed. Reaching one is reported.
struct Limits {
    std::size_t depth = 12;                               ///< layers within layers
    std::size_t member_bytes = std::size_t{32} << 20;     ///< of one member that packs others
    std::size_t whole_bytes = std::size_t{128} << 20;     ///< of a PDF file or database
    std::size_t unpacked_bytes = std::size_t{512} << 20;  ///< of all that one file unpacks to
    std::size_t members = 100000;                         ///< of one container
};

/// What packs other files or texts in a way that hides them from a search of its bytes.
enum class Packing { archive, brotli, pdf, sqlite, png, jpeg, gif, webp };
/// Is it a picture, of which only what is written beside it can be read?
[[nodiscard]] constexpr bool is_image(Packing packing) {
    return packing >= Packing::png;
}

/// By the bytes; by the name where bytes tell nothing (`.br`).
[[nodiscard]] std::optional<Packing> packing_of(std::string_view bytes, std::string_view name);
/// `zip`, `gzip`, `pdf`.
[[nodiscard]] std::string_view packing_name(Packing packing, std::string_view bytes);

enum class Unpacked {
    whole,
    limit,      ///< a limit was reached: the rest was not read
    damaged,    ///< it could not be read to its end
    encrypted,  ///< some of it is locked
};

/// Is given every member with its name, which is empty where there is but one, and reads as much
/// of it as it wants to. What it is given lives until it returns.
using MemberSink = std::function<void(std::string_view name, const Stream& bytes)>;

/// Unpacks, touches no file. Throws for no bytes but what reading them throws, and std::bad_alloc.
/// `left` is how much more may be unpacked; it is counted down.
[[nodiscard]] Unpacked unpack(Packing packing, const Bytes& bytes, const Limits& limits,
                              std::size_t& left, const MemberSink& sink);

/// Gives a member that is in memory; false where that is more than may be unpacked.
[[nodiscard]] bool give_member(std::string_view name, std::string_view bytes, std::size_t& left,
                               const MemberSink& sink);

/// The same for every run of text in data: of bytes that are no control characters.
[[nodiscard]] bool give_strings(std::string_view name, std::string_view data, std::size_t& left,
                                const MemberSink& sink);

// Each in its own file.
[[nodiscard]] Unpacked unpack_archive(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                      const MemberSink& sink);
[[nodiscard]] Unpacked unpack_brotli(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                     const MemberSink& sink);
[[nodiscard]] Unpacked unpack_pdf(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                  const MemberSink& sink);
[[nodiscard]] Unpacked unpack_sqlite(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                     const MemberSink& sink);
[[nodiscard]] Unpacked unpack_png(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                  const MemberSink& sink);
[[nodiscard]] Unpacked unpack_jpeg(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                   const MemberSink& sink);
[[nodiscard]] Unpacked unpack_gif(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                  const MemberSink& sink);
[[nodiscard]] Unpacked unpack_webp(const Bytes& bytes, const Limits& limits, std::size_t& left,
                                   const MemberSink& sink);

}  // namespace paywall::audit
