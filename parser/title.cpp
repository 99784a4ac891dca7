#include "parser/title.hpp"

#include <algorithm>

#include "parser/html/title.hpp"
#include "parser/markdown/title.hpp"

namespace paywall {
namespace {

/// What HTML, and within a line Markdown, could take for markup.
bool is_markup(char c, Content content) {
    constexpr std::string_view of_html = "&<>\"'";
    constexpr std::string_view of_markdown = "\\`*_[]~|";
    return of_html.find(c) != of_html.npos ||
           (content == Content::markdown && of_markdown.find(c) != of_markdown.npos);
}

}  // namespace

std::string find_title(std::string_view text, Content content) {
    auto title = content == Content::html       ? html::find_title(text)
                 : content == Content::markdown ? markdown::find_title(text)
                                                : std::string();
    std::ranges::replace(title, '\n', ' ');
    return title;
}

std::string escape_for(Content content, std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (content != Content::text && is_markup(c, content))
            escaped.append("&#").append(std::to_string(static_cast<int>(c))).append(";");
        else
            escaped += c;
    }
    return escaped;
}

}  // namespace paywall
