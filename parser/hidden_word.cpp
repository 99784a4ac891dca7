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
std::string lower_of(std::string_view bytes) {
    std::string letters(bytes);
    constexpr std::size_t step = 64;
    std::array<char, step> part;
    std::size_t at = 0;
    for (; at + step <= letters.size(); at += step) {
        std::memcpy(part.data(), letters.data() + at, step);
        for (char& c : part) c = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 0x20 : 0));
        std::memcpy(letters.data() + at, part.data(), step);
    }
    for (; at < letters.size(); ++at) letters[at] = lower(letters[at]);
    return letters;
}

/// In lower case; NULs, of which UTF-16 and UTF-32 put one or three beside every ASCII letter, are
/// left out.
std::string letters_of(std::string_view bytes) {
    if (bytes.find('\0') == std::string_view::npos) return lower_of(bytes);
    std::string letters(bytes.size(), '\0');
    std::size_t length = 0;
    for (const char c : bytes) {
        letters[length] = lower(c);
        length += c == '\0' ? 0U : 1U;
    }
    letters.resize(length);
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

/// The needles of which there are more in the bytes than in the text. Most bytes hold none.
std::vector<std::string> hidden_needles(std::string_view in_bytes, std::string_view utf8,
                                        const Dialect& dialect) {
    auto needles = needles_of(dialect);
    std::erase_if(needles, [&](const std::string& needle) {
        const auto places = places_of(in_bytes, needle);
        return places.empty() || places.size() <= places_of(letters_of(utf8), needle).size();
    });
    return needles;
}

}  // namespace

bool hides_word(std::string_view bytes, std::string_view utf8, const Dialect& dialect) {
    return !hidden_needles(letters_of(bytes), utf8, dialect).empty();
}

std::optional<Span> find_hidden_word(const Text& text, const Dialect& dialect) {
    if (text.encoding() == "UTF-8") return std::nullopt;
    const auto in_bytes = letters_of(text.bytes());
    for (const auto& needle : hidden_needles(in_bytes, text.utf8(), dialect)) {
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
