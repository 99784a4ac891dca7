#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/dialect.hpp"

/// The built-in dialects, by how their markers are written. What the origins do is in the page of
/// each.
namespace paywall::dialects {

void add_fastadmin_ask(std::vector<Dialect>& list);
void add_dividers(std::vector<Dialect>& list);    ///< `<!--more-->`
void add_blocks(std::vector<Dialect>& list);      ///< comments and elements around a part
void add_shortcodes(std::vector<Dialect>& list);  ///< WordPress plug-ins: `[membership level=1]`
void add_boards(std::vector<Dialect>& list);      ///< forums: `[hide=10]`
void add_lines(std::vector<Dialect>& list);       ///< `%% begin sample`

/// `[word …]` and `[/word]`, to be escaped as WordPress does: `[[word]…[/word]]`.
void add_shortcode(Dialect& dialect, std::string_view word, Region region,
                   WordKind kind = WordKind::distinctive);

/// Readers, for regions and their values. Functions, because a user's parser may be a global that
/// is made before ours would be.
[[nodiscard]] Audience plan(std::string_view name);
[[nodiscard]] inline Audience anonymous_only() {
    return {true, false, false, {}};
}
[[nodiscard]] inline Audience members_only() {
    return {false, true, false, {}};
}
[[nodiscard]] inline Audience not_payers() {
    return {true, true, false, {}};
}
[[nodiscard]] inline Audience members_and_payers() {
    return {false, true, true, {}};
}

}  // namespace paywall::dialects
