#pragma once

#include <cstddef>
#include <string_view>

#include "parser/transcode.hpp"

namespace paywall {

/// Decodes GB18030 from `begin` on into `to`, which is empty, by tables made from ICU's converter:
/// what it gives is what ICU gives, several times as fast. False, with anything in `to`, where a
/// NUL stands or bytes that are no character of it.
[[nodiscard]] bool decode_gb18030(std::string_view bytes, std::size_t begin, Transcoded& to);

}  // namespace paywall
