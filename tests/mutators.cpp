#include "tests/mutators.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <numeric>
#include <utility>

namespace paywall::test {

std::size_t Odometer::pick(std::size_t n) {
    if (at_ == wheels_.size()) wheels_.push_back({0, n});
    return wheels_[at_++].value % n;
}

bool Odometer::advance() {
    at_ = 0;
    while (!wheels_.empty()) {
        if (++wheels_.back().value < wheels_.back().size) return true;
        wheels_.pop_back();
    }
    return false;
}

std::string Form::text() const {
    return std::accumulate(units.begin(), units.end(), std::string{},
                           [](std::string all, const Unit& unit) { return all += unit.text; });
}

Form form_of(const Marker& marker) {
    Form form{{}, marker.role, word_kind(marker)};
    for (const char c : marker.before) form.units.push_back({c, std::string(1, c), Part::before});
    for (const char c : marker.word) form.units.push_back({c, std::string(1, c), Part::word});
    for (const char c : marker.after) form.units.push_back({c, std::string(1, c), Part::after});
    return form;
}

namespace {

using Result = std::optional<Form>;
using Texts = std::vector<std::string>;

// ---- where ----

std::vector<std::size_t> indices(const Form& form, std::initializer_list<Part> parts) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < form.units.size(); ++i) {
        for (const Part part : parts) {
            if (form.units[i].part == part) found.push_back(i);
        }
    }
    return found;
}

std::vector<std::size_t> all_indices(const Form& form) {
    return indices(form, {Part::before, Part::word, Part::after});
}

std::vector<std::size_t> delimiter_indices(const Form& form) {
    return indices(form, {Part::before, Part::after});
}

void insert(Form& form, std::size_t at, const std::string& text) {
    form.units.insert(form.units.begin() + static_cast<std::ptrdiff_t>(at), {0, text, Part::added});
}

void erase(Form& form, std::size_t at) {
    form.units.erase(form.units.begin() + static_cast<std::ptrdiff_t>(at));
}

std::string utf8(char32_t c) {
    std::string out;
    const auto byte = [&out](char32_t b) {
        out += static_cast<char>(static_cast<unsigned char>(b));
    };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
    return out;
}

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

// ---- one character, or all, written in another way ----

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

// ---- something in between ----

Result between(const Form& form, const Pick& pick, const Texts& texts) {
    Form out = form;
    const std::string& text = texts[pick(texts.size())];
    insert(out, 1 + pick(form.units.size() - 1), text);
    return out;
}

/// Around a part of the marker, never the whole.
Result around(const Form& form, const Pick& pick,
              const std::vector<std::pair<std::string, std::string>>& pairs) {
    const auto& [open, close] = pairs[pick(pairs.size())];
    const std::size_t size = form.units.size();
    const std::size_t begin = pick(size);
    const std::size_t end = begin + 1 + pick(size - begin);
    if (begin == 0 && end == size) return std::nullopt;
    Form out = form;
    insert(out, end, close);
    insert(out, begin, open);
    return out;
}

Result around_word(const Form& form, const std::string& open, const std::string& close) {
    const auto word = indices(form, {Part::word});
    if (word.empty()) return std::nullopt;
    Form out = form;
    insert(out, word.back() + 1, close);
    insert(out, word.front(), open);
    return out;
}

void add_insertions(std::vector<Mutator>& list) {
    const auto add = [&list](const char* name, Texts texts) {
        list.push_back({name, Family::folded, [texts](const Form& form, const Pick& pick) {
                            return between(form, pick, texts);
                        }});
    };
    add("zero-width character",
        {utf8(0x200B), utf8(0x200C), utf8(0x200D), utf8(0x2060), utf8(0xFEFF), utf8(0x2062)});
    add("soft hyphen", {utf8(0xAD)});
    add("variation selector", {utf8(0xFE0F), utf8(0xFE00), utf8(0xE0100), utf8(0x180B)});
    add("bidirectional mark", {utf8(0x200E), utf8(0x200F), utf8(0x202A), utf8(0x202E), utf8(0x2067),
                               utf8(0x2069), utf8(0x61C)});
    add("tag character", {utf8(0xE0001), utf8(0xE0061), utf8(0xE007F)});
    add("grapheme joiner", {utf8(0x34F), utf8(0x34F) + utf8(0x200D)});
    add("several invisible", {utf8(0x200B) + utf8(0xAD) + utf8(0xFE0F) + utf8(0x200E)});
    add("invisible reference", {"&#8203;", "&shy;", "&zwj;", "&zwnj;", "&#xFEFF;", "&#xAD;"});
    add("tag", {"<b>", "</em>", "</span><span>", "<span style=\"color:red\">", "<i></i>",
                "</font><font color=\"#ff0000\">"});
    add("comment", {"<!-- x -->", "<!---->", "<!-- a > b -->"});
    list.push_back({"tags around", Family::folded, [](const Form& form, const Pick& pick) {
                        return around(form, pick,
                                      {{"<b>", "</b>"},
                                       {"<span style=\"x\">", "</span>"},
                                       {"<strong class='a b'>", "</strong>"}});
                    }});
    const std::array<const char*, 5> signs{"**", "*", "_", "~~", "`"};
    for (const std::string sign : signs) {
        list.push_back({"emphasis " + sign, Family::folded, [sign](const Form& form, const Pick&) {
                            return around_word(form, sign, sign);
                        }});
    }
}

