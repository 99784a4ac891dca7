#include "tests/mutators.hpp"

#include <array>
#include <utility>

// Something between two characters of a marker, or around some of them, that nobody sees.
namespace paywall::test {
namespace {

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

}  // namespace

void add_insertions(std::vector<Mutator>& list) {
    const auto add = [&list](const char* name, Texts texts, Family family = Family::folded) {
        list.push_back({name, family, [texts](const Form& form, const Pick& pick) {
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
    add("tag",
        {"<b>", "</em>", "</span><span>", "<span style=\"color:red\">", "<i></i>",
         "</font><font color=\"#ff0000\">"},
        Family::markup);
    add("comment", {"<!-- x -->", "<!---->", "<!-- a > b -->"}, Family::markup);
    list.push_back({"tags around", Family::markup, [](const Form& form, const Pick& pick) {
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

}  // namespace paywall::test
