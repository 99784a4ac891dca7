#include "tests/mutators.hpp"

#include <array>
#include <cstdio>
#include <map>

// One character of a marker, or all, written in another way.
namespace paywall::test {
namespace {

std::u32string code_points(const std::string& text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t c = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size; ++k) {
            c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        out += c;
        i += size;
    }
    return out;
}

template <typename... Arguments>
std::string printed(const char* format, Arguments... arguments) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, arguments...);
    return buffer.data();
}

using Rewrite = std::function<std::optional<std::string>(const Unit&)>;
enum class Which { one, all, delimiters, word };

Result rewrite(const Form& form, const Pick& pick, Which which, const Rewrite& as) {
    std::vector<std::size_t> where = which == Which::delimiters ? delimiter_indices(form)
                                     : which == Which::word     ? indices(form, {Part::word})
                                                                : all_indices(form);
    std::erase_if(where, [&](std::size_t i) { return !as(form.units[i]); });
    if (where.empty()) return std::nullopt;
    if (which == Which::one) where = {where[pick(where.size())]};
    Form out = form;
    for (const std::size_t i : where) out.units[i].text = *as(form.units[i]);
    return out;
}

void add_rewrites(std::vector<Mutator>& list, const std::string& name,
                  std::initializer_list<Which> ways, const Rewrite& as) {
    for (const Which which : ways) {
        const char* suffix = which == Which::one          ? " of one"
                             : which == Which::all        ? " of all"
                             : which == Which::delimiters ? " of the delimiters"
                                                          : " of the word";
        list.push_back(
            {name + suffix, Family::folded, [which, as](const Form& form, const Pick& pick) {
                 return rewrite(form, pick, which, as);
             }});
    }
}

std::optional<std::string> upper(const Unit& unit) {
    if (unit.text.size() != 1 || unit.text[0] < 'a' || unit.text[0] > 'z') return std::nullopt;
    return std::string(1, static_cast<char>(unit.text[0] - 'a' + 'A'));
}

std::optional<std::string> full_width(const Unit& unit) {
    if (unit.text.size() != 1) return std::nullopt;
    return utf8(static_cast<unsigned char>(unit.text[0]) - 0x20U + 0xFF00U);
}

/// UTS #39, and compatibility variants. `row` goes through alphabets.
std::optional<std::string> homoglyph(const Unit& unit, std::size_t row) {
    static const std::map<char, Texts> table{
        // Cyrillic or Armenian; Greek or Latin; mathematical bold; circled; mathematical sans
        {'p', {"р", "ρ", "𝐩", "ⓟ", "𝗉"}},      {'a', {"а", "α", "𝐚", "ⓐ", "𝖺"}},
        {'i', {"і", "ι", "𝐢", "ⓘ", "𝗂"}},      {'d', {"ԁ", "ԁ", "𝐝", "ⓓ", "𝖽"}},
        {'b', {"Ь", "Ƅ", "𝐛", "ⓑ", "𝖻"}},      {'e', {"е", "е", "𝐞", "ⓔ", "𝖾"}},
        {'g', {"ց", "ɡ", "𝐠", "ⓖ", "𝗀"}},      {'n', {"ո", "ո", "𝐧", "ⓝ", "𝗇"}},
        {'#', {"﹟", "＃", "﹟", "＃", "﹟"}}, {'$', {"﹩", "＄", "﹩", "＄", "﹩"}},
        {'<', {"﹤", "＜", "﹤", "＜", "﹤"}}, {'>', {"﹥", "＞", "﹥", "＞", "﹥"}},
    };
    const auto found = table.find(unit.key);
    if (found == table.end() || unit.text.size() != 1) return std::nullopt;
    return found->second[row];
}

std::optional<std::string> capital_homoglyph(const Unit& unit) {
    static const std::map<char, std::string> table{{'p', "Р"}, {'a', "А"}, {'i', "І"},
                                                   {'b', "В"}, {'e', "Е"}, {'n', "Ν"}};
    const auto found = table.find(unit.key);
    if (found == table.end() || unit.text.size() != 1) return upper(unit);
    return found->second;
}

/// Is it an escape already? One system's escape written in another's is no rule's.
bool is_escaped(const Unit& unit) {
    return unit.text.size() > 1 && std::string_view("&%\\").find(unit.text[0]) != std::string::npos;
}

/// Every code point of a unit through one printf format.
Rewrite numbered(const char* format, const std::string& ampersand = "&") {
    return [=](const Unit& unit) -> std::optional<std::string> {
        if (is_escaped(unit)) return std::nullopt;
        std::string out;
        for (const char32_t c : code_points(unit.text)) {
            out += ampersand + printed(format, static_cast<unsigned>(c));
        }
        return out;
    };
}

