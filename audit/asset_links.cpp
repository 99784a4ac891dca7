#include "audit/asset_links.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "audit/escapes.hpp"
#include "audit/markup.hpp"

namespace paywall::audit {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t longest_target = 4096;  // so that the work stays linear

/// Where the text has the first of some ASCII characters; npos if it has none, or too far away for
/// what stands before it to be a target.
std::size_t find_stop(std::string_view text, std::string_view stops) {
    std::array<bool, 256> is_stop{};
    for (const char c : stops) is_stop[static_cast<unsigned char>(c)] = true;
    const auto most = std::min(text.size(), longest_target);
    for (std::size_t i = 0; i < most; ++i)
        if (is_stop[static_cast<unsigned char>(text[i])]) return i;
    return most == text.size() ? most : text.npos;
}

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

bool is_blank(char c) {
    return blanks.find(c) != blanks.npos;
}

/// Gathers what looks like a target. Too many do no harm: a name that is none is no file's.
class Links : public MarkupParts {
public:
    void text(std::string_view part) override {
        add_markdown(part);
        add_attributes(part);
        add_addresses(part);
    }
    void comment(std::string_view) override {}
    void raw(std::string_view, std::string_view part) override {
        add_css(part);
        add_attributes(part);
    }
    void tag(std::string_view part) override {
        add_attributes(part);
        add_css(part);
        if (part.starts_with("http:") || part.starts_with("https:")) add(part);  // <https://…>
    }

    [[nodiscard]] std::vector<std::string> take() { return std::move(links_); }

private:
    void add_markdown(std::string_view text) {
        for (std::size_t at = 0; (at = text.find("](", at)) != text.npos; at += 2)
            add_target(text.substr(at + 2), ")");
        for (std::size_t at = 0; (at = text.find("]:", at)) != text.npos; at += 2)
            add_target(text.substr(at + 2), "\n");
    }
    void add_css(std::string_view text) {
        for (std::size_t at = 0; (at = text.find("url(", at)) != text.npos; at += 4)
            add_target(text.substr(at + 4), ")");
    }

    /// `src="…"`, `SRC = …`
    void add_attributes(std::string_view text) {
        for (std::size_t at = 0; (at = text.find('=', at)) != text.npos; ++at) {
            auto end = at;
            while (end > 0 && is_blank(text[end - 1])) --end;
            for (const std::string_view name : {"src", "href", "poster", "data", "srcset"})
                if (ends_with_name(text.substr(0, end), name)) add_value(text.substr(at + 1), name);
        }
    }
    static bool ends_with_name(std::string_view text, std::string_view name) {
        return text.size() >= name.size() &&
               std::ranges::equal(text.substr(text.size() - name.size()), name, {},
                                  [](char c) { return static_cast<char>(c | 0x20); });
    }
    void add_value(std::string_view rest, std::string_view name) {
        rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
        if (rest.empty() || rest.substr(1).starts_with("data:")) return;
        const bool quoted = rest.front() == '"' || rest.front() == '\'';
        const auto stops = quoted ? rest.substr(0, 1) : std::string_view(" \t\r\n>");
        if (quoted) rest.remove_prefix(1);
        const auto end = find_stop(rest, stops);
        if (end == rest.npos) return;
        const auto value = rest.substr(0, end);
        if (name != "srcset") return add(value);
        for (std::string_view left = value; !left.empty();) {
            const std::size_t comma = std::min(left.find(','), left.size());
            add_target(left.substr(0, comma), "");
            left.remove_prefix(std::min(comma + 1, left.size()));
        }
    }

    /// Addresses that stand in the text.
    void add_addresses(std::string_view text) {
        for (std::size_t at = 0; (at = text.find("://", at)) != text.npos; at += 3) {
            const auto before = text.substr(0, at);
            const std::size_t length = before.ends_with("https")  ? 5
                                       : before.ends_with("http") ? 4
                                                                  : 0;
            if (length == 0) continue;
            auto address = text.substr(at - length);
            const auto end = find_stop(address, " \t\r\n<>\"'()[]{}|\\^`");
            if (end == address.npos) continue;
            address = address.substr(0, end);
            add(address.substr(0, address.find_last_not_of(".,;:!?*_~") + 1));
        }
    }

    /// A target that ends with a blank or one of `ends`.
    void add_target(std::string_view text, std::string_view ends) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
        if (text.starts_with('<')) {
            const auto end = find_stop(text, ">");
            if (end != text.npos) add(text.substr(1, end - 1));
            return;
        }
        text.remove_prefix(std::min(text.find_first_not_of("\"'"), text.size()));
        std::string stops(blanks);
        stops.append(ends).append(">\"'");
        if (const auto end = find_stop(text, stops); end != text.npos) add(text.substr(0, end));
    }

    void add(std::string_view target) {
        target.remove_prefix(std::min(target.find_first_not_of(blanks), target.size()));
        target = target.substr(0, target.find_last_not_of(blanks) + 1);
        if (target.empty()) return;
        Derived resolved;
        append_resolved(resolved, target, 0);
        std::string link = resolved.text();
        if (seen_.insert(link).second) links_.push_back(std::move(link));
    }

    std::vector<std::string> links_;
    std::set<std::string> seen_;
};

}  // namespace

std::vector<std::string> link_targets(std::string_view text) {
    Links links;
    split_markup(text, links);
    return links.take();
}

std::vector<std::string> asset_links(std::string_view text) {
    std::vector<std::string> assets;
    for (const std::string_view link : link_targets(text)) {
        const auto file = link.substr(0, link.find_first_of("?#"));
        std::string path = decode_escapes(file, Escapes::percent).text();
        if (is_asset(path)) assets.push_back(std::move(path));
    }
    return assets;
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
