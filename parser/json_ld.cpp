#include "parser/json_ld.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace paywall {
namespace {

using Json = nlohmann::ordered_json;

/// Deeper than anyone writes, and no danger to what goes through it by recursion.
constexpr int most_levels = 256;

/// Nothing where it is no JSON, or too deep.
Json read(std::string_view text) {
    bool is_too_deep = false;
    const auto watch = [&](int depth, Json::parse_event_t, Json&) {
        is_too_deep = is_too_deep || depth > most_levels;
        return !is_too_deep;
    };
    auto json = Json::parse(text.begin(), text.end(), watch, false);
    return is_too_deep ? Json(Json::value_t::discarded) : json;
}

constexpr std::array articles{"Blog",  "BlogPosting", "Comment", "Course",          "CreativeWork",
                              "HowTo", "Message",     "Review",  "LiveBlogPosting", "Report"};

JsonLd kind_of_type(const std::string& type) {
    if (type.ends_with("Article") || std::ranges::find(articles, type) != articles.end())
        return JsonLd::article;
    return type.ends_with("Page") ? JsonLd::page : JsonLd::other;
}

/// Of one object.
JsonLd kind_of(const Json& json) {
    if (!json.is_object() || !json.contains("@type")) return JsonLd::other;
    const auto& type = json["@type"];
    auto kind = JsonLd::other;
    const auto add = [&](const Json& one) {
        if (one.is_string()) kind = std::max(kind, kind_of_type(one.get<std::string>()));
    };
    if (type.is_array()) {
        for (const auto& one : type) add(one);
    } else {
        add(type);
    }
    return kind;
}

/// The objects that a text may be about: itself, or those of its list or graph.
std::vector<Json*> candidates(Json& json) {
    std::vector<Json*> found;
    const auto add_all = [&](Json& list) {
        for (auto& one : list) found.push_back(&one);
    };
    if (json.is_array()) add_all(json);
    if (!json.is_object()) return found;
    found.push_back(&json);
    if (json.contains("@graph") && json["@graph"].is_array()) add_all(json["@graph"]);
    return found;
}

/// The first of the best kind.
Json* best(Json& json) {
    const auto found = candidates(json);
    const auto at = std::ranges::max_element(found, {}, [](Json* one) { return kind_of(*one); });
    return at == found.end() ? nullptr : *at;
}

std::string selector(std::size_t section, std::size_t sections) {
    return sections == 1 ? ".paywall" : ".paywall-" + std::to_string(section);
}

Json part(std::size_t section, std::size_t sections) {
    return {{"@type", "WebPageElement"},
            {"isAccessibleForFree", false},
            {"cssSelector", selector(section, sections)}};
}

/// One element, or the list of several.
Json parts(std::size_t sections) {
    if (sections == 1) return part(1, 1);
    Json list = Json::array();
    for (std::size_t i = 1; i <= sections; ++i) list.push_back(part(i, sections));
    return list;
}

void extend(Json& work, std::size_t sections) {
    work["isAccessibleForFree"] = false;
    auto added = parts(sections);
    if (work.contains("hasPart") && !work["hasPart"].empty()) {
        auto all = work["hasPart"].is_array() ? work["hasPart"] : Json::array({work["hasPart"]});
        if (!added.is_array()) added = Json::array({added});
        for (auto& one : added)
            if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
        added = std::move(all);
    }
    work["hasPart"] = std::move(added);
}

/// No `</script>` and no `<!--` may come of it: `<` stands in strings only.
std::string escaped(std::string text) {
    for (std::size_t at = 0; (at = text.find('<', at)) != text.npos;)
        text.replace(at, 1, "\\u003c");
    return text;
}

}  // namespace

std::string paywall_classes(std::size_t section, std::size_t sections) {
    return sections == 1 ? "paywall" : "paywall paywall-" + std::to_string(section);
}

JsonLd judge_json_ld(std::string_view text) {
    auto json = read(text);
    if (json.is_discarded()) return JsonLd::invalid;
    const auto* work = best(json);
    return work == nullptr ? JsonLd::other : kind_of(*work);
}

std::string extended_json_ld(std::string_view text, std::size_t sections) {
    auto json = read(text);
    extend(*best(json), sections);
    constexpr std::string_view blank = " \t\r\n";
    const auto begin = std::min(text.find_first_not_of(blank), text.size());
    const auto end = text.find_last_not_of(blank) + 1;
    const bool has_lines = text.substr(begin, end - begin).find('\n') != text.npos;
    std::string result(text.substr(0, begin));
    result += escaped(json.dump(has_lines ? 2 : -1));
    return result.append(text.substr(end));
}

std::string new_json_ld(std::size_t sections) {
    Json json{{"@context", "https://schema.org"}, {"@type", "WebPage"}};
    extend(json, sections);
    return json.dump();
}

}  // namespace paywall
