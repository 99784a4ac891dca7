#include "parser/marker_writer.hpp"

#include <algorithm>
#include <string_view>

#include "parser/audience.hpp"
#include "parser/marker_text.hpp"

namespace paywall {
namespace {

using Meaning = AttributeRule::Meaning;

/// An attribute to be written.
struct Atom {
    std::string key;
    std::string value;
    bool is_list = false;  ///< of plans
};
using Atoms = std::vector<Atom>;

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ",") + item;
    return text;
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// `[12,"gold"]`
std::string json_list(std::string_view list) {
    std::string text = "[";
    for (std::size_t at = 0; at <= list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        const auto item = list.substr(at, end - at);
        if (at > 0) text += ",";
        text += is_number(item) ? std::string(item) : "\"" + std::string(item) + "\"";
        at = end + 1;
    }
    return text + "]";
}

std::string written(Syntax syntax, const Atoms& atoms) {
    std::string text;
    for (const auto& [key, value, is_list] : atoms) {
        const bool has_quote = value.find('"') != std::string::npos;
        const std::string quote = has_quote && syntax != Syntax::json ? "'" : "\"";
        const bool is_word = value == "true" || value == "false";
        switch (syntax) {
            case Syntax::shortcode:
                text += " " + key + "=" + quote + value + quote;
                break;
            case Syntax::key_value:
                text += " " + key + ":" + (is_word ? value : quote + value + quote);
                break;
            case Syntax::json:
                text += (text.empty() ? "" : ",") + ("\"" + key + "\":") +
                        (is_list ? json_list(value) : quote + value + quote);
                break;
            case Syntax::label:
                text += " " + value;
                break;
            case Syntax::colon_label:
                text += ": " + value;
                break;
            case Syntax::assignment:
                text += "=" + value;
                break;
            case Syntax::none:
                break;
        }
    }
    if (text.empty()) return text;
    if (syntax == Syntax::json) return " {" + text + "}";
    return syntax == Syntax::key_value ? text + " " : text;
}

/// The marker with its attributes. A line's marker without delimiters stands in a comment, as its
/// origin's programs are written.
std::string written(const Marker& marker, const Atoms& atoms, const std::string& indent) {
    const bool is_bare = marker.form == Form::line && marker.before.empty();
    auto text = marker.text();
    text.insert(text.find(marker.word) + marker.word.size(), written(marker.attributes, atoms));
    return indent + (is_bare ? "### " : "") + text;
}

/// The values that a rule knows, alone and several together.
std::vector<std::string> values_of(const AttributeRule& rule) {
    constexpr std::size_t most = 4;
    std::vector<std::string> names;
    for (const auto& value : rule.values) {
        if (!value.text.ends_with('*') && names.size() < most) names.push_back(value.text);
    }
    std::vector<std::string> values = names;
    for (std::size_t set = 1; set < (std::size_t{1} << names.size()); ++set) {
        std::vector<std::string> some;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if ((set >> i & 1U) != 0 && !names[i].empty()) some.push_back(names[i]);
        }
        if (some.size() > 1) values.push_back(joined(some));
    }
    return values;
}

/// What one rule could say of an audience.
Atoms atoms_of(const AttributeRule& rule, const Audience& audience) {
    Atoms atoms;
    if (rule.key.empty() || rule.key == "*") return atoms;
    const auto kind = audience.plans.kind;
    const bool says_plans = (rule.meaning == Meaning::plans && kind == Plans::Kind::of) ||
                            (rule.meaning == Meaning::without && kind == Plans::Kind::without);
    if (audience.payers && says_plans && !audience.plans.names.empty()) {
        std::vector<std::string> names;
        for (const auto& name : audience.plans.names) names.push_back(rule.prefix + name);
        atoms.push_back({rule.key, joined(names), true});
    }
    for (const auto& value : values_of(rule)) atoms.push_back({rule.key, value});
    return atoms;
}

/// Attributes that could say an audience, the most explicit first.
std::vector<Atoms> ways_to_say(const Region& region, const Audience& audience) {
    std::vector<Atoms> ways;
    if (region.combine == Attributes::some) {  // each condition that there is
        ways.emplace_back();
        for (const auto& rule : region.rules) {
            std::vector<Atoms> longer;
            for (const auto& way : ways) {
                for (const auto& atom : atoms_of(rule, audience)) {
                    longer.push_back(way);
                    longer.back().push_back(atom);
                }
            }
            if (!longer.empty()) ways = std::move(longer);
        }
    } else {
        for (const auto& rule : region.rules)
            for (const auto& atom : atoms_of(rule, audience)) ways.push_back({atom});
    }
    ways.emplace_back();
    return ways;
}

