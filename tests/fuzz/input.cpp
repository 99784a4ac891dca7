#include "tests/fuzz/input.hpp"

#include <array>

namespace paywall::fuzz {
namespace {

constexpr std::array encodings{
    "",         "UTF-8",        "GB18030",    "UTF-16LE",         "UTF-16BE", "UTF-32LE",
    "UTF-32BE", "windows-1252", "ISO-8859-1", "Shift_JIS",        "Big5",     "EUC-KR",
    "UTF-16",   "ISO-2022-JP",  "UTF-7",      "no-such-encoding",
};

Unmarked unmarked_of(unsigned bits) {
    switch (bits & 3U) {
        case 1:
            return Unmarked::paid;
        case 2:
            return Unmarked::refuse;
        default:
            return Unmarked::free;
    }
}

void add_warnings(std::set<Rule>& rules) {
    for (const Rule rule : all_rules())
        if (default_severity(rule) == Severity::warning) rules.insert(rule);
}

}  // namespace

Input read_input(std::string_view bytes) {
    Input input;
    if (bytes.size() < option_bytes) return input;
    const unsigned flags = static_cast<unsigned char>(bytes[0]);
    const std::size_t name = static_cast<unsigned char>(bytes[1]);
    input.source = bytes.substr(option_bytes);
    input.options.unmarked = unmarked_of(flags);
    if ((flags & 4U) != 0) input.options.markers = Markers::literal;
    if ((flags & 8U) != 0) input.cut = Cut::exact;
    if ((flags & 16U) != 0) add_warnings(input.options.deny);
    if ((flags & 32U) != 0) add_warnings(input.options.allow);
    input.with_placeholder = (flags & 64U) != 0;
    if ((flags & 128U) != 0) input.options.max_diagnostics = 1;
    input.options.encoding = encodings.at(name % encodings.size());
    return input;
}

}  // namespace paywall::fuzz
