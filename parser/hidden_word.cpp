#include "parser/hidden_word.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "parser/fold.hpp"

namespace paywall {
namespace {

char lower(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 ? detail::ascii_folds.lower[byte] : c;
}

/// Whole text in lower case, in steps that a compiler can make vectors of.
void add_lower(std::string_view bytes, std::string& letters) {
    const auto begin = letters.size();
    letters += bytes;
    constexpr std::size_t step = 64;
    std::array<char, step> part;
    auto at = begin;
    for (; at + step <= letters.size(); at += step) {
        std::memcpy(part.data(), letters.data() + at, step);
        for (char& c : part) c = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 0x20 : 0));
        std::memcpy(letters.data() + at, part.data(), step);
    }
    for (; at < letters.size(); ++at) letters[at] = lower(letters[at]);
}

/// In lower case; NULs, of which UTF-16 and UTF-32 put one or three beside every ASCII letter, are
/// left out.
void add_letters(std::string_view bytes, std::string& letters) {
    if (bytes.find('\0') == std::string_view::npos) return add_lower(bytes, letters);
    auto length = letters.size();
    letters.resize(length + bytes.size());
    for (const char c : bytes) {
        letters[length] = lower(c);
        length += c == '\0' ? 0U : 1U;
    }
    letters.resize(length);
}

std::string letters_of(std::string_view bytes) {
    std::string letters;
    add_letters(bytes, letters);
    return letters;
}

std::vector<std::size_t> places_of(std::string_view text, std::string_view word) {
    std::vector<std::size_t> places;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        places.push_back(at);
    }
    return places;
}

/// The place in the bytes of the letter of that number.
std::size_t place_of_letter(std::string_view bytes, std::size_t number) {
    std::size_t at = 0;
    for (; at < bytes.size(); ++at) {
        if (bytes[at] != '\0' && number-- == 0) break;
    }
    return at;
}

std::string needle_of(const Marker& marker) {
    return word_kind(marker) == WordKind::distinctive ? marker.word : marker.word + marker.after;
}

std::vector<std::string> needles_of(const Dialect& dialect) {
    std::vector<std::string> needles;
    for (const auto& marker : dialect.markers) {
        auto needle = letters_of(needle_of(marker));
        if (std::ranges::find(needles, needle) == needles.end()) needles.push_back(needle);
    }
    return needles;
}

using Counts = std::vector<std::size_t>;

/// How often it stands in a text. That may be full of what it begins with: std::string's search
/// goes from one such place to the next.
std::size_t count_of(std::string_view needle, std::string_view text) {
    std::size_t count = 0;
    while (const void* found = ::memmem(text.data(), text.size(), needle.data(), needle.size())) {
        const auto at = static_cast<const char*>(found) - text.data();
        text.remove_prefix(static_cast<std::size_t>(at) + 1);
        ++count;
    }
    return count;
}

/// How often each needle stands in a text's letters; they are read a piece at a time, as a copy of
/// a large text is dear.
Counts count_needles(std::string_view bytes, const std::vector<std::string>& needles) {
    constexpr std::size_t piece = std::size_t{32} << 10U;
    std::size_t longest = 1;
    for (const auto& needle : needles) longest = std::max(longest, needle.size());
    Counts counts(needles.size());
    std::string letters;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        letters.erase(0, letters.size() - std::min(letters.size(), longest - 1));
        const auto read = letters.size();
        add_letters(bytes.substr(at, piece), letters);
        for (std::size_t i = 0; i < needles.size(); ++i) {
            const auto& needle = needles[i];
            const auto begin = read - std::min(read, needle.size() - 1);
            counts[i] += count_of(needle, std::string_view(letters).substr(begin));
        }
    }
    return counts;
}

/// The needles of which there are more in the bytes than in the text. Most bytes hold none.
std::vector<std::string> hidden_needles(std::string_view bytes, std::string_view utf8,
                                        const Dialect& dialect) {
    const auto needles = needles_of(dialect);
    const auto in_bytes = count_needles(bytes, needles);
    if (std::ranges::all_of(in_bytes, [](std::size_t count) { return count == 0; })) return {};
    const auto in_text = count_needles(utf8, needles);
    std::vector<std::string> hidden;
    for (std::size_t i = 0; i < needles.size(); ++i) {
        if (in_bytes[i] > in_text[i]) hidden.push_back(needles[i]);
    }
    return hidden;
}

}  // namespace

bool hides_word(std::string_view bytes, std::string_view utf8, const Dialect& dialect) {
    return !hidden_needles(bytes, utf8, dialect).empty();
}

std::optional<Span> find_hidden_word(const Text& text, const Dialect& dialect) {
    if (text.encoding() == "UTF-8") return std::nullopt;
    const auto hidden = hidden_needles(text.bytes(), text.utf8(), dialect);
    if (hidden.empty()) return std::nullopt;
    const auto in_bytes = letters_of(text.bytes());
    for (const auto& needle : hidden) {
        for (const auto place : places_of(in_bytes, needle)) {
            const auto begin = place_of_letter(text.bytes(), place);
            const auto end = place_of_letter(text.bytes(), place + needle.size() - 1) + 1;
            const auto decoded = text.to_utf8(Span{begin, end - begin});
            const auto written = text.utf8().substr(decoded.offset, needle.size());
            if (!std::ranges::equal(written, needle, {}, lower)) return Span{begin, end - begin};
        }
    }
    return std::nullopt;
}

}  // namespace paywall
