#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paywall::tests {

/// Where a word stands in the page that a browser makes of a Markdown text: `p em`, `ul li`,
/// `p @title`, `#comment`.
struct Place {
    std::string path;           ///< elements and their attributes, from the outermost
    std::vector<int> elements;  ///< each by its number in the page

    friend bool operator==(const Place& a, const Place& b) { return a.path == b.path; }
};

/// The words of a page, which look like `wabcq`, by name; in order of their places.
using Places = std::vector<std::pair<std::string, Place>>;

enum class Renderer { cmark, md4c };
/// Does a link count as an element?
enum class Links { yes, no };

/// A word `wq` is put behind the page. Whether lists are tight does not count.
[[nodiscard]] Places find_places(const std::string& markdown, Renderer renderer,
                                 Links links = Links::yes);

/// How many elements two places share.
[[nodiscard]] std::size_t shared_elements(const Place& a, const Place& b);

}  // namespace paywall::tests