// ---- white space and hyphens ----

const Texts& spaces() {
    static const Texts all{" ",   "\t",   "\n",     "\r\n",  utf8(0xA0), utf8(0x3000), utf8(0x2009),
                           "   ", " \t ", "&nbsp;", "&#32;", "<br>",     "</p><p>"};
    return all;
}

Result edge_space(const Form& form, const Pick& pick) {
    const auto word = indices(form, {Part::word});
    if (word.empty()) return std::nullopt;
    // The last two are tags: they cannot stand in one.
    const std::size_t count = spaces().size() - (form.kind == WordKind::ordinary ? 2 : 0);
    const std::string& space = spaces()[pick(count)];
    const std::size_t side = pick(3);
    Form out = form;
    if (side != 0) insert(out, word.back() + 1, space);
    if (side != 1) insert(out, word.front(), space);
    return out;
}

Result in_word(const Form& form, const Pick& pick, const Texts& texts) {
    const auto word = indices(form, {Part::word});
    if (word.size() < 2) return std::nullopt;
    const std::string& text = texts[pick(texts.size())];
    Form out = form;
    insert(out, word[1 + pick(word.size() - 1)], text);
    return out;
}

/// Between `paid` and what follows, as people write it; in `paid` itself it is a typo.
Result hyphen(const Form& form, const Pick& pick) {
    const auto word = indices(form, {Part::word});
    if (word.size() < 4) return std::nullopt;
    const Texts texts{"-", "_"};
    const std::string& text = texts[pick(texts.size())];
    Form out = form;
    insert(out, word.size() > 4 ? word[4] : word[2], text);
    return out;
}

// ---- delimiters ----

std::vector<std::size_t> side_indices(const Form& form, std::size_t side) {
    return indices(form, {side == 0 ? Part::before : Part::after});
}

Result too_few(const Form& form, const Pick& pick) {
    const std::size_t side = pick(2);
    const auto found = side_indices(form, side);
    if (form.kind == WordKind::ordinary || found.size() < 2) return std::nullopt;
    Form out = form;
    erase(out, found.back());
    return out;
}

Result too_many(const Form& form, const Pick& pick) {
    const std::size_t side = pick(3);
    const std::size_t times = 1 + pick(3);
    Form out = form;
    const auto after = side_indices(form, 1);
    const auto before = side_indices(form, 0);
    if (after.empty() || before.empty()) return std::nullopt;
    const auto repeat = [&](std::size_t at) {
        out.units.insert(out.units.begin() + static_cast<std::ptrdiff_t>(at), times,
                         form.units[at]);
    };
    if (side != 0) repeat(after.front());
    if (side != 1) repeat(before.front());
    return out;
}

Result other_kind(const Form& form, const Pick& pick) {
    if (form.kind == WordKind::ordinary) return std::nullopt;
    const auto where = delimiter_indices(form);
    if (where.empty()) return std::nullopt;
    const Texts kinds{"#", "$", "￥", "＃", "＄"};
    const std::string& kind = kinds[pick(kinds.size())];
    const std::size_t scope = pick(3 + where.size());
    Form out = form;
    bool changed = false;
    for (std::size_t k = 0; k < where.size(); ++k) {
        Unit& unit = out.units[where[k]];
        const bool chosen = scope == 0 || (scope == 1 && unit.part == Part::before) ||
                            (scope == 2 && unit.part == Part::after) || scope == 3 + k;
        if (!chosen || unit.text == kind) continue;
        unit.text = kind;
        unit.key = kind == "$" || kind == "#" ? kind[0] : '\0';
        changed = true;
    }
    return changed ? Result{out} : std::nullopt;
}

