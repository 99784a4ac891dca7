#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace paywall {

/// What a page says to search engines of its paid sections: `isAccessibleForFree` and `hasPart` of
/// schema.org's CreativeWork, one WebPageElement a section, chosen by its class
/// (developers.google.com/search/docs/appearance/structured-data/paywalled-content).

/// The classes of the elements around a section, which counts from 1: `paywall`, and where there
/// are several sections `paywall paywall-2`.
[[nodiscard]] std::string paywall_classes(std::size_t section, std::size_t sections);

/// What a JSON-LD text is about.
enum class JsonLd {
    invalid,  ///< it is no JSON, or deeper than 256
    other,    ///< a breadcrumb, a publisher, …
    page,     ///< a WebPage of any kind
    article,  ///< an Article of any kind, a review, a course, …: a better place than a page
};
[[nodiscard]] JsonLd judge_json_ld(std::string_view json);

/// The text, of a page or an article, with what is to be said added to that; all else stays, in its
/// order. Safe to stand in a <script>.
[[nodiscard]] std::string extended_json_ld(std::string_view json, std::size_t sections);

/// A text that says just that.
[[nodiscard]] std::string new_json_ld(std::size_t sections);

}  // namespace paywall
