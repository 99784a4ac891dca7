#include "audit/place_names.hpp"

#include <algorithm>
#include <array>

#include "audit/markup.hpp"

namespace paywall::audit {
namespace {

constexpr std::string_view blanks = " \t\r\n\f/";
constexpr std::size_t longest_name = 40;

/// Elements without contents (WHATWG HTML, 13.1.2).
constexpr std::array<std::string_view, 14> void_elements = {
    "area",  "base", "br",   "col",   "embed",  "hr",    "img",
    "input", "link", "meta", "param", "source", "track", "wbr"};

std::string name_of(std::string_view tag) {
    if (tag.starts_with('/')) tag.remove_prefix(1);
    std::string name(tag.substr(0, std::min(tag.find_first_of(blanks), longest_name)));
    std::ranges::replace_if(
        name, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; }, '?');
    return name;
}

/// The name before the last `=` that stands before the place.
std::string attribute_at(std::string_view tag, std::size_t place) {
    std::size_t name_begin = 0;
    std::size_t name_end = 0;
    for (std::size_t i = 0; i < std::min(place, tag.size()); ++i) {
        if (tag[i] != '=') continue;
        const std::size_t before = tag.find_last_of(" \t\r\n\f\"'", i);
        name_begin = before == tag.npos ? 0 : before + 1;
        name_end = i;
        std::size_t value = i + 1;
        while (value < tag.size() && tag[value] == ' ') ++value;
        if (value == tag.size() || (tag[value] != '"' && tag[value] != '\'')) continue;
        const std::size_t close = tag.find(tag[value], value + 1);
        if (close == tag.npos || close >= place) break;
        i = close;
    }
    return name_of(tag.substr(name_begin, name_end - name_begin));
}

class Namer : public MarkupParts {
public:
    Namer(std::string_view text, const std::vector<std::size_t>& offsets)
        : text_(text), offsets_(offsets) {}

    void text(std::string_view part) override {
        take(part, [this](std::size_t) { return innermost(); });
    }
    void comment(std::string_view part) override {
        take(part, [](std::size_t) { return std::string("comment"); });
    }
    void raw(std::string_view name, std::string_view part) override {
        take(part, [name](std::size_t) { return std::string(name); });
        if (!open_.empty()) open_.pop_back();
    }
    void tag(std::string_view part) override {
        const std::string name = name_of(part);
        take(part, [&](std::size_t place) {
            const std::string attribute = attribute_at(part, place);
            return attribute.empty() ? name : name + " " + attribute;
        });
        if (part.starts_with('/')) return close(name);
        const bool stays_open = !part.ends_with('/') && !part.starts_with('!') &&
                                !part.starts_with('?') &&
                                std::ranges::find(void_elements, name) == void_elements.end();
        if (stays_open && open_.size() < deepest) open_.push_back(name);
    }

    [[nodiscard]] std::vector<std::string> take_names() {
        names_.resize(offsets_.size());
        return std::move(names_);
    }

private:
    static constexpr std::size_t deepest = 256;

    template <typename Name>
    void take(std::string_view part, const Name& name) {
        const auto begin = static_cast<std::size_t>(part.data() - text_.data());
        while (names_.size() < offsets_.size() && offsets_[names_.size()] < begin + part.size()) {
            const std::size_t offset = offsets_[names_.size()];
            names_.push_back(name(offset < begin ? 0 : offset - begin));
        }
    }

    /// An end tag closes what was left open inside; one of nothing closes nothing.
    void close(const std::string& name) {
        const auto found = std::find(open_.rbegin(), open_.rend(), name);
        if (found != open_.rend()) open_.erase((found + 1).base(), open_.end());
    }

    [[nodiscard]] std::string innermost() const { return open_.empty() ? "" : open_.back(); }

    std::string_view text_;
    const std::vector<std::size_t>& offsets_;
    std::vector<std::string> names_;
    std::vector<std::string> open_;
};

}  // namespace

std::vector<std::string> names_of_places(std::string_view text,
                                         const std::vector<std::size_t>& offsets) {
    Namer namer(text, offsets);
    split_markup(text, namer);
    return namer.take_names();
}

/// Where the string ends that begins with the quote at `at`: behind its quote.
std::size_t string_end(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
    return std::min(at + 1, text.size());
}

std::vector<std::string> keys_of_places(std::string_view text,
                                        const std::vector<std::size_t>& offsets) {
    std::vector<std::string> names;
    std::string key;
    for (std::size_t at = 0; at < text.size() && names.size() < offsets.size();) {
        const std::size_t begin = text[at] == '"' ? at : std::min(text.find('"', at), text.size());
        const std::size_t end = begin == text.size() ? begin : string_end(text, begin);
        const std::size_t next = text.find_first_not_of(" \t\r\n", end);
        if (next != text.npos && text[next] == ':' && end > begin + 1)
            key = name_of(text.substr(begin + 1, end - begin - 2));
        while (names.size() < offsets.size() && offsets[names.size()] < end) names.push_back(key);
        at = std::max(end, at + 1);
    }
    names.resize(offsets.size());
    return names;
}

}  // namespace paywall::audit
