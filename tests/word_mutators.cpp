#include "tests/mutators.hpp"

#include <map>
#include <utility>

// Other words than a marker's own, and what a tag can hold beside its name.
namespace paywall::test {
namespace {

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

}  // namespace

void add_words(std::vector<Mutator>& list) {
    list.push_back({"typo", Family::typo, typo});
    list.push_back({"two typos", Family::typos, two_typos});
    list.push_back({"own wording", Family::wording, wording});
    list.push_back({"attribute", Family::attribute, attribute});
    list.push_back({"space in a tag", Family::attribute, inner_space});
    list.push_back({"tag without its end", Family::unended, unended});
}

}  // namespace paywall::test
