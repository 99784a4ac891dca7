#include "tests/mutators.hpp"

#include <utility>

// White space, hyphens and other delimiters than a marker's own.
namespace paywall::test {
namespace {

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

}  // namespace

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

}  // namespace paywall::test
