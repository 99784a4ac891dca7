#include "parser/scan.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "parser/utf8_faults.hpp"

namespace paywall {
#ifndef PAYWALL_SCAN_PLAIN  // this file is compiled once for every instruction set
#define PAYWALL_SCAN_PLAIN
namespace {

std::array<std::uint8_t, 4> four_bytes(const char* text) {
    std::array<std::uint8_t, 4> bytes;
    std::memcpy(bytes.data(), text, bytes.size());
    return bytes;
}

bool read_plainly(const ScanPattern& pattern, const char* text, std::size_t size,
                  std::uint8_t* bits) {
    bool is_sound = true;
    std::fill_n(bits, size / 8, 0);
    for (std::size_t i = 0; i < size; ++i) {
        const bool is_candidate = pattern.matches(text + i);
        bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (is_candidate ? 1U : 0U) << i % 8);
        is_sound = is_sound && text[i] != '\0' && utf8_faults.allow(four_bytes(text + i));
    }
    return is_sound;
}

}  // namespace
#endif
}  // namespace paywall

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "parser/scan.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Each instruction set compiles this part once. The method is Hyperscan's "Teddy": two table
// look-ups a byte tell which groups its halves may belong to; a place matches where one group
// survives at every position. Halves over-approximate, so matches() confirms. Whether the bytes
// are UTF-8 is told from the same halves (Utf8Faults), three bytes on.
HWY_BEFORE_NAMESPACE();
namespace paywall::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

bool read_stretch(const ScanPattern& pattern, const char* text, std::size_t size,
                  std::uint8_t* bits) {
    const hn::ScalableTag<std::uint8_t> d;
    if (hn::Lanes(d) < 16) return read_plainly(pattern, text, size, bits);
    const auto low_half = hn::Set(d, 0x0F);
    // Loaded once: for all the compiler knows, storing to `bits` may change the tables.
    const auto table = [&](const auto& entries)
                           HWY_ATTR { return hn::LoadDup128(d, entries.data()); };
    const auto low0 = table(pattern.low()[0]), high0 = table(pattern.high()[0]);
    const auto low1 = table(pattern.low()[1]), high1 = table(pattern.high()[1]);
    const auto low2 = table(pattern.low()[2]), high2 = table(pattern.high()[2]);
    const auto first_high = table(utf8_faults.first_high);
    const auto first_low = table(utf8_faults.first_low);
    const auto second_high = table(utf8_faults.second_high);
    // Less this, leads of so many bytes still have the highest bit set, and no others have.
    const auto below_three = hn::Set(d, Utf8Faults::lead_of_three - Utf8Faults::two_tails);
    const auto below_four = hn::Set(d, Utf8Faults::lead_of_four - Utf8Faults::two_tails);
    const auto two_tails = hn::Set(d, Utf8Faults::two_tails);
    const auto load = [&](const char* place) HWY_ATTR {
        return hn::LoadU(d, reinterpret_cast<const std::uint8_t*>(place));
    };
    const auto look_up = [&](auto low_table, auto low, auto high_table, auto high) HWY_ATTR {
        return hn::And(hn::TableLookupBytes(low_table, low),
                       hn::TableLookupBytes(high_table, high));
    };
    constexpr std::size_t ahead = 4096;  // memory is asked for so early that it is there in time
    auto faults = hn::Zero(d);
    auto least = low_half;
    for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
        const auto* const place = text + i;
        hwy::Prefetch(place + ahead);
        const auto byte0 = load(place), byte1 = load(place + 1);
        const auto byte2 = load(place + 2), byte3 = load(place + 3);
        const auto half0 = hn::ShiftRight<4>(byte0), half1 = hn::ShiftRight<4>(byte1);
        const auto half2 = hn::ShiftRight<4>(byte2), half3 = hn::ShiftRight<4>(byte3);
        const auto rest2 = hn::And(byte2, low_half);
        const auto groups0 = look_up(low0, hn::And(byte0, low_half), high0, half0);
        const auto groups1 = look_up(low1, hn::And(byte1, low_half), high1, half1);
        const auto groups2 = look_up(low2, rest2, high2, half2);
        const auto groups = hn::And(hn::And(groups0, groups1), groups2);
        bits += hn::StoreMaskBits(d, hn::Ne(groups, hn::Zero(d)), bits);
        const auto wanted = hn::And(two_tails, hn::Or(hn::SaturatedSub(byte1, below_three),
                                                      hn::SaturatedSub(byte0, below_four)));
        const auto found = hn::And(look_up(first_low, rest2, first_high, half2),
                                   hn::TableLookupBytes(second_high, half3));
        faults = hn::Or(faults, hn::Xor(found, wanted));
        least = hn::Min(least, byte0);
    }
    return hn::AllTrue(d, hn::Eq(faults, hn::Zero(d))) &&
           hn::AllTrue(d, hn::Ne(least, hn::Zero(d)));
}

}  // namespace paywall::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paywall {

HWY_EXPORT(read_stretch);

void ScanPattern::add(std::size_t group, const Shape& shape) {
    assert(shape.size() <= longest);
    const auto bit = std::uint64_t{1} << shape_count_;
    if (shape_count_ < most_shapes - 1) ++shape_count_;
    for (std::size_t position = 0; position < longest; ++position) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            if (position < shape.size() && !shape[position][byte]) continue;
            shapes_[position][byte] |= bit;
            if (position < shape.size()) join(group, position, byte);
        }
    }
    join_any(group, shape.size());
}

