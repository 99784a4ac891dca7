#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paywall {

enum class Role { open, close };
enum class Letters { exact, any_case };

/// One exact marker, in three parts so that lookalikes can be judged part by part:
/// `##` `paidbegin` `##`, `</` `paid` `>`.
struct Marker {
    Role role;
    std::string before;  ///< ASCII, not empty
    std::string word;    ///< ASCII letters, lower case unless `letters` is exact
    std::string after;   ///< ASCII, not empty
    Letters letters = Letters::exact;
    /// Markers of one spelling belong together; a section of two spellings is a warning.
    std::size_t spelling = 0;

    [[nodiscard]] std::string text() const { return before + word + after; }
};

/// How far a word is from ordinary language, which decides what counts as a lookalike of it.
enum class WordKind {
    distinctive,  ///< `paidbegin`: no text holds it by chance (the core-word rule)
    ordinary,     ///< `paid`: only within its brackets (the tag rule)
};

/// A word that an author could write between a marker's delimiters instead of the marker's own.
struct OwnWording {
    std::string word;  ///< in folded form: lower case, no white space, hyphen or underscore
    Role role;
};

/// The spellings of one system's markers and its rules. A plain value.
struct Dialect {
    std::string name;
    std::vector<Marker> markers;
    /// Text that is written with a marker's delimiters and is content: `##pagebreak##`.
    std::vector<std::string> content;
    std::vector<OwnWording> own_wordings;
};

[[nodiscard]] WordKind word_kind(const Marker& marker);

/// The marker that ends a section begun with `open`: the closing one of its spelling.
[[nodiscard]] const Marker& counterpart(const Dialect& dialect, const Marker& marker);

/// The FastAdmin CMS's: `##paidbegin##`, `$$paidbegin$$`, `<paid>`.
[[nodiscard]] const Dialect& fastadmin();

}  // namespace paywall
