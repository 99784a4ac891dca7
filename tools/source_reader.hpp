#pragma once

#include <optional>
#include <string_view>

#include "tools/file/cursor.hpp"
#include "tools/file/reading.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// Reads the sources of a run one after the other. One for every worker.
class SourceReader {
public:
    /// Views the sources.
    explicit SourceReader(const Sources& sources) : sources_(sources) {}

    /// The bytes of a source, valid until the next call. Throws std::system_error.
    [[nodiscard]] std::string_view read(const SourceFile& file);

private:
    const Sources& sources_;
    Buffer buffer_;
    std::optional<Cursor> cursor_;
    std::optional<Directory> named_;
};

}  // namespace paywall::tools
