#include "parser/dialect.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace paywall {
namespace {

/// What authors write instead of `paidbegin` and `paidend`: a word for the paid part, alone or
/// with a word for its begin or end before or after it.
std::vector<OwnWording> own_wordings_of_paid() {
    const auto nouns = {"paid", "pay", "payed", "payd", "vip", "付费", "收费", "付費", "收費"};
    // A heading may well be of these alone.
    const auto contents = {"paidcontent", "paidtext", "paidpart", "paidsection", "付费内容",
                           "收费内容",    "付费部分", "收费部分", "付费阅读",    "付费正文",
                           "付费章节",    "付費內容", "已付费",   "会员"};
    const auto begins = {"begin", "begins", "start", "starts", "open", "on",
                         "from",  "开始",   "开头",  "開始",   "起"};
    const auto ends = {"end", "ends", "stop", "stops", "close", "finish", "over",
                       "off", "结束", "结尾", "結束",  "止",    "完"};
    std::vector<OwnWording> wordings;
    const auto add = [&](const char* noun, std::initializer_list<const char*> places, Role role) {
        for (const char* place : places) {
            wordings.push_back({std::string(noun) + place, role});
            wordings.push_back({std::string(place) + noun, role});
            wordings.push_back({std::string(place) + "of" + noun, role});
        }
    };
    for (const char* noun : nouns) {
        wordings.push_back({noun, Role::open});
        wordings.push_back({std::string("/") + noun, Role::close});
        add(noun, begins, Role::open);
        add(noun, ends, Role::close);
    }
    for (const char* noun : contents) {
        wordings.push_back({std::string("/") + noun, Role::close});
        add(noun, begins, Role::open);
        add(noun, ends, Role::close);
    }
    return wordings;
}

Dialect make_fastadmin() {
    Dialect dialect{
        .name = "fastadmin",
        .markers = {{Role::open, "##", "paidbegin", "##", Letters::exact, 0},
                    {Role::close, "##", "paidend", "##", Letters::exact, 0},
                    {Role::open, "$$", "paidbegin", "$$", Letters::exact, 1},
                    {Role::close, "$$", "paidend", "$$", Letters::exact, 1},
                    {Role::open, "<", "paid", ">", Letters::any_case, 2, Form::tag},
                    {Role::close, "</", "paid", ">", Letters::any_case, 2, Form::tag}},
        .content = {"##pagebreak##"},
        .own_wordings = own_wordings_of_paid(),
        .regions = {{}, {}, {}},
    };
    for (auto& marker : dialect.markers) {
        if (marker.form == Form::tag) marker.kind = WordKind::ordinary;
    }
    return dialect;
}

}  // namespace

std::string Marker::text() const {
    const bool is_padded = padding == Padding::some || padding == Padding::any ||
                           (padding == Padding::one && form == Form::comment);
    const std::string space = is_padded ? " " : "";
    return before + (before.empty() ? "" : space) + word + (after.empty() ? "" : space) + after;
}

std::string Marker::folded_word() const {
    std::string folded = word;
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    }
    return folded;
}

const Region& Dialect::region(const Marker& marker) const {
    static const Region plain;
    return marker.spelling < regions.size() ? regions[marker.spelling] : plain;
}

bool Dialect::has_secrets() const {
    return std::ranges::any_of(regions, &Region::is_secret);
}

WordKind word_kind(const Marker& marker) {
    return marker.kind;
}

const Marker& counterpart(const Dialect& dialect, const Marker& marker) {
    const auto found = std::ranges::find_if(dialect.markers, [&](const Marker& other) {
        const bool is_end = other.role == Role::open || other.role == Role::close;
        return is_end && other.spelling == marker.spelling && other.role != marker.role;
    });
    return found == dialect.markers.end() ? marker : *found;
}

Dialect combined(const std::vector<Dialect>& dialects) {
    Dialect all;
    for (const auto& dialect : dialects) {
        const auto base = all.regions.size();
        all.name += (all.name.empty() ? "" : ",") + dialect.name;
        for (auto region : dialect.regions) {
            region.group += base;
            if (region.parent != Region::npos) region.parent += base;
            all.regions.push_back(std::move(region));
        }
        for (auto marker : dialect.markers) {
            marker.spelling += base;
            all.markers.push_back(std::move(marker));
        }
        const auto append = [](auto& to, const auto& from) {
            to.insert(to.end(), from.begin(), from.end());
        };
        append(all.content, dialect.content);
        append(all.own_wordings, dialect.own_wordings);
        all.has_fences = all.has_fences || dialect.has_fences;
        if (all.anchor.empty()) all.anchor = dialect.anchor;
    }
    return all;
}

std::string fault_of(const Dialect& dialect) {
    if (dialect.markers.empty()) return "the dialect " + dialect.name + " has no markers";
    for (const auto& marker : dialect.markers) {
        const auto text = marker.text();
        if (marker.word.empty()) return "a marker is empty";
        for (const auto& other : dialect.markers) {
            if (&other == &marker) continue;
            const bool is_same_start = other.text().starts_with(text);
            const bool is_escape = other.role == Role::escape || other.role == Role::unescape;
            if (is_same_start && !is_escape) {
                return "the marker " + text + " begins the marker " + other.text();
            }
        }
    }
    return {};
}

const Dialect& fastadmin() {
    static const Dialect dialect = make_fastadmin();
    return dialect;
}

}  // namespace paywall
