#pragma once

#include <string>
#include <vector>

#include "parser/dialect.hpp"

namespace paywall::tests {

/// A source of a page's examples, and how it is read.
struct PageSource {
    std::string name;  ///< `ghost 12`
    Dialect dialect;
    std::string encoding;  ///< as ParseOptions; empty: detected
    std::string bytes;
};

/// The sources of every example of FORMAT.md and of the dialects' pages.
[[nodiscard]] std::vector<PageSource> page_sources();

}  // namespace paywall::tests