/// Replaces a marker's delimiters; a closing tag's slash stays.
Form delimited(const Form& form, const std::string& before, const std::string& after) {
    Form out{{}, form.role, form.kind};
    if (!before.empty()) out.units.push_back({0, before, Part::before});
    if (form.kind == WordKind::ordinary && form.role == Role::close) {
        out.units.push_back({'/', "/", Part::before});
    }
    for (const Unit& unit : form.units) {
        if (unit.part == Part::word || unit.part == Part::added) out.units.push_back(unit);
    }
    if (!after.empty()) out.units.push_back({0, after, Part::after});
    return out;
}

Result brackets(const Form& form, const Pick& pick) {
    static const std::vector<std::pair<std::string, std::string>> all{
        {"[", "]"}, {"《", "》"}, {"【", "】"}, {"〈", "〉"}, {"{", "}"}, {"[[", "]]"}, {"<", ">"}};
    // The last are a tag's own.
    const auto& [open, close] = all[pick(all.size() - (form.kind == WordKind::ordinary ? 1 : 0))];
    return delimited(form, open, close);
}

void add_shapes(std::vector<Mutator>& list) {
    list.push_back({"space at an edge", Family::edge_space, edge_space});
    list.push_back(
        {"space in the word", Family::word_space,
         [](const Form& form, const Pick& pick) { return in_word(form, pick, spaces()); }});
    list.push_back({"hyphen", Family::hyphen, hyphen});
    list.push_back({"one delimiter too few", Family::delimiter, too_few});
    list.push_back({"delimiters too many", Family::delimiter, too_many});
    list.push_back({"delimiters of another kind", Family::delimiter, other_kind});
    list.push_back({"brackets", Family::brackets, brackets});
    list.push_back({"no delimiters", Family::bare, [](const Form& form, const Pick&) -> Result {
                        if (form.kind == WordKind::ordinary) return std::nullopt;
                        return delimited(form, "", "");
                    }});
}

// ---- the word ----

char neighbour(char key, std::size_t choice) {
    static const std::map<char, std::string> keys{{'p', "ol"}, {'a', "sq"}, {'i', "uo"},
                                                  {'d', "sf"}, {'b', "vn"}, {'e', "wr"},
                                                  {'g', "fh"}, {'n', "bm"}};
    const auto found = keys.find(key);
    return found == keys.end() ? 'x' : found->second[choice];
}

Result typo(const Form& form, const Pick& pick) {
    const auto word = indices(form, {Part::word});
    if (word.size() < 3) return std::nullopt;
    const std::size_t kind = pick(5);
    const std::size_t place = pick(kind == 0 ? word.size() - 1 : word.size());
    const std::size_t at = word[place];
    Form out = form;
    Unit& unit = out.units[at];
    switch (kind) {
        case 0:
            if (unit.key == out.units[word[place + 1]].key) return std::nullopt;
            std::swap(unit, out.units[word[place + 1]]);
            break;
        case 1:
            erase(out, at);
            break;
        case 2:
            out.units.insert(out.units.begin() + std::ptrdiff_t(at), form.units[at]);
            break;
        default:
            unit.key = neighbour(unit.key, kind - 3);
            unit.text = std::string(1, unit.key);
    }
    return out;
}

Result two_typos(const Form& form, const Pick& pick) {
    if (form.kind == WordKind::ordinary) return std::nullopt;
    const Result once = typo(form, pick);
    return once ? typo(*once, pick) : once;
}

Result wording(const Form& form, const Pick& pick) {
    static const std::vector<std::pair<std::string, std::string>> all{{"paid", "/paid"},
                                                                      {"paidstart", "paidstop"},
                                                                      {"beginpaid", "endpaid"},
                                                                      {"paid begin", "paid end"},
                                                                      {"paidstart", "paidend"}};
    if (form.kind == WordKind::ordinary) return std::nullopt;
    const auto& [open, close] = all[pick(all.size())];
    Form out{{}, form.role, form.kind};
    for (const Unit& unit : form.units) {
        if (unit.part == Part::before) out.units.push_back(unit);
    }
    for (const char c : form.role == Role::open ? open : close) {
        const bool letter = c >= 'a' && c <= 'z';
        out.units.push_back(
            {letter ? c : '\0', std::string(1, c), letter ? Part::word : Part::added});
    }
    for (const Unit& unit : form.units) {
        if (unit.part == Part::after) out.units.push_back(unit);
    }
    return out;
}

