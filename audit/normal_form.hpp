#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace paywall::audit {

/// What a code point comes to when texts are compared: NFKC with case folding, without white
/// space, punctuation (ASCII's symbols are counted to it, as CommonMark does), format and control
/// characters; kept decomposed (NFD), so that what a code point comes to does not depend on its
/// neighbours but for the order of combining marks. From ICU's data, looked up once for each block
/// of 256 code points. For one thread.
class NormalForm {
public:
    /// At most three bytes of UTF-8, or `dear`: more, or a combining mark first.
    struct Entry {
        static constexpr std::uint8_t dear = 0xFF;
        std::uint8_t length = 0;
        std::array<char, 3> bytes{};
    };

    [[nodiscard]] Entry entry(char32_t c) {
        auto& page = pages_[c >> 8];
        if (!page) page = make_page(c >> 8);
        return (*page)[c & 0xFF];
    }
    /// Of an entry that is dear.
    [[nodiscard]] const std::string& dear(char32_t c) const { return dear_.at(c); }

private:
    using Page = std::array<Entry, 256>;
    [[nodiscard]] std::unique_ptr<Page> make_page(char32_t number);

    std::array<std::unique_ptr<Page>, 0x110000 / 256> pages_;
    std::unordered_map<char32_t, std::string> dear_;
};

/// How much text there is, for the threshold that a run has to reach.
struct Amount {
    /// Characters of a normalised text as people count them: composed.
    std::size_t characters = 0;
    /// The same, each Han, Kana, Hangul and Thai character counting twice. At most as many as the
    /// text has bytes.
    std::size_t units = 0;
};

/// Of text in normal form.
[[nodiscard]] Amount measure(std::string_view normal);

/// The first characters of text in normal form, composed, in UTF-8.
[[nodiscard]] std::string first_characters(std::string_view normal, std::size_t count);

}  // namespace paywall::audit
