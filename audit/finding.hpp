#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/diagnostic.hpp"
#include "parser/source.hpp"

namespace paywall::audit {

/// The stable names of what an audit finds.
enum class FindingRule {
    paid_text,            ///< a published file holds paid text
    paid_elsewhere_free,  ///< paid text also stands where it is free
    paid_asset,           ///< a file that only paid parts use is published
    marker_residue,       ///< a published file holds a marker, or what looks like one
    source_not_audited,   ///< a refused source: its paid text is not known
    search_limit,         ///< a published file that was not searched to its end
    gate_removed,         ///< a document of the baseline that had paid parts has none now
    section_removed,      ///< one that has fewer of them now
    paid_share_fell,      ///< one whose paid share fell by more than is allowed
};

/// `paid-text`.
[[nodiscard]] std::string_view finding_name(FindingRule rule);
[[nodiscard]] const std::vector<FindingRule>& all_finding_rules();

/// One thing an audit finds.
struct Finding {
    FindingRule rule;
    std::string path = {};  ///< of the published file, or of the source where the rule is about one
    Location location = {};
    std::string layer = {};         ///< `rss > description > html`
    std::string source = {};        ///< whose text it is; empty where the rule has none
    Location source_location = {};  ///< where the segment begins
    std::size_t characters = 0;     ///< of paid text, in normal form
    std::size_t of = 0;             ///< in the whole segment
    std::string locator = {};       ///< the first characters of the text; never in machine formats
};

/// `143 characters of content/a.md:20:5 are published`.
[[nodiscard]] std::string message(const Finding& finding);
[[nodiscard]] std::string help(const Finding& finding);

/// A finding for people, line ends included, with the other files that have the same:
///
///     public/feed.xml:120:33: error: 143 characters of content/a.md:20:5 are published [paid-text]
///        = layer: rss > description > html
///        = share: 12 % of the paid segment, from "firstcha…"
///        = also in: public/index.xml:80:9 and 12 more files
///        = help: …
///
/// `others` are written `path:line:column`; `more` is how many there are beyond these.
[[nodiscard]] std::string format(const Finding& finding, const std::vector<std::string>& others,
                                 std::size_t more, const FormatOptions& options);

}  // namespace paywall::audit
