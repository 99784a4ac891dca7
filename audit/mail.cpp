#include "audit/mail.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "audit/base64.hpp"
#include "audit/charset.hpp"
#include "audit/escapes.hpp"

namespace paywall::audit {
namespace {

constexpr std::array<std::string_view, 11> fields = {
    "received:",   "mime-version:", "content-type:", "content-transfer-encoding:",
    "subject:",    "from:",         "to:",           "date:",
    "message-id:", "delivered-to:", "return-path:"};

bool is_field(std::string_view line) {
    return std::ranges::any_of(fields, [&](std::string_view field) {
        return line.size() > field.size() &&
               std::equal(field.begin(), field.end(), line.begin(),
                          [](char one, char other) { return one == (other | 0x20); });
    });
}

/// `=?utf-8?B?…?=`.
struct EncodedWord {
    std::string charset;
    char way;
    std::string_view text;
    std::size_t end;
};
std::optional<EncodedWord> read_encoded_word(std::string_view text, std::size_t at) {
    constexpr std::size_t longest_charset = 40;
    const std::size_t charset_end = text.find('?', at + 2);
    if (charset_end == text.npos || charset_end - at > longest_charset ||
        charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
        return std::nullopt;
    const std::size_t begin = charset_end + 3;
    const std::size_t end = text.find("?=", begin);
    if (end == text.npos) return std::nullopt;
    std::string charset(text.substr(at + 2, charset_end - at - 2));
    charset.resize(std::min(charset.find('*'), charset.size()));  // a language (RFC 2231)
    return EncodedWord{std::move(charset), text[charset_end + 1], text.substr(begin, end - begin),
                       end + 2};
}

std::string decode(const EncodedWord& word) {
    if ((word.way | 0x20) == 'b') return decode_base64(word.text);
    std::string text = decode_escapes(word.text, Escapes::quoted_printable).text();
    std::ranges::replace(text, '_', ' ');
    return text;
}

}  // namespace

bool is_mail(std::string_view text) {
    constexpr std::size_t most_lines = 64;
    std::size_t found = 0;
    for (std::size_t lines = 0; lines < most_lines && !text.empty() && found < 2; ++lines) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (is_field(text.substr(0, end))) ++found;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found >= 2;
}

Derived decode_encoded_words(std::string_view text) {
    Derived derived;
    std::string bytes;  // of words in a row: a character may begin in one and end in the next
    std::string charset;
    std::size_t begin = 0;
    const auto flush = [&] {
        if (!bytes.empty()) derived.put(decode_lossy(bytes, charset).text(), begin, 0);
        bytes.clear();
    };
    std::size_t seen = 0;
    for (std::size_t at = 0; (at = text.find("=?", at)) != text.npos;) {
        const auto word = read_encoded_word(text, at);
        if (!word) {
            ++at;
            continue;
        }
        const auto between = text.substr(seen, at - seen);
        const bool goes_on = between.find_first_not_of(" \t\r\n") == between.npos;
        if (!goes_on || word->charset != charset) flush();
        if (bytes.empty()) {
            derived.copy(between, seen);
            charset = word->charset;
            begin = at;
        }
        bytes += decode(*word);
        seen = at = word->end;
    }
    if (seen == 0) return {};
    flush();
    derived.copy(text.substr(seen), seen);
    return derived;
}

}  // namespace paywall::audit