std::optional<std::string> named_reference(const Unit& unit, std::string_view ampersand,
                                           std::string_view end) {
    static const std::map<char, std::string_view> table{
        {'#', "num"}, {'$', "dollar"}, {'<', "lt"}, {'>', "gt"}};
    const auto found = table.find(unit.key);
    if (found == table.end() || unit.text.size() != 1) return std::nullopt;
    // Only the old names go without a semicolon.
    if (end.empty() && found->second.size() > 2) return std::nullopt;
    return std::string(ampersand) += std::string(found->second) += end;
}

/// Every byte of a unit, in UTF-8.
Rewrite bytes_as(const char* format, bool ascii_only) {
    return [=](const Unit& unit) -> std::optional<std::string> {
        if (is_escaped(unit)) return std::nullopt;
        std::string out;
        for (const char c : unit.text) {
            if (ascii_only && static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
            out += printed(format, static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
        return out;
    };
}

/// `\u0023` as JSON writes it: in UTF-16.
std::optional<std::string> json_escape(const Unit& unit) {
    if (is_escaped(unit)) return std::nullopt;
    std::string out;
    for (const char32_t c : code_points(unit.text)) {
        if (c < 0x10000) {
            out += printed("\\u%04x", static_cast<unsigned>(c));
        } else {
            const auto rest = static_cast<unsigned>(c - 0x10000);
            out += printed("\\u%04x", 0xD800U + (rest >> 10));
            out += printed("\\u%04x", 0xDC00U + (rest & 0x3FFU));
        }
    }
    return out;
}

}  // namespace

void add_foldings(std::vector<Mutator>& list) {
    add_rewrites(list, "upper case", {Which::one, Which::all}, upper);
    add_rewrites(list, "full width", {Which::one, Which::all, Which::delimiters, Which::word},
                 full_width);
    const std::array<const char*, 5> rows{"Cyrillic letters", "Greek letters", "bold letters",
                                          "circled letters", "sans-serif letters"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        add_rewrites(list, rows[row], {Which::one, Which::all, Which::word},
                     [row](const Unit& unit) { return homoglyph(unit, row); });
    }
    add_rewrites(list, "Cyrillic capitals", {Which::one, Which::word}, capital_homoglyph);

    const auto ways = {Which::one, Which::all, Which::delimiters, Which::word};
    add_rewrites(list, "decimal reference", ways, numbered("#%u;"));
    add_rewrites(list, "hexadecimal reference", ways, numbered("#x%X;"));
    add_rewrites(list, "capital hexadecimal reference", ways, numbered("#X%x;"));
    add_rewrites(list, "padded decimal reference", ways, numbered("#000%u;"));
    add_rewrites(list, "padded hexadecimal reference", ways, numbered("#x0000%x;"));
    add_rewrites(list, "decimal reference, open", ways, numbered("#%u"));
    add_rewrites(list, "reference escaped twice", ways, numbered("#%u;", "&amp;"));
    add_rewrites(list, "hexadecimal reference escaped twice", ways, numbered("#x%x;", "&amp;"));
    add_rewrites(list, "reference escaped three times", ways, numbered("#%u;", "&amp;amp;"));
    add_rewrites(list, "reference with an escaped sign", ways, numbered("#%u;", "&#38;"));
    const auto marks = {Which::one, Which::delimiters};
    add_rewrites(list, "named reference", marks,
                 [](const Unit& unit) { return named_reference(unit, "&", ";"); });
    add_rewrites(list, "named reference, open", marks,
                 [](const Unit& unit) { return named_reference(unit, "&", ""); });
    add_rewrites(list, "named reference escaped twice", marks,
                 [](const Unit& unit) { return named_reference(unit, "&amp;", ";"); });
    add_rewrites(list, "named reference escaped three times", marks,
                 [](const Unit& unit) { return named_reference(unit, "&amp;amp;", ";"); });

    add_rewrites(list, "percent escape", ways, bytes_as("%%%02X", false));
    add_rewrites(list, "small percent escape", ways, bytes_as("%%%02x", false));
    add_rewrites(list, "percent escape twice", ways, bytes_as("%%25%02X", false));
    add_rewrites(list, "\\u escape", ways, json_escape);
    add_rewrites(list, "\\u{} escape", ways, numbered("\\u{%x}", ""));
    add_rewrites(list, "\\x escape", ways, bytes_as("\\x%02x", true));
    add_rewrites(list, "backslash", {Which::one, Which::delimiters},
                 [](const Unit& unit) -> std::optional<std::string> {
                     // Tools escape ASCII punctuation only.
                     if (unit.part == Part::word || unit.text.size() != 1) return std::nullopt;
                     return "\\" + unit.text;
                 });
}

}  // namespace paywall::test
