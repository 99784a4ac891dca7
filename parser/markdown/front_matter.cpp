#include "parser/markdown/front_matter.hpp"

#include <algorithm>

namespace paywall::markdown {
namespace {

/// The line that begins at `at`, with its end.
std::string_view line_at(std::string_view text, std::size_t at) {
    const auto end = text.find('\n', at);
    return text.substr(at, end == text.npos ? text.npos : end + 1 - at);
}

std::string_view trim_end(std::string_view line) {
    while (!line.empty() && std::string_view(" \t\r\n").find(line.back()) != std::string_view::npos)
        line.remove_suffix(1);
    return line;
}

std::size_t fenced_length(std::string_view text, std::string_view fence) {
    for (auto at = line_at(text, 0).size(); at < text.size();) {
        const auto line = line_at(text, at);
        at += line.size();
        const auto mark = trim_end(line);
        if (mark == fence || (fence == "---" && mark == "...")) return at;
    }
    return 0;
}

/// Up to the brace that closes the first; braces in strings do not count.
std::size_t object_length(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\') ++at;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth == 0) {
            const auto line = line_at(text, at);
            return trim_end(line) == "}" ? at + line.size() : 0;
        }
    }
    return 0;
}

}  // namespace

std::size_t front_matter_length(std::string_view text) {
    const auto first = trim_end(line_at(text, 0));
    if (first == "---" || first == "+++") return fenced_length(text, first);
    if (!first.starts_with('{')) return 0;
    const auto inner = first.find_first_not_of(" \t", 1);
    return inner == first.npos || first[inner] == '"' ? object_length(text) : 0;
}

}  // namespace paywall::markdown
