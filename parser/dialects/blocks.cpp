#include <utility>

#include "parser/dialects/families.hpp"

namespace paywall::dialects {
namespace {

using Meaning = AttributeRule::Meaning;

/// A comment. Blocks of WordPress have white space within its signs.
Marker comment(Role role, std::string word, std::size_t spelling) {
    return {.role = role,
            .before = "<!--",
            .word = std::move(word),
            .after = "-->",
            .spelling = spelling,
            .form = Form::comment,
            .kind = WordKind::distinctive};
}

Marker block(Role role, std::string word, std::size_t spelling) {
    auto marker = comment(role, std::move(word), spelling);
    if (role == Role::close) {
        marker.before = "<!-- /";
        marker.after = " -->";
    } else {
        marker.attributes = Syntax::json;
        marker.padding = Padding::some;
    }
    return marker;
}

Dialect ghost() {
    auto divider = comment(Role::divide, "members-only", 0);
    divider.kind = WordKind::uncommon;
    auto begin = comment(Role::open, "kg-gated-block:begin", 1);
    begin.attributes = Syntax::key_value;
    const AttributeRule anonymous{
        .key = "nonMember",
        .meaning = Meaning::values,
        .values = {{"true", anonymous_only()}, {"false", Audience::nobody()}}};
    const AttributeRule members{.key = "memberSegment",
                                .meaning = Meaning::values,
                                .values = {{"status:free", members_only()},
                                           {"status:-free", Audience::paid()},
                                           {"", Audience::nobody()}}};
    Region gated{.audience = Audience::nobody(),
                 .rules = {anonymous, members},
                 .combine = Attributes::some,
                 .group = 1};
    return {.name = "ghost",
            .markers = {divider, begin, comment(Role::close, "kg-gated-block:end", 1)},
            .regions = {{}, gated}};
}

Dialect jetpack() {
    auto divider = block(Role::divide, "wp:jetpack/paywall", 0);
    divider.after = "/-->";
    const AttributeRule other{.key = "*", .meaning = Meaning::none};
    const Region paywall{.rules = {other}, .stands_apart = true};
    const Region container{.rules = {{.key = "selectedPlanIds", .meaning = Meaning::plans},
                                     {.key = "selectedPlanId", .meaning = Meaning::plans},
                                     other},
                           .group = 1,
                           .is_container = true};
    const Region subscribers{.rules = {other}, .group = 2, .parent = 1};
    const Region logged_out{
        .audience = anonymous_only(), .rules = {other}, .group = 3, .parent = 1};
    Dialect dialect{.name = "jetpack",
                    .markers = {divider},
                    .regions = {paywall, container, subscribers, logged_out}};
    const char* const words[] = {"wp:premium-content/container",
                                 "wp:premium-content/subscriber-view",
                                 "wp:premium-content/logged-out-view"};
    for (std::size_t i = 0; i < std::size(words); ++i) {
        dialect.markers.push_back(block(Role::open, words[i], i + 1));
        dialect.markers.push_back(block(Role::close, words[i], i + 1));
    }
    return dialect;
}

Dialect btcpaywall() {
    const AttributeRule price{.key = "price", .meaning = Meaning::price};
    const AttributeRule other{.key = "*", .meaning = Meaning::none};
    const AttributeRule gated{
        .key = "pay_block", .meaning = Meaning::values, .values = {{"true", Audience::paid()}}};
    Dialect dialect{
        .name = "btcpaywall", .markers = {}, .regions = {{.rules = {gated, price, other}}}};
    const auto shortcode = [](Role role, std::string word) {
        return Marker{.role = role,
                      .before = "[",
                      .word = std::move(word),
                      .after = "]",
                      .spelling = 0,
                      .form = Form::bracket,
                      .kind = WordKind::distinctive,
                      .attributes = Syntax::shortcode};
    };
    dialect.markers.push_back(shortcode(Role::open, "btcpw_start_content"));
    dialect.markers.push_back(shortcode(Role::close, "btcpw_end_content"));
    dialect.markers.push_back(block(Role::open, "btcpw:start_content", 1));
    dialect.markers.push_back(block(Role::close, "btcpw:end_content", 1));
    dialect.regions.push_back({.rules = {gated, price, other}, .group = 1});
    return dialect;
}

Dialect polar() {
    const auto tag = [](Role role, std::string before) {
        return Marker{.role = role,
                      .before = std::move(before),
                      .word = "Paywall",
                      .after = ">",
                      .spelling = 0,
                      .form = Form::tag,
                      .kind = WordKind::ordinary};
    };
    return {.name = "polar",
            .markers = {tag(Role::open, "<"), tag(Role::close, "</")},
            .regions = {{}},
            .anchor = "<Paywall></Paywall>"};
}

}  // namespace

void add_blocks(std::vector<Dialect>& list) {
    list.push_back(ghost());
    list.push_back(jetpack());
    list.push_back(btcpaywall());
    list.push_back(polar());
}

}  // namespace paywall::dialects
