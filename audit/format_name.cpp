#include "audit/format_name.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "audit/markup.hpp"

namespace paywall::audit {
namespace {

constexpr std::string_view spaces = " \t\r\n\f\xEF\xBB\xBF";  // and the byte-order mark's bytes

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    return result;
}

/// The name of the first element, behind declarations and comments.
std::string root_element(std::string_view text) {
    constexpr std::size_t far = 4096;
    text = text.substr(0, far);
    for (std::size_t at = 0; (at = text.find('<', at)) != text.npos; ++at) {
        if (text.substr(at).starts_with("<!--")) at = std::min(text.find("-->", at), text.size());
        if (at + 1 >= text.size() || text[at + 1] == '!' || text[at + 1] == '?') continue;
        const std::size_t end = text.find_first_of(" \t\r\n/>", at + 1);
        return lower(text.substr(at + 1, std::min(end, text.size()) - at - 1));
    }
    return {};
}

std::string markup_name(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> roots = {
        {{"rss", "rss"},
         {"feed", "atom"},
         {"rdf:rdf", "rss"},
         {"svg", "svg"},
         {"urlset", "sitemap"},
         {"sitemapindex", "sitemap"},
         {"opml", "opml"},
         {"ncx", "xml"}}};
    const std::string root = root_element(text);
    for (const auto& [element, format] : roots)
        if (root == element) return std::string(format);
    return text.starts_with("<?xml") && root != "html" ? "xml" : "html";
}

}  // namespace

bool begins_with_markup(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(spaces);
    return begin != text.npos && text[begin] == '<' && begins_tag(text, begin);
}

std::string format_name(std::string_view text, std::string_view name) {
    if (begins_with_markup(text)) return markup_name(text.substr(text.find_first_not_of(spaces)));
    const std::size_t dot = name.rfind('.');
    const std::string extension = dot == name.npos ? "" : lower(name.substr(dot + 1));
    constexpr std::array<std::pair<std::string_view, std::string_view>, 16> extensions = {
        {{"json", "json"},
         {"jsonl", "json"},
         {"ndjson", "json"},
         {"map", "source map"},
         {"js", "javascript"},
         {"mjs", "javascript"},
         {"cjs", "javascript"},
         {"css", "css"},
         {"md", "markdown"},
         {"markdown", "markdown"},
         {"eml", "mail"},
         {"csv", "csv"},
         {"yml", "yaml"},
         {"yaml", "yaml"},
         {"xml", "xml"},
         {"webmanifest", "json"}}};
    for (const auto& [known, format] : extensions)
        if (extension == known) return std::string(format);
    const std::size_t begin = text.find_first_not_of(spaces);
    if (begin != text.npos && (text[begin] == '{' || text[begin] == '[')) return "json";
    return "text";
}

}  // namespace paywall::audit
