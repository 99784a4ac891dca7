#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paywall::bench {

inline constexpr std::size_t buffer_size = std::size_t{64} << 20U;

/// Text as people write it, the same at every run, with a paid section per 7 kB.
enum class Prose { chinese, html, markdown };

[[nodiscard]] const std::string& prose(Prose kind);  ///< made once, kept

/// HTML sources as a WYSIWYG editor leaves them: of about 7 kB each, with a paid section; 16 MiB
/// in all. Made once, kept.
[[nodiscard]] const std::vector<std::string>& html_sources();

/// An input that nobody writes and that could be slow: one short text, again and again.
struct Awkward {
    std::string name;
    std::string unit;
};

[[nodiscard]] const std::vector<Awkward>& awkward_inputs();

/// The unit repeated, whole, up to buffer_size. One buffer for all: valid until the next call.
[[nodiscard]] std::string_view repeated(const std::string& unit);

}  // namespace paywall::bench
