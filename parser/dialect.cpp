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
    return {
        .name = "fastadmin",
        .markers = {{Role::open, "##", "paidbegin", "##", Letters::exact, 0},
                    {Role::close, "##", "paidend", "##", Letters::exact, 0},
                    {Role::open, "$$", "paidbegin", "$$", Letters::exact, 1},
                    {Role::close, "$$", "paidend", "$$", Letters::exact, 1},
                    {Role::open, "<", "paid", ">", Letters::any_case, 2},
                    {Role::close, "</", "paid", ">", Letters::any_case, 2}},
        .content = {"##pagebreak##"},
        .own_wordings = own_wordings_of_paid(),
    };
}

}  // namespace

WordKind word_kind(const Marker& marker) {
    return marker.before.front() == '<' ? WordKind::ordinary : WordKind::distinctive;
}

const Marker& counterpart(const Dialect& dialect, const Marker& marker) {
    return *std::ranges::find_if(dialect.markers, [&](const Marker& other) {
        return other.spelling == marker.spelling && other.role != marker.role;
    });
}

const Dialect& fastadmin() {
    static const Dialect dialect = make_fastadmin();
    return dialect;
}

}  // namespace paywall
