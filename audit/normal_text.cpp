#include "audit/normal_text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "parser/utf.hpp"

namespace paywall::audit {
namespace {

/// ASCII in normal form: letters and digits, in lower case; 0 for what is dropped.
constexpr auto ascii_forms = [] {
    std::array<char, 128> forms{};
    for (char c = '0'; c <= '9'; ++c) forms[static_cast<std::size_t>(c)] = c;
    for (char c = 'a'; c <= 'z'; ++c) {
        forms[static_cast<std::size_t>(c)] = c;
        forms[static_cast<std::size_t>(c - 0x20)] = c;
    }
    return forms;
}();

/// Where the character that ends at `end` begins.
std::size_t before(const char* text, std::size_t end) {
    while (end > 0 && (static_cast<unsigned char>(text[--end]) & 0xC0U) == 0x80) {
    }
    return end;
}

std::uint8_t combining_class(std::string_view text, std::size_t at) {
    const auto character = read_utf8(text, at);
    if (character.code_point == Character::invalid) return 0;
    return u_getCombiningClass(static_cast<UChar32>(character.code_point));
}

}  // namespace

NormalText::NormalText(NormalForm& form) : form_(&form), buffer_(std::size_t{4} << 10) {}

void NormalText::clear() {
    size_ = 0;
    pieces_.clear();
}

void NormalText::reserve(std::size_t more) {
    if (size_ + more > buffer_.size()) buffer_.resize(std::max(size_ + more, buffer_.size() * 2));
}

void NormalText::append(std::string_view text, std::size_t origin) {
    const std::size_t begin = size_;
    add(text);
    if (size_ > begin) pieces_.push_back({begin, origin, text});
}

void NormalText::append_decoded(std::string_view text, std::size_t origin) {
    const std::size_t begin = size_;
    add(text);
    if (size_ > begin) pieces_.push_back({begin, origin, {}});
}

void NormalText::separate() {
    if (size_ == 0 || buffer_[size_ - 1] == separator) return;
    reserve(1);
    buffer_[size_++] = separator;
}

void NormalText::add(std::string_view text) {
    constexpr std::size_t slice = std::size_t{16} << 10;
    while (text.size() > slice) {
        const std::size_t length = before(text.data(), slice + 1);
        const std::size_t end = length > slice - 4 ? length : slice;  // bytes that are no UTF-8
        add_slice(text.substr(0, end));
        text.remove_prefix(end);
    }
    add_slice(text);
}

void NormalText::add_slice(std::string_view text) {
    reserve(2 * text.size());  // a character of two bytes comes to three at most
    std::size_t at = 0;
    while (at < text.size()) {
        char* out = buffer_.data() + size_;
        for (; at < text.size(); ++at) {
            const auto byte = static_cast<unsigned char>(text[at]);
            if (byte >= 0x80) break;
            *out = ascii_forms[byte];
            out += ascii_forms[byte] != 0 ? 1 : 0;
        }
        size_ = static_cast<std::size_t>(out - buffer_.data());
        while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80)
            at = add_character(text, at);
    }
}

/// Adds a character that is not ASCII; gives where the next begins.
std::size_t NormalText::add_character(std::string_view text, std::size_t at) {
    const auto character = read_utf8(text, at);
    if (character.code_point == Character::invalid) {
        separate();
        return at + character.length;
    }
    const auto entry = form_->entry(character.code_point);
    if (entry.length == NormalForm::Entry::dear) {
        add_dear(form_->dear(character.code_point));
        reserve(2 * (text.size() - at));
    } else {
        std::memcpy(buffer_.data() + size_, entry.bytes.data(), entry.bytes.size());
        size_ += entry.length;
    }
    return at + character.length;
}

void NormalText::add_dear(std::string_view form) {
    reserve(form.size());
    for (std::size_t at = 0; at < form.size();) {
        const std::size_t length = read_utf8(form, at).length;
        add_mark(form.substr(at, length));
        at += length;
    }
}

/// Puts a character behind all that have no greater combining class (Unicode, 3.11: canonical
/// ordering); one that is no combining mark goes to the end.
void NormalText::add_mark(std::string_view mark) {
    const auto own = combining_class(mark, 0);
    std::size_t at = size_;
    while (own != 0 && at > 0) {
        const std::size_t previous = before(buffer_.data(), at);
        if (combining_class(bytes(), previous) <= own) break;
        at = previous;
    }
    std::memmove(buffer_.data() + at + mark.size(), buffer_.data() + at, size_ - at);
    std::memcpy(buffer_.data() + at, mark.data(), mark.size());
    size_ += mark.size();
}

std::size_t NormalText::origin(std::size_t offset) const {
    const auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::begin);
    if (after == pieces_.begin()) return 0;
    const Piece& piece = *(after - 1);
    // Normal forms do not depend on neighbours: character by character up to the one asked for.
    NormalText again(*form_);
    for (std::size_t at = 0; at < piece.text.size();) {
        const std::size_t length = read_utf8(piece.text, at).length;
        again.add(piece.text.substr(at, length));
        if (again.size_ > offset - piece.begin) return piece.origin + at;
        at += length;
    }
    return piece.origin;
}

}  // namespace paywall::audit
