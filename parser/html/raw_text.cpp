#include "parser/html/raw_text.hpp"

#include <algorithm>

namespace paywall::html {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}

/// Does `prefix`, the name and what ends a tag's name stand at a place?
bool is_tag_at(std::string_view text, std::size_t at, std::string_view prefix,
               std::string_view name) {
    const auto end = at + prefix.size() + name.size();
    if (end >= text.size() || !text.substr(at).starts_with(prefix)) return false;
    return std::ranges::equal(text.substr(at + prefix.size(), name.size()), name, {}, lower,
                              lower) &&
           std::string_view("\t\n\f\r />").find(text[end]) != std::string_view::npos;
}

/// The script data states: within `<!--` a `<script>` hides the next `</script>`.
std::size_t script_end(std::string_view text, std::size_t begin) {
    enum class State { plain, escaped, doubly_escaped } state = State::plain;
    for (auto at = begin; at < text.size(); ++at) {
        at = text.find_first_of(state == State::plain ? "<" : "<-", at);
        if (at == std::string_view::npos) break;
        const auto rest = text.substr(at);
        if (state == State::plain && rest.starts_with("<!--")) {
            state = State::escaped;
            at += 1;  // its own dashes may be those of `-->`
        } else if (state != State::plain && rest.starts_with("-->")) {
            state = State::plain;
        } else if (is_tag_at(text, at, "</", "script")) {
            if (state != State::doubly_escaped) return at;
            state = State::escaped;
        } else if (state == State::escaped && is_tag_at(text, at, "<", "script")) {
            state = State::doubly_escaped;
        }
    }
    return text.size();
}

}  // namespace

TextModel detail::raw_text_model_of(Element element) {
    switch (element) {
        case Element::script:
            return TextModel::script;
        case Element::textarea:
        case Element::title:
            return TextModel::rcdata;
        case Element::style:
        case Element::xmp:
        case Element::iframe:
        case Element::noembed:
        case Element::noframes:
        case Element::noscript:
            return TextModel::raw_text;
        case Element::plaintext:
            return TextModel::plaintext;
        default:
            return TextModel::data;
    }
}

std::size_t raw_text_end(std::string_view text, std::size_t begin, TextModel model,
                         std::string_view name) {
    if (model == TextModel::plaintext) return text.size();
    if (model == TextModel::script) return script_end(text, begin);
    for (auto at = begin; (at = text.find("</", at)) != std::string_view::npos; ++at) {
        if (is_tag_at(text, at, "</", name)) return at;
    }
    return text.size();
}

}  // namespace paywall::html
