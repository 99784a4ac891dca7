#include "tests/form.hpp"

#include <numeric>

namespace paywall::test {

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

std::vector<std::size_t> side_indices(const Form& form, std::size_t side) {
    return indices(form, {side == 0 ? Part::before : Part::after});
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

}  // namespace paywall::test
