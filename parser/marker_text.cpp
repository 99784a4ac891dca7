#include "parser/marker_text.hpp"

#include <algorithm>

namespace paywall {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}

bool begins_with(std::string_view text, std::string_view part, Letters letters) {
    if (letters == Letters::exact) return text.starts_with(part);
    return std::ranges::equal(text.substr(0, part.size()), part, {}, lower, lower);
}

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Bytes of white space at the start of a text, as the padding allows; nothing if it does not.
std::optional<std::size_t> read_padding(Padding padding, std::string_view text) {
    if (padding == Padding::none) return 0;
    if (padding == Padding::one) return text.starts_with(' ') ? 1 : 0;
    const auto length =
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_space) - text.begin());
    if (length == 0 && padding == Padding::some) return std::nullopt;
    return length;
}

bool begins_line(std::string_view text, std::size_t at) {
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

/// Of a line's marker the rest of the line is a part.
std::size_t end_of_line(std::string_view text, std::size_t at) {
    return std::min(text.find_first_of("\r\n", at), text.size());
}

bool continues_word(std::string_view text) {
    if (text.empty()) return false;
    const char c = lower(text.front());
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

bool is_fixed(const Marker& marker) {
    return marker.attributes == Syntax::none && marker.padding == Padding::none &&
           marker.form != Form::line;
}

std::optional<WrittenMarker> read_marker(const Marker& marker, std::string_view text,
                                         std::size_t at) {
    const bool is_line = marker.form == Form::line;
    if (is_line && !marker.before.empty() && !begins_line(text, at)) return std::nullopt;
    const auto whole = text;
    auto rest = text.substr(std::min(at, text.size()));
    const auto start = rest;
    if (!begins_with(rest, marker.before, marker.letters)) return std::nullopt;
    rest.remove_prefix(marker.before.size());
    rest = rest.substr(0, marker.word.size() + attribute_limit);
    auto padding = marker.before.empty() ? 0 : read_padding(marker.padding, rest);
    if (!padding) return std::nullopt;
    rest.remove_prefix(*padding);
    if (!begins_with(rest, marker.word, marker.letters)) return std::nullopt;
    rest.remove_prefix(marker.word.size());
    if (is_line) {
        if (continues_word(rest)) return std::nullopt;
        const auto end = end_of_line(whole, static_cast<std::size_t>(rest.data() - whole.data()));
        return WrittenMarker{end - at, {}};
    }
    auto attributes = read_attributes(marker.attributes, rest, marker.after);
    if (!attributes) return std::nullopt;
    rest.remove_prefix(attributes->length);
    padding = read_padding(marker.padding, rest);
    if (!padding) return std::nullopt;
    rest.remove_prefix(*padding);
    if (!begins_with(rest, marker.after, marker.letters)) return std::nullopt;
    rest.remove_prefix(marker.after.size());
    const auto length = static_cast<std::size_t>(rest.data() - start.data());
    return WrittenMarker{length, std::move(*attributes)};
}

}  // namespace paywall
