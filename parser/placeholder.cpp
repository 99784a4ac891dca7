#include "parser/placeholder.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parser/breaks.hpp"
#include "parser/quote.hpp"
#include "parser/typo.hpp"
#include "parser/utf.hpp"

namespace paywall {
namespace {

constexpr std::array<std::string_view, 10> field_names{
    "paid_chars", "paid_percent", "index",        "sections",     "name",
    "price",      "paid_words",   "paid_minutes", "free_percent", "title"};

std::string unknown_field(std::string_view field) {
    constexpr std::size_t longest = 40;
    const std::string shown =
        field.size() <= longest ? escape(field) : escape(field.substr(0, longest)) + "…";
    std::string message = "unknown field {" + shown + "}; ";
    if (field.size() <= longest) {
        const auto typos = [&](std::string_view name) { return count_typos(name, field, longest); };
        const auto closest = std::ranges::min(field_names, {}, typos);
        if (typos(closest) <= std::min<std::size_t>(3, closest.size() / 2)) {
            message += "did you mean {" + std::string(closest) + "}? ";
        }
    }
    message += "known fields are ";
    for (const std::string_view name : field_names) {
        if (name != field_names.front()) message += ", ";
        message += "{" + std::string(name) + "}";
    }
    return message;
}

/// Characters that never join with a neighbour of their kind: Chinese text and its punctuation,
/// and ASCII but CR. Text of them alone needs no look at the tables.
bool stands_alone(char32_t c) {
    return (c < 0x80 && c != '\r') || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0x3001 && c <= 0x3029) || (c >= 0xFF01 && c <= 0xFF60) ||
           (c >= 0x2010 && c <= 0x2027);
}

/// The number of characters of such text; none where it has others.
std::optional<std::size_t> count_simple(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < utf8.size(); ++count) {
        const auto [c, length] = read_utf8(utf8, i);
        if (!stands_alone(c)) return std::nullopt;
        i += length;
    }
    return count;
}

}  // namespace

std::variant<Placeholder, Placeholder::Fault> Placeholder::parse(std::string_view text) {
    if (const auto bad = first_invalid_utf8(text)) {
        return Fault{bad->offset, "text is not valid UTF-8"};
    }
    Placeholder result;
    const auto add_text = [&result](std::string_view literal) {
        if (literal.empty()) return;
        if (result.parts_.empty() || result.parts_.back().field != Field::text) {
            result.parts_.push_back({Field::text, {}});
        }
        result.parts_.back().text += literal;
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t brace = std::min(text.find_first_of("{}", i), text.size());
        add_text(text.substr(i, brace - i));
        if (brace == text.size()) break;
        const char which = text[brace];
        if (brace + 1 < text.size() && text[brace + 1] == which) {
            add_text(text.substr(brace, 1));
            i = brace + 2;
            continue;
        }
        if (which == '}') return Fault{brace, "} without {; for a brace write }}"};
        const std::size_t end = text.find_first_of("{}", brace + 1);
        if (end == text.npos || text[end] == '{') {
            return Fault{brace, "{ without }; for a brace write {{"};
        }
        const std::string_view field = text.substr(brace + 1, end - brace - 1);
        const auto known = std::find(field_names.begin(), field_names.end(), field);
        if (known == field_names.end()) return Fault{brace, unknown_field(field)};
        // The names stand in the order of Field, which begins with the literal text.
        const auto number = static_cast<int>(known - field_names.begin()) + 1;
        result.parts_.push_back({static_cast<Field>(number), {}});
        i = end + 1;
    }
    return result;
}

std::string Placeholder::fill(const Values& values) const {
    std::string result;
    std::optional<std::size_t> characters;
    const auto paid_chars = [&] {
        if (!characters) characters = count_characters(values.paid);
        return *characters;
    };
    for (const Part& part : parts_) {
        switch (part.field) {
            case Field::text:
                result += part.text;
                break;
            case Field::paid_chars:
                result += std::to_string(paid_chars());
                break;
            case Field::paid_percent:
                result += std::to_string(percent(paid_chars(), values.source_chars));
                break;
            case Field::index:
                result += std::to_string(values.index);
                break;
            case Field::sections:
                result += std::to_string(values.sections);
                break;
            case Field::name:
                result += values.name;
                break;
            case Field::price:
                result += values.price;
                break;
            case Field::paid_words:
                result += std::to_string(values.paid_numbers.words);
                break;
            case Field::paid_minutes:
                result += std::to_string(values.paid_numbers.minutes());
                break;
            case Field::free_percent:
                result += std::to_string(values.free_percent);
                break;
            case Field::title:
                result += values.title;
                break;
        }
    }
    return result;
}

std::string Placeholder::literal() const {
    std::string result;
    for (const Part& part : parts_) result += part.text;
    return result;
}

bool Placeholder::has_fields() const {
    return std::ranges::any_of(parts_, [](const Part& part) { return part.field != Field::text; });
}

bool Placeholder::needs(Need need) const {
    return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
        switch (part.field) {
            case Field::paid_percent:
                return need == Need::source_chars;
            case Field::paid_words:
            case Field::paid_minutes:
            case Field::free_percent:
                return need == Need::numbers;
            case Field::title:
                return need == Need::title;
            default:
                return false;
        }
    });
}

std::size_t count_characters(std::string_view utf8) {
    if (const auto count = count_simple(utf8)) return *count;
    Breaks characters(Breaks::Unit::character);
    characters.read(utf8);
    std::size_t count = 0;
    while (characters.next()) ++count;
    return count;
}

}  // namespace paywall
