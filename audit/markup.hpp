#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "audit/derived.hpp"
#include "audit/normal_text.hpp"

namespace paywall::audit {

/// Who is told of the parts of a text with markup, in their order. Each is a view of the text,
/// and all together they are all of it but signs that part them.
class MarkupParts {
public:
    virtual ~MarkupParts() = default;
    /// What stands between tags: character references are not resolved.
    virtual void text(std::string_view part) = 0;
    /// Name and attributes of a tag; also a declaration or processing instruction.
    virtual void tag(std::string_view part) = 0;
    virtual void comment(std::string_view part) = 0;
    /// What an element holds in which no markup is read: `name` is script or style.
    virtual void raw(std::string_view name, std::string_view part) = 0;
};

/// How markup is read.
enum class Markup {
    page,    ///< as browsers do
    inner,   ///< within a comment or script: neither begins another
    broken,  ///< within a tag that swallowed more: tags end at the next `<` as well
};

/// Parts HTML, XML and what is like them as a browser would (WHATWG HTML, 13.2.5), with less
/// care: all that matters is that no text is taken for something that is not searched. The inside
/// of CDATA is read like what is around it. Linear; any bytes with ASCII in them.
void split_markup(std::string_view text, MarkupParts& parts, Markup markup = Markup::page);

/// Does a tag, comment or declaration begin at this `<`?
[[nodiscard]] bool begins_tag(std::string_view text, std::size_t at);

/// What resolving references brought to light.
enum class Resolved { plain, markup };

/// Adds text with its character references resolved. `origin` is that of the text. Says whether
/// an `&` or `<` came of it that could begin a reference or tag: another layer of markup.
Resolved append_resolved(NormalText& to, std::string_view text, std::size_t origin);
void append_resolved(Derived& to, std::string_view text, std::size_t origin);

}  // namespace paywall::audit
