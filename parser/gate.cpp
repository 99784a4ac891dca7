#include "parser/gate.hpp"

#include <algorithm>

namespace paywall {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(" \t\r"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

std::string_view without_quotes(std::string_view value) {
    if (value.size() < 2 || value.front() != value.back()) return value;
    return value.front() == '"' || value.front() == '\'' ? value.substr(1, value.size() - 2)
                                                         : value;
}

std::string_view without_comment(std::string_view value) {
    const auto sign = value.find(" #");
    return trimmed(value.substr(0, sign));
}

/// What follows the key on its line; nothing if the line is another key's.
std::optional<std::string_view> value_on(std::string_view line, std::string_view key, char sign) {
    line = without_comment(line);
    const auto quoted = line.starts_with('"') || line.starts_with('\'');
    if (quoted) line.remove_prefix(1);
    if (!line.starts_with(key)) return std::nullopt;
    line.remove_prefix(key.size());
    if (quoted && !line.empty()) line.remove_prefix(1);
    line = trimmed(line);
    if (!line.starts_with(sign)) return std::nullopt;
    return without_quotes(trimmed(line.substr(1)));
}

}  // namespace

std::optional<GateValue> read_gate(const Gate& gate, std::string_view text) {
    const bool is_yaml = text.starts_with("---\n") || text.starts_with("---\r\n");
    const bool is_toml = text.starts_with("+++\n") || text.starts_with("+++\r\n");
    if (gate.key.empty() || (!is_yaml && !is_toml)) return std::nullopt;
    const auto fence = text.substr(0, 3);
    std::optional<GateValue> found;
    for (auto at = text.find('\n') + 1; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text.substr(at, end - at);
        if (trimmed(line) == fence) return found;
        if (const auto value = value_on(line, gate.key, is_yaml ? ':' : '=')) {
            const auto offset = static_cast<std::size_t>(value->data() - text.data());
            if (found) return GateValue{line, {at, line.size()}};  // twice
            found = GateValue{*value, {offset, value->size()}};
        }
        at = end + 1;
    }
    return std::nullopt;  // it never ends: it is no front matter
}

}  // namespace paywall