/// What the details are written as; nothing where the region has no place for one of them.
std::optional<Atoms> atoms_of(const Region& region, const Details& details) {
    Atoms atoms;
    const auto add = [&](const std::string& value, Meaning meaning, std::string_view key) {
        if (value.empty()) return true;
        const auto rule = std::ranges::find_if(region.rules, [&](const AttributeRule& one) {
            return one.meaning == meaning && (key.empty() || one.key == key);
        });
        if (rule == region.rules.end()) return false;
        atoms.push_back({rule->key, value});
        return true;
    };
    const bool has_place = add(details.message, Meaning::message, "") &&
                           add(details.price, Meaning::price, "") &&
                           add(details.label, Meaning::none, "label");
    return has_place ? std::optional(atoms) : std::nullopt;
}

/// Does the marker, read again, say that?
std::optional<Judgement> read_back(const Region& region, const Marker& marker,
                                   const std::string& text) {
    const auto at = marker.before.empty() ? text.find(marker.word) : 0;
    const auto read = read_marker(marker, text, at);
    if (!read || at + read->length != text.size()) return std::nullopt;
    if (marker.attributes == Syntax::none) return Judgement{region.audience, {}, {}};
    auto judgement = judge(region, read->attributes);
    if (!judgement.unknown.empty()) return std::nullopt;
    return judgement;
}

/// A marker that begins something for that audience. Of a view within a container only the plans
/// are the container's.
std::optional<std::string> write_begin(const Dialect& dialect, const Marker& marker,
                                       const Audience& audience, const Details& details) {
    const auto& region = dialect.region(marker);
    const bool is_line = marker.form == Form::line;
    if (!is_line && !details.indent.empty()) return std::nullopt;
    const auto more = atoms_of(region, details);
    if (!more) return std::nullopt;
    Details said = details;
    said.indent.clear();
    for (auto way : ways_to_say(region, audience)) {
        way.insert(way.end(), more->begin(), more->end());
        auto text = written(marker, way, {});
        const auto judgement = read_back(region, marker, text);
        if (!judgement || plain(judgement->audience) != plain(audience)) continue;
        if (judgement->details == said) return details.indent + text;
    }
    return std::nullopt;
}

std::string write_end(const Dialect& dialect, const Marker& opener, const std::string& indent) {
    return written(counterpart(dialect, opener), {}, indent);
}

bool is_inverse(const Region& region) {
    return region.audience == Audience::everyone();
}

const Marker* opener_of(const Dialect& dialect, std::size_t spelling) {
    const auto found = std::ranges::find_if(dialect.markers, [&](const Marker& marker) {
        return marker.role == Role::open && marker.spelling == spelling;
    });
    return found == dialect.markers.end() ? nullptr : &*found;
}

/// A view in its container, which says for which plans it is.
std::optional<Written> write_view(const Dialect& dialect, const Marker& marker,
                                  const Audience& audience, const Details& details) {
    const auto& region = dialect.region(marker);
    const auto* container =
        region.parent == Region::npos ? nullptr : opener_of(dialect, region.parent);
    if (container == nullptr || !audience.payers) return std::nullopt;
    auto all = audience;
    all.plans = {};
    const auto view = write_begin(dialect, marker, all, details);
    const auto outer =
        write_begin(dialect, *container, {false, false, true, audience.plans}, Details{});
    if (!view || !outer) return std::nullopt;
    return Written{{*outer, *view},
                   {write_end(dialect, marker, {}), write_end(dialect, *container, {})},
                   marker.form};
}

}  // namespace

std::optional<Written> write_section(const Dialect& dialect, const Audience& audience,
                                     const Details& details) {
    for (const auto& marker : dialect.markers) {
        const auto& region = dialect.region(marker);
        if (marker.role != Role::open || is_inverse(region) || region.is_container) continue;
        if (auto text = write_begin(dialect, marker, audience, details))
            return Written{
                {std::move(*text)}, {write_end(dialect, marker, details.indent)}, marker.form};
        if (auto view = write_view(dialect, marker, audience, details)) return view;
    }
    return std::nullopt;
}

std::optional<Written> write_divider(const Dialect& dialect, const Audience& audience,
                                     const Details& details) {
    for (const auto& marker : dialect.markers) {
        if (marker.role != Role::divide) continue;
        if (auto text = write_begin(dialect, marker, audience, details))
            return Written{{std::move(*text)}, {}, marker.form};
    }
    return std::nullopt;
}

std::optional<Written> write_free_part(const Dialect& dialect) {
    for (const auto& marker : dialect.markers) {
        if (marker.role != Role::open || !is_inverse(dialect.region(marker))) continue;
        return Written{{marker.text()}, {write_end(dialect, marker, {})}, marker.form};
    }
    return std::nullopt;
}

}  // namespace paywall
