#include "parser/markdown/title.hpp"

#include <simdjson.h>

#include <algorithm>
#include <optional>

#include "parser/markdown/front_matter.hpp"
#include "parser/markdown/tree.hpp"
#include "parser/visible_text.hpp"

namespace paywall::markdown {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// The string that JSON text stands for; none where it is none.
std::optional<std::string> json_string(std::string_view json, std::string_view key) {
    simdjson::dom::parser parser;
    std::string_view value;
    const simdjson::padded_string padded(json);
    const auto document = parser.parse(padded);
    const auto error =
        key.empty() ? document.get_string().get(value) : document[key].get_string().get(value);
    return error ? std::nullopt : std::optional(std::string(value));
}

std::string with_single_quotes(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        plain += text[i];
        if (text.substr(i, 2) == "''") ++i;
    }
    return plain;
}

/// What a value on a line of YAML or TOML stands for, where that is a string.
std::string value_of(std::string_view value, char sign) {
    value = trimmed(value);
    if (value.empty()) return {};
    if (value.front() == '"') {
        const auto end = value.rfind('"');
        return end == 0 ? std::string() : json_string(value.substr(0, end + 1), "").value_or("");
    }
    if (value.front() == '\'') {
        const auto end = value.rfind('\'');
        if (end == 0) return {};
        const auto inner = value.substr(1, end - 1);
        return sign == ':' ? with_single_quotes(inner) : std::string(inner);
    }
    // Of YAML what begins like this goes on elsewhere, or is no string; TOML has none without
    // quotes.
    constexpr std::string_view others = "|>&*!%@`[{#";
    if (sign != ':' || others.find(value.front()) != others.npos) return {};
    return std::string(trimmed(value.substr(0, value.find(" #"))));
}

std::string title_in_front_matter(std::string_view matter) {
    if (matter.starts_with('{')) return json_string(matter, "title").value_or("");
    const char sign = matter.starts_with("---") ? ':' : '=';
    while (!matter.empty()) {
        const auto end = std::min(matter.find('\n'), matter.size());
        auto line = matter.substr(0, end);
        matter.remove_prefix(std::min(end + 1, matter.size()));
        if (sign == '=' && line.starts_with('[')) break;  // the keys of a table
        if (!line.starts_with("title")) continue;
        line = trimmed(line.substr(5));
        if (line.starts_with(sign)) return value_of(line.substr(1), sign);
    }
    return {};
}

void add_text(cmark_node* heading, VisibleText& visible) {
    const std::unique_ptr<cmark_iter, FreeNode> iterator(cmark_iter_new(heading));
    int images = 0;
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        auto* node = cmark_iter_get_node(iterator.get());
        const auto type = cmark_node_get_type(node);
        if (type == CMARK_NODE_IMAGE) images += event == CMARK_EVENT_ENTER ? 1 : -1;
        if (event != CMARK_EVENT_ENTER || images > 0) continue;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            visible.add(cmark_node_get_literal(node));
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) visible.add("\n");
    }
}

}  // namespace

std::string find_title(std::string_view text) {
    const auto begin = front_matter_length(text);
    VisibleText title;
    title.add(title_in_front_matter(text.substr(0, begin)));
    if (!title.text().empty()) return title.text();
    const auto tree = read_tree(text.substr(begin));
    const std::unique_ptr<cmark_iter, FreeNode> iterator(cmark_iter_new(tree.get()));
    while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE) {
        auto* node = cmark_iter_get_node(iterator.get());
        if (cmark_iter_get_event_type(iterator.get()) == CMARK_EVENT_ENTER &&
            cmark_node_get_type(node) == CMARK_NODE_HEADING)
            add_text(node, title);
        if (!title.text().empty()) break;
    }
    return title.text();
}

}  // namespace paywall::markdown
