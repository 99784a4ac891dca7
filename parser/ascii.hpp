#pragma once

#include <string_view>

namespace paywall {

// What a byte of UTF-8 is, or begins.

constexpr bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// A letter or digit.
constexpr bool is_ascii_word(char c) {
    return is_ascii_letter(c) || (c >= '0' && c <= '9');
}
/// Of an ASCII letter, or the first of a Han character? (And of some others of East Asia.)
constexpr bool begins_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    const auto lower = static_cast<unsigned char>(byte | 0x20U);
    const bool is_han = static_cast<unsigned char>(byte - 0xE4U) < 6;
    const bool is_ascii = static_cast<unsigned char>(lower - 'a') < 26;
    return is_han | is_ascii;  // without a branch: it is asked of every byte
}

/// Is it in the set? For one shorter than what a library's search is made for.
constexpr bool is_one_of(char c, std::string_view set) {
    for (const char one : set) {
        if (one == c) return true;
    }
    return false;
}

}  // namespace paywall
