#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paywall::audit::tests {

/// Files with their bytes, packed by the libraries that other programs use.
using Members = std::vector<std::pair<std::string, std::string>>;

/// `format`: "zip", "tar", "7zip", "raw" (one member); `filter`: "none", "gzip", "zstd", "xz".
[[nodiscard]] std::string pack(const Members& members, const std::string& format,
                               const std::string& filter);
[[nodiscard]] std::string pack_brotli(std::string_view bytes);
/// A database with a table of posts, one of which has this body.
[[nodiscard]] std::string pack_sqlite(const std::string& body);
/// A PNG image with one such chunk: "tEXt", "zTXt", "iTXt" (compressed), "eXIf".
[[nodiscard]] std::string pack_png(const std::string& type, const std::string& text);
/// A JPEG image with segments of these markers.
[[nodiscard]] std::string pack_jpeg(const std::vector<std::pair<unsigned, std::string>>& segments);
/// A GIF image with a comment.
[[nodiscard]] std::string pack_gif(const std::string& comment);
/// A WebP image with a chunk of that type.
[[nodiscard]] std::string pack_webp(const std::string& type, const std::string& data);
/// A PDF file of one page that shows the text, in lines of a few characters.
[[nodiscard]] std::string pack_pdf(std::u32string_view text);

}  // namespace paywall::audit::tests
