#include "parser/numbers.hpp"

#include <algorithm>
#include <string>

#include "parser/folded_text.hpp"
#include "parser/utf.hpp"
#include "parser/visible_text.hpp"

namespace paywall {
namespace {

bool is_for(const Document& document, const Segment& segment, Reader::Kind reader) {
    return document.accesses.admits(segment.access, {reader, {}});
}

std::string_view trimmed(std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(" \n"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \n") + 1);
}

std::size_t count_dense(std::string_view word) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < word.size();) {
        const auto [c, length] = read_utf8(word, at);
        if (is_dense(c)) ++count;
        at += length;
    }
    return count;
}

/// The document without its markers, and where its segments end in that.
struct Joined {
    std::string text;
    std::vector<std::size_t> ends;
};

Joined join(const Document& document) {
    Joined joined;
    for (const auto& segment : document.segments) {
        const auto span = document.text.to_utf8(segment.content);
        joined.text += document.text.utf8().substr(span.offset, span.length);
        joined.ends.push_back(joined.text.size());
    }
    return joined;
}

}  // namespace

Numbers Counter::count(std::string_view visible) {
    visible = trimmed(visible);
    Numbers numbers;
    characters_.read(visible);
    while (characters_.next()) ++numbers.characters;
    numbers.characters -= static_cast<std::size_t>(std::ranges::count(visible, '\n'));
    words_.read(visible);
    std::size_t dense_characters = 0;
    std::size_t spaced_words = 0;
    std::size_t begin = 0;
    for (auto end = words_.next(); end; end = words_.next()) {
        const auto word = visible.substr(begin, *end - begin);
        begin = *end;
        if (!words_.is_word()) continue;
        ++numbers.words;
        const auto dense = count_dense(word);
        dense_characters += dense;
        if (dense == 0) ++spaced_words;
    }
    constexpr std::size_t seconds = 60;
    constexpr auto both = words_a_minute * dense_characters_a_minute;
    const auto time =
        seconds * (spaced_words * dense_characters_a_minute + dense_characters * words_a_minute);
    numbers.seconds = (time + both - 1) / both;
    return numbers;
}

std::size_t DocumentNumbers::free_percent() const {
    return percent(preview.characters, characters);
}

DocumentNumbers count_numbers(const Document& document) {
    const auto joined = join(document);
    const auto visible = read_visible(joined.text, document.content, joined.ends);
    DocumentNumbers numbers;
    Counter counter;
    std::string preview;
    std::string full;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < document.segments.size(); ++i) {
        const auto part = std::string_view(visible.text()).substr(begin, visible.ends()[i] - begin);
        numbers.segments.push_back(counter.count(part));
        if (is_for(document, document.segments[i], Reader::Kind::anonymous)) preview += part;
        if (is_for(document, document.segments[i], Reader::Kind::payer)) full += part;
        begin = visible.ends()[i];
    }
    numbers.preview = counter.count(preview);
    numbers.full = counter.count(full);
    numbers.characters = counter.count(visible.text()).characters;
    return numbers;
}

std::size_t percent(std::size_t part, std::size_t whole) {
    if (part == 0 || whole == 0) return 0;
    if (part >= whole) return 100;
    return std::clamp<std::size_t>((200 * part + whole) / (2 * whole), 1, 99);
}

}  // namespace paywall
