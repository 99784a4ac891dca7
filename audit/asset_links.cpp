#include "audit/asset_links.hpp"

#include <algorithm>
#include <array>

#include "audit/escapes.hpp"
#include "audit/markup.hpp"

namespace paywall::audit {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool is_page(std::string_view extension) {
    constexpr std::array<std::string_view, 7> pages = {"html", "htm",      "xhtml", "php",
                                                       "md",   "markdown", "aspx"};
    return std::ranges::any_of(pages, [&](std::string_view page) {
        return std::ranges::equal(page, extension, {}, {},
                                  [](char c) { return static_cast<char>(c | 0x20); });
    });
}

bool is_asset(std::string_view path) {
    constexpr std::size_t longest_extension = 8;
    const std::size_t dot = path.rfind('.');
    if (dot == path.npos || path.find("//") != path.npos || path.find(':') != path.npos)
        return false;
    const auto extension = path.substr(dot + 1);
    return !extension.empty() && extension.size() <= longest_extension &&
           extension.find('/') == extension.npos && !is_page(extension);
}

class Links : public MarkupParts {
public:
    void text(std::string_view part) override { add_markdown(part); }
    void comment(std::string_view) override {}
    void raw(std::string_view, std::string_view part) override { add_css(part); }
    void tag(std::string_view part) override {
        for (const std::string_view name : {"src=", "href=", "poster=", "data=", "srcset="})
            for (std::size_t at = 0; (at = part.find(name, at)) != part.npos; at += name.size())
                add_value(part.substr(at + name.size()), name);
        add_css(part);
    }

    void add_markdown(std::string_view text) {
        for (std::size_t at = 0; (at = text.find("](", at)) != text.npos; at += 2)
            add_target(text.substr(at + 2), ")");
        for (std::size_t at = 0; (at = text.find("]:", at)) != text.npos; at += 2)
            add_target(text.substr(at + 2), "\n");
    }

    [[nodiscard]] std::vector<std::string> take() { return std::move(links_); }

private:
    void add_css(std::string_view text) {
        for (std::size_t at = 0; (at = text.find("url(", at)) != text.npos; at += 4)
            add_target(text.substr(at + 4), ")");
    }
    void add_value(std::string_view rest, std::string_view name) {
        if (rest.empty()) return;
        const bool quoted = rest.front() == '"' || rest.front() == '\'';
        const auto value = quoted ? rest.substr(1, rest.find(rest.front(), 1) - 1)
                                  : rest.substr(0, rest.find_first_of(" \t\r\n>"));
        if (name != "srcset=") return add_target(value, "");
        for (std::string_view left = value; !left.empty();) {
            const std::size_t comma = std::min(left.find(','), left.size());
            add_target(left.substr(0, comma), "");
            left.remove_prefix(std::min(comma + 1, left.size()));
        }
    }
    /// A target that ends with a blank or one of `ends`.
    void add_target(std::string_view text, std::string_view ends) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t<\"'"), text.size()));
        std::string stops(blanks);
        stops.append(ends).append(">\"'?#");
        const auto target = text.substr(0, text.find_first_of(stops));
        std::string path = decode_escapes(target, Escapes::percent).text();
        if (is_asset(path)) links_.push_back(std::move(path));
    }

    std::vector<std::string> links_;
};

}  // namespace

std::vector<std::string> asset_links(std::string_view text) {
    Links links;
    split_markup(text, links);
    return links.take();
}

std::string asset_path(std::string_view source, std::string_view link) {
    const std::size_t slash = source.rfind('/');
    const bool from_root = link.starts_with('/') || slash == source.npos;
    std::string path = from_root ? std::string(link) : std::string(source.substr(0, slash + 1));
    if (!from_root) path += link;
    std::vector<std::string_view> names;
    for (std::string_view left = path; !left.empty();) {
        const std::size_t end = std::min(left.find('/'), left.size());
        const auto name = left.substr(0, end);
        if (name == "..") {
            if (!names.empty()) names.pop_back();
        } else if (!name.empty() && name != ".") {
            names.push_back(name);
        }
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    std::string result;
    for (const auto name : names) result.append(result.empty() ? "" : "/").append(name);
    return result;
}

}  // namespace paywall::audit
