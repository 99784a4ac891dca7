#include "tests/interruptions.hpp"

#include <unicode/uchar.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <map>

namespace paywall::test {
namespace {

bool is_unseen(UChar32 c) {
    const auto category = U_GET_GC_MASK(c);
    if (u_isUWhiteSpace(c) != 0 || c == 0) return false;  // a NUL makes a source binary
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ||
           (category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK)) != 0;
}

std::string printed(const char* format, unsigned value) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, value);
    return buffer.data();
}

/// One ASCII character through a format of printf.
Rewriting by_number(const char* name, const char* format) {
    return {name, [format](const std::string& text) {
                return text.size() == 1 ? printed(format, static_cast<unsigned char>(text[0]))
                                        : text;
            }};
}

}  // namespace

const std::vector<Interruption>& unseen_characters() {
    static const std::vector<Interruption> all = [] {
        constexpr char32_t last_byte_values = 64;
        std::map<char32_t, Interruption> blocks;
        for (char32_t c = 0; c <= UCHAR_MAX_VALUE; ++c) {
            if (!is_unseen(static_cast<UChar32>(c))) continue;
            const auto first = c - c % last_byte_values;
            auto& block = blocks[first];
            block.name = printed("unseen U+%04X..", first);
            block.texts.push_back(utf8(c));
        }
        std::vector<Interruption> list;
        for (auto& [first, block] : blocks) list.push_back(std::move(block));
        return list;
    }();
    return all;
}

const std::vector<Interruption>& unseen_markup() {
    static const std::vector<Interruption> all{
        {"asterisk", {"*", "**", "***"}},
        {"underscores", {"__", "___"}},  // one alone joins words to a name
        {"tilde", {"~", "~~"}},
        {"backtick", {"`", "``", "```"}},
        {"opening tag", {"<b>", "<i>", "<SPAN>", "<strong>", "<a>"}},
        {"opening tag with attributes",
         {"<span style=\"color: red\">", "<font color='red' size=2>", "<a href=\"x?a>b\">", "<b\n>",
          "<span\tdata-x=\"'\">"}},
        {"closing tag", {"</b>", "</em>", "</SPAN>", "</a >"}},
        {"empty element", {"<i></i>", "<wbr>", "<wbr/>", "<b></b><i></i>", "<wbr />"}},
        {"comment", {"<!-- x -->", "<!---->", "<!-- a > b -->", "<!--\n-->"}},
        {"escaped tag", {"&lt;b&gt;", "&lt;/b&gt;", "&#60;i&#62;", "\\u003cb\\u003e", "%3Cb%3E"}},
        {"reference", {"&#8203;", "&#x200B;", "&#0173;", "&#xad;", "&#8205", "&#xFEFF;"}},
        {"named reference", {"&shy;", "&zwj;", "&zwnj;", "&ZeroWidthSpace;", "&NoBreak;"}},
        {"escaped reference", {"&amp;#8203;", "&amp;shy;", "&amp;amp;zwj;", "&#38;#173;"}},
        {"percent escape", {"%E2%80%8B", "%C2%AD", "%e2%80%8d", "%25E2%2580%258B", "%EF%BB%BF"}},
        {"\\u escape", {"\\u200b", "\\u00AD", "\\u{200B}", "\\uFEFF", "\\U0000200D", "%u200B"}},
    };
    return all;
}

const std::vector<Rewriting>& rewritings() {
    static const std::vector<Rewriting> all{
        by_number("decimal reference", "&#%u;"),
        by_number("open decimal reference", "&#%u"),
        by_number("hexadecimal reference", "&#x%X;"),
        by_number("padded reference", "&#x0000%x;"),
        by_number("reference escaped twice", "&amp;#%u;"),
        by_number("reference escaped three times", "&amp;amp;#%u;"),
        by_number("percent escape", "%%%02X"),
        by_number("percent escape twice", "%%25%02x"),
        by_number("%u escape", "%%u%04x"),
        by_number("\\u escape", "\\u%04x"),
        by_number("\\u{} escape", "\\u{%x}"),
        by_number("\\U escape", "\\U%08X"),
        by_number("\\x escape", "\\x%02x"),
        {"full width",
         [](const std::string& text) {
             return text.size() == 1 ? utf8(static_cast<unsigned char>(text[0]) + 0xFEE0U) : text;
         }},
        {"full width, by number",
         [](const std::string& text) {
             return text.size() == 1
                        ? printed("&#%u;", static_cast<unsigned char>(text[0]) + 0xFEE0U)
                        : text;
         }},
        {"capital",
         [](const std::string& text) {
             const bool is_small = text.size() == 1 && text[0] >= 'a' && text[0] <= 'z';
             return is_small ? std::string(1, static_cast<char>(text[0] - 0x20)) : text;
         }},
        {"backslash before a sign",
         [](const std::string& text) {
             const bool is_sign =
                 text.size() == 1 && std::ispunct(static_cast<unsigned char>(text[0])) != 0;
             return is_sign ? "\\" + text : text;
         }},
    };
    return all;
}

}  // namespace paywall::test