void ScanPattern::add(std::size_t group, char32_t c) {
    const auto tail = [](char32_t bits) { return 0x80 | (bits & 0x3F); };
    std::array<char32_t, 4> code = {c};
    std::size_t length = 1;
    if (c >= 0x80) length = 2, code = {0xC0 | c >> 6, tail(c)};
    if (c >= 0x800) length = 3, code = {0xE0 | c >> 12, tail(c >> 6), tail(c)};
    if (c >= 0x10000) length = 4, code = {0xF0 | c >> 18, tail(c >> 12), tail(c >> 6), tail(c)};
    for (std::size_t position = 0; position < length; ++position) {
        join(group, position, code[position]);
    }
    join_any(group, length);
    code_points_[c] = true;
}

void ScanPattern::join(std::size_t group, std::size_t position, std::size_t byte) {
    if (position >= width) return;
    const auto bit = static_cast<std::uint8_t>(1U << group);
    low_[position][byte & 0x0F] |= bit;
    high_[position][byte >> 4] |= bit;
}

/// From this position on the group holds every byte.
void ScanPattern::join_any(std::size_t group, std::size_t from) {
    for (auto position = from; position < width; ++position) {
        for (std::size_t half = 0; half < 16; ++half) {
            join(group, position, half);
            join(group, position, half << 4);
        }
    }
}

/// The code point that the UTF-8 sequence at `place` gives; some code point for other bytes.
static char32_t code_point_at(const char* place) {
    const auto byte = [&](std::size_t i) -> char32_t {
        return static_cast<unsigned char>(place[i]);
    };
    const auto tail = [&](std::size_t i) { return byte(i) & 0x3F; };
    if (byte(0) < 0xC0) return byte(0);
    if (byte(0) < 0xE0) return (byte(0) & 0x1F) << 6 | tail(1);
    if (byte(0) < 0xF0) return (byte(0) & 0x0F) << 12 | tail(1) << 6 | tail(2);
    const auto c = (byte(0) & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3);
    return std::min<char32_t>(0x10FFFF, c);
}

bool ScanPattern::matches(const char* place) const {
    const auto shapes_at = [&](std::size_t i) {
        return shapes_[i][static_cast<unsigned char>(place[i])];
    };
    const auto left = shapes_at(0) & shapes_at(1) & shapes_at(2);
    if (left != 0 && (left & shapes_at(3) & shapes_at(4) & shapes_at(5)) != 0) return true;
    const auto lead = static_cast<unsigned char>(*place);
    return (lead >= 0xC0 || lead < 0x20) && code_points_[code_point_at(place)];
}

std::size_t length_of_run(std::string_view text, std::size_t unit) {
    auto end = unit;
    const bool is_run = end + unit <= text.size() && text[end] == text.front() &&
                        text[end + unit - 1] == text[unit - 1];
    if (!is_run) return end;  // as most are
    // What repeats is equal to itself one unit further on.
    constexpr std::size_t step = 1024;
    while (end + step <= text.size() && text.substr(end, step) == text.substr(end - unit, step)) {
        end += step;
    }
    while (end < text.size() && text[end] == text[end - unit]) ++end;
    return end - end % unit;
}

Scanner::Scanner(const ScanPattern& pattern, std::string_view text, ScanMethod method)
    : pattern_(pattern), text_(text), method_(method) {
    // A block is asked about its fourth byte first, as if the text went on from something.
    std::array<char, 6> start{};
    text.copy(start.data() + 3, 3);
    for (std::size_t i = 0; i < 3; ++i) {
        is_sound_ = is_sound_ && utf8_faults.allow(four_bytes(start.data() + i));
    }
}

std::size_t Scanner::next(std::size_t from) {
    const bool is_known = found_ > from || (found_ == from && is_match_);
    if (!is_known) found_ = find(from);
    return found_;
}

std::size_t Scanner::find(std::size_t from) {
    is_match_ = true;
    const auto limit = from + stride;
    for (; from < text_.size() && from < limit; from = end_) {
        while (from >= end_) read_block();
        auto word = (from - start_) / 64;
        auto left = bits_[word] & ~std::uint64_t{0} << (from - start_) % 64;
        for (;; left = bits_[word]) {
            for (; left != 0; left &= left - 1) {
                const auto place = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
                if (pattern_.matches(block_ + place)) return start_ + place;
            }
            do {
                ++word;
            } while (word < words_ && bits_[word] == 0);
            if (word == words_) break;
        }
    }
    is_match_ = false;
    return std::min(from, text_.size());
}

bool Scanner::finish() {
    while (is_sound_ && end_ < text_.size()) read_block();
    return is_sound_;
}

/// The next one.
void Scanner::read_block() {
    static_assert(sizeof(Bits) == block_size / 8 && std::endian::native == std::endian::little,
                  "mask bytes are read as 64-bit words");
    start_ = end_;
    end_ = start_ + block_size;
    words_ = bits_.size();
    block_ = text_.data() + start_;
    if (const auto rest = text_.size() - start_; rest < padded_.size()) {
        words_ = std::min(words_, rest / 64 + 1);
        std::memcpy(padded_.data(), block_, rest);
        std::memset(padded_.data() + rest, padding, std::max(words_ * 64 + ahead, rest) - rest);
        block_ = padded_.data();
        end_ = start_ + std::min(rest, block_size);
    }
    auto* const bits = reinterpret_cast<std::uint8_t*>(bits_.data());
    const auto size = words_ * 64;
    const bool is_sound = method_ == ScanMethod::plain
                              ? read_plainly(pattern_, block_, size, bits)
                              : HWY_DYNAMIC_DISPATCH(read_stretch)(pattern_, block_, size, bits);
    is_sound_ = is_sound_ && is_sound;
}

}  // namespace paywall
#endif