// ---- tags ----

Result attribute(const Form& form, const Pick& pick) {
    static const Texts all{" x=\"1\"", " class='a'", " plan=gold", " ",
                           "\n",       "/",          " /",         " data-a=\"1 > 0\""};
    if (form.kind == WordKind::distinctive) return std::nullopt;
    const auto after = side_indices(form, 1);
    if (after.empty()) return std::nullopt;
    Form out = form;
    insert(out, after.front(), all[pick(all.size())]);
    return out;
}

Result inner_space(const Form& form, const Pick& pick) {
    static const Texts all{" ", "\t", "\n", utf8(0xA0), utf8(0x3000)};
    if (form.kind == WordKind::distinctive) return std::nullopt;
    const auto before = side_indices(form, 0);
    if (before.empty()) return std::nullopt;
    const std::string& space = all[pick(all.size())];
    Form out = form;
    insert(out, before[pick(before.size())] + 1, space);
    return out;
}

Result unended(const Form& form, const Pick&) {
    if (form.kind == WordKind::distinctive) return std::nullopt;
    const auto after = side_indices(form, 1);
    if (after.empty()) return std::nullopt;
    Form out = form;
    erase(out, after.front());
    return out;
}

void add_words(std::vector<Mutator>& list) {
    list.push_back({"typo", Family::typo, typo});
    list.push_back({"two typos", Family::typos, two_typos});
    list.push_back({"own wording", Family::wording, wording});
    list.push_back({"attribute", Family::attribute, attribute});
    list.push_back({"space in a tag", Family::attribute, inner_space});
    list.push_back({"tag without its end", Family::unended, unended});
}

}  // namespace

const std::vector<Mutator>& mutators() {
    static const std::vector<Mutator> all = [] {
        std::vector<Mutator> list;
        add_foldings(list);
        add_insertions(list);
        add_shapes(list);
        add_words(list);
        return list;
    }();
    return all;
}

bool is_promised(const Mutator& mutator, WordKind kind) {
    // `<pa id>` and `<pa-id>` are other tags.
    return kind == WordKind::distinctive ||
           (mutator.family != Family::word_space && mutator.family != Family::hyphen);
}

namespace {

/// Of markers with a distinctive word, in one order of the two.
bool promised_of_words(Family a, Family b) {
    switch (a) {
        case Family::folded:
            return true;
        // The core-word rule asks for nothing around the word. One delimiter more and another of
        // another kind can leave a sound marker with a sign beside it, which is text.
        case Family::hyphen:
        case Family::delimiter:
        case Family::edge_space:
        case Family::brackets:
        case Family::bare:
            if (b == Family::hyphen || b == Family::edge_space || b == Family::brackets ||
                b == Family::bare) {
                return true;
            }
            break;
        default:
            break;
    }
    switch (a) {
        // The shape rule compares without white space and hyphens, between runs of any kind for
        // one typo, and between intact ones for two typos or other words.
        case Family::hyphen:
        case Family::edge_space:
        case Family::word_space:
            return b == Family::word_space || b == Family::typo || b == Family::typos ||
                   b == Family::wording;
        case Family::delimiter:
            return b == Family::word_space || b == Family::typo;
        // Three faults in one word, one in the author's own wording, faults in the word beside
        // other brackets than delimiters or none: all of these could be ordinary text.
        default:
            return false;
    }
}

bool promised_of_tags(Family a, Family b) {
    // A name that is not exactly `paid`, or brackets that are no angle brackets, count only
    // where nothing else is wrong: with attributes they are other tags.
    const auto exact = [](Family family) {
        return family == Family::folded || family == Family::attribute ||
               family == Family::edge_space || family == Family::delimiter;
    };
    return (exact(a) && exact(b)) || a == Family::folded;
}

}  // namespace

bool is_promised(const Mutator& first, const Mutator& second, WordKind kind) {
    if (!is_promised(first, kind) || !is_promised(second, kind)) return false;
    const Family a = first.family;
    const Family b = second.family;
    if (kind == WordKind::distinctive) return promised_of_words(a, b) || promised_of_words(b, a);
    return promised_of_tags(a, b) || promised_of_tags(b, a);
}

}  // namespace paywall::test
