#include "parser/dialects/families.hpp"

namespace paywall::dialects {
namespace {

using Meaning = AttributeRule::Meaning;

Dialect pmpro() {
    const std::vector<AttributeRule::Value> no_level{{"0", not_payers()}};
    Dialect dialect{.name = "pmpro", .markers = {}};
    add_shortcode(dialect, "membership",
                  {.rules = {{.key = "level", .meaning = Meaning::plans, .values = no_level},
                             {.key = "levels", .meaning = Meaning::plans, .values = no_level},
                             {.key = "show_noaccess", .meaning = Meaning::none}}},
                  WordKind::uncommon);
    return dialect;
}

Dialect restrict_content() {
    Dialect dialect{.name = "restrict-content", .markers = {}};
    const AttributeRule message{.key = "message", .meaning = Meaning::message};
    add_shortcode(dialect, "restrict",
                  {.rules = {{.key = "paid",
                              .meaning = Meaning::values,
                              .values = {{"true", Audience::paid()}}},
                             {.key = "subscription", .meaning = Meaning::plans},
                             message}},
                  WordKind::uncommon);
    add_shortcode(dialect, "is_paid", {}, WordKind::ordinary);
    add_shortcode(dialect, "is_free", {.audience = members_only()}, WordKind::ordinary);
    add_shortcode(dialect, "is_not_paid", {.audience = not_payers()}, WordKind::uncommon);
    add_shortcode(dialect, "not_logged_in", {.audience = anonymous_only()}, WordKind::uncommon);
    return dialect;
}

Dialect memberpress() {
    Dialect dialect{.name = "memberpress", .markers = {}};
    const std::vector<AttributeRule::Value> states{{"loggedin", members_and_payers()},
                                                   {"loggedout", anonymous_only()}};
    const auto rules = [&](Meaning meaning) -> std::vector<AttributeRule> {
        return {{.key = "rules", .meaning = meaning},
                {.key = "rule", .meaning = meaning},
                {.key = "if", .meaning = meaning, .values = states, .prefix = "rule:"},
                {.key = "unauth", .meaning = Meaning::none},
                {.key = "unauth_message", .meaning = Meaning::message}};
    };
    add_shortcode(dialect, "mepr-show", {.rules = rules(Meaning::plans)});
    add_shortcode(dialect, "mepr-hide",
                  {.audience = not_payers(), .rules = rules(Meaning::without)});
    return dialect;
}

Dialect woocommerce_memberships() {
    Dialect dialect{.name = "woocommerce-memberships", .markers = {}};
    add_shortcode(dialect, "wcm_restrict",
                  {.rules = {{.key = "plans", .meaning = Meaning::plans}}});
    add_shortcode(
        dialect, "wcm_nonmember",
        {.audience = not_payers(), .rules = {{.key = "plans", .meaning = Meaning::without}}});
    return dialect;
}

Dialect newsletter() {
    Dialect dialect{.name = "newsletter", .markers = {}};
    add_shortcode(dialect, "newsletter_lock", {.audience = members_and_payers()});
    return dialect;
}

Dialect erphpdown() {
    Dialect dialect{.name = "erphpdown", .markers = {}};
    const AttributeRule price{.key = "price", .meaning = Meaning::price};
    add_shortcode(dialect, "erphpdown",
                  {.rules = {price, {.key = "index", .meaning = Meaning::none}}},
                  WordKind::uncommon);
    add_shortcode(dialect, "vip", {.rules = {{.key = "type", .meaning = Meaning::plans}, price}},
                  WordKind::ordinary);
    return dialect;
}

Dialect zibll() {
    Dialect dialect{.name = "zibll", .markers = {}};
    // The first of each audience is what conversion writes.
    const std::vector<AttributeRule::Value> types{
        {"payshow", Audience::paid()}, {"logged", members_and_payers()},
        {"vip1", plan("vip1")},        {"vip2", plan("vip2")},
        {"reply", Audience::paid()},   {"password", Audience::paid()}};
    add_shortcode(dialect, "hidecontent",
                  {.rules = {{.key = "type", .meaning = Meaning::values, .values = types},
                             {.key = "password", .meaning = Meaning::none},
                             {.key = "desc", .meaning = Meaning::none}},
                   .is_secret = true});
    return dialect;
}

}  // namespace

void add_shortcode(Dialect& dialect, std::string_view word, Region region, WordKind kind) {
    const auto spelling = dialect.regions.size();
    const auto add = [&](Role role, const char* before, const char* after, Syntax attributes) {
        dialect.markers.push_back({.role = role,
                                   .before = before,
                                   .word = std::string(word),
                                   .after = after,
                                   .spelling = spelling,
                                   .form = Form::bracket,
                                   .kind = kind,
                                   .attributes = attributes});
    };
    add(Role::open, "[", "]", Syntax::shortcode);
    add(Role::close, "[/", "]", Syntax::none);
    add(Role::escape, "[[", "]", Syntax::shortcode);
    add(Role::escape, "[[", "]]", Syntax::shortcode);
    add(Role::unescape, "[/", "]]", Syntax::none);
    region.group = spelling;
    dialect.regions.push_back(std::move(region));
}

void add_shortcodes(std::vector<Dialect>& list) {
    list.push_back(pmpro());
    list.push_back(restrict_content());
    list.push_back(memberpress());
    list.push_back(woocommerce_memberships());
    list.push_back(newsletter());
    list.push_back(erphpdown());
    list.push_back(zibll());
}

}  // namespace paywall::dialects
