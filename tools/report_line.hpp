#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tools/fate.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// What became of one source, as an object of --report: text without a line end. `shown` is the
/// source's path as people know it, `relative` that below the output directories.
[[nodiscard]] std::string report_line(const Options& options, std::string_view shown,
                                      std::string_view relative, const Fate& fate);

/// How a source's line begins: with its path, and nobody else's does.
[[nodiscard]] std::string_view beginning_of(std::string_view line);
[[nodiscard]] Verdict verdict_of(const nlohmann::ordered_json& object);

/// What two passes made of one source: all its outputs, the graver verdict.
[[nodiscard]] nlohmann::ordered_json joined(std::string_view first, std::string_view second);
/// Of a source of whose outputs nothing came into its place.
[[nodiscard]] nlohmann::ordered_json taken_back(std::string_view line);

/// JSON on one line. What is no UTF-8 is replaced.
[[nodiscard]] std::string text_of(const nlohmann::ordered_json& json);

}  // namespace paywall::tools
