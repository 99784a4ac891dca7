#include "parser/audience.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace paywall {
namespace {

using Meaning = AttributeRule::Meaning;

/// Without what surrounds a value or an item of a list: spaces, quotes, a JSON array's brackets.
std::string_view trimmed(std::string_view text) {
    constexpr std::string_view around = " \t\r\n\"'[]";
    const auto begin = std::min(text.find_first_not_of(around), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(around) + 1);
}

std::vector<std::string_view> items_of(std::string_view list) {
    std::vector<std::string_view> items;
    for (;;) {
        const auto comma = list.find(',');
        items.push_back(trimmed(list.substr(0, comma)));
        if (comma == std::string_view::npos) return items;
        list.remove_prefix(comma + 1);
    }
}

bool is_plan_name(std::string_view name) {
    if (name.empty() || name.size() > 100) return false;
    const auto is_letter = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
               (byte >= 'A' && byte <= 'Z');
    };
    return is_letter(name.front()) && std::ranges::all_of(name, [&](char c) {
               return is_letter(c) || c == ' ' || c == '_' || c == '-' || c == '.';
           });
}

const Audience* value_of(const AttributeRule& rule, std::string_view item) {
    const auto found = std::ranges::find_if(rule.values, [&](const AttributeRule::Value& value) {
        const std::string_view text = value.text;
        return text.ends_with('*') ? item.starts_with(text.substr(0, text.size() - 1))
                                   : item == text;
    });
    return found == rule.values.end() ? nullptr : &found->audience;
}

/// For whom one item of a value is; nothing where that is not known.
std::optional<Audience> audience_of(const AttributeRule& rule, std::string_view item) {
    if (const auto* audience = value_of(rule, item)) return *audience;
    if (rule.meaning == Meaning::values || !item.starts_with(rule.prefix)) return std::nullopt;
    item = trimmed(item.substr(rule.prefix.size()));
    if (!is_plan_name(item)) return std::nullopt;
    return Audience{false, false, true, {Plans::Kind::of, {std::string(item)}}};
}

/// The whole value: a list is for those of any of its items.
std::optional<Audience> audience_of_list(const AttributeRule& rule, std::string_view value) {
    std::optional<Audience> result;
    for (const auto item : items_of(value)) {
        const auto audience = audience_of(rule, item);
        if (!audience) return std::nullopt;
        result = result ? either(*result, *audience) : *audience;
    }
    if (rule.meaning == Meaning::without) result = inverse(*result);
    return result;
}

class Judge {
public:
    explicit Judge(const Region& region) : region_(region) {}

    void read(const Attribute& attribute) {
        const auto* rule = rule_of(attribute.key);
        if (rule == nullptr) return deny(attribute);
        switch (rule->meaning) {
            case Meaning::message:
                judgement_.details.message = attribute.value;
                break;
            case Meaning::price:
                judgement_.details.price = attribute.value;
                break;
            case Meaning::none:
                if (rule->key == "label") judgement_.details.label = trimmed(attribute.value);
                break;
            default:
                if (const auto audience = audience_of_list(*rule, attribute.value)) {
                    add(*audience);
                } else {
                    deny(attribute);
                }
        }
    }

    Judgement take() {
        judgement_.audience = audience_.value_or(region_.audience);
        if (!judgement_.unknown.empty()) judgement_.audience = Audience{};
        return std::move(judgement_);
    }

private:
    [[nodiscard]] const AttributeRule* rule_of(std::string_view key) const {
        for (const std::string_view name : {key, std::string_view("*")}) {
            const auto found = std::ranges::find(region_.rules, name, &AttributeRule::key);
            if (found != region_.rules.end()) return &*found;
        }
        return nullptr;
    }

    void add(const Audience& audience) {
        if (!audience_) {
            audience_ = audience;
        } else if (region_.combine == Attributes::some) {
            audience_ = either(*audience_, audience);
        } else {
            audience_ = both(*audience_, audience);
        }
    }

    /// A value is not named where it could be a secret.
    void deny(const Attribute& attribute) {
        if (!judgement_.unknown.empty()) return;
        const auto shown = attribute.key.empty() ? attribute.value : attribute.key;
        judgement_.unknown = region_.is_secret && attribute.key.empty() ? "a value" : shown;
        if (judgement_.unknown.empty()) judgement_.unknown = "an empty value";
    }

    const Region& region_;
    Judgement judgement_;
    std::optional<Audience> audience_;
};

}  // namespace

Judgement judge(const Region& region, const AttributeList& attributes) {
    Judge judge(region);
    for (const auto& attribute : attributes.attributes) judge.read(attribute);
    return judge.take();
}

}  // namespace paywall
