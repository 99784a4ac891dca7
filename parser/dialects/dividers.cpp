#include <utility>

#include "parser/dialects/families.hpp"

namespace paywall::dialects {
namespace {

using Meaning = AttributeRule::Meaning;

/// A comment behind which the text is for payers.
Marker comment(std::string word, WordKind kind, Padding padding = Padding::none,
               Letters letters = Letters::exact) {
    return {.role = Role::divide,
            .before = "<!--",
            .word = std::move(word),
            .after = "-->",
            .letters = letters,
            .form = Form::comment,
            .kind = kind,
            .padding = padding};
}

Region labelled() {
    return {.rules = {{"label", Meaning::none}}};
}

Dialect divided(std::string name, std::vector<Marker> markers) {
    return {.name = std::move(name), .markers = std::move(markers), .regions = {labelled()}};
}

Dialect wordpress() {
    auto more = comment("more", WordKind::ordinary);
    more.attributes = Syntax::label;
    // Gutenberg wraps the divider in a block of its own.
    Marker wrapper{.role = Role::wrap,
                   .before = "<!--",
                   .word = "wp:more",
                   .after = "-->",
                   .spelling = 1,
                   .form = Form::comment,
                   .kind = WordKind::distinctive,
                   .attributes = Syntax::json,
                   .padding = Padding::some};
    Marker end = wrapper;
    end.before = "<!-- /";
    end.after = " -->";
    end.attributes = Syntax::none;
    end.padding = Padding::none;
    auto dialect = divided("wordpress", {more, wrapper, end});
    dialect.content = {"<!--nextpage-->", "<!--noteaser-->"};
    dialect.regions.push_back({.rules = {{"*", Meaning::none}}});
    return dialect;
}

Dialect nikola() {
    auto one = comment("TEASER_END", WordKind::distinctive, Padding::any, Letters::any_case);
    one.attributes = Syntax::colon_label;
    auto other = one;
    other.word = "END_TEASER";
    return divided("nikola", {one, other});
}

/// The summary is free; where only its end is marked, it begins with the source.
Dialect pelican() {
    auto begin = comment("PELICAN_BEGIN_SUMMARY", WordKind::distinctive, Padding::any);
    begin.role = Role::open;
    auto end = comment("PELICAN_END_SUMMARY", WordKind::distinctive, Padding::any);
    end.role = Role::close;
    return {.name = "pelican",
            .markers = {begin, end},
            .regions = {{.audience = Audience::everyone(), .may_begin_source = true}}};
}

Dialect steady() {
    Marker text{.role = Role::divide,
                .before = "___",
                .word = "STEADY_PAYWALL",
                .after = "___",
                .spelling = 0,
                .form = Form::run};
    return divided("steady", {text, comment("steady-paywall", WordKind::distinctive)});
}

}  // namespace

Audience plan(std::string_view name) {
    return {false, false, true, {Plans::Kind::of, {std::string(name)}}};
}

void add_fastadmin_ask(std::vector<Dialect>& list) {
    const auto end = [](Role role, std::string word) {
        return Marker{role, "$$", std::move(word), "$$", Letters::any_case, 0};
    };
    list.push_back({.name = "fastadmin-ask",
                    .markers = {end(Role::open, "paidbegin"), end(Role::close, "paidend")},
                    .own_wordings = fastadmin().own_wordings,
                    .regions = {{}}});
}

void add_dividers(std::vector<Dialect>& list) {
    constexpr auto ordinary = WordKind::ordinary;
    constexpr auto any_case = Letters::any_case;
    list.push_back(wordpress());
    list.push_back(divided("writefreely", {comment("paid", ordinary)}));
    list.push_back(steady());
    list.push_back(divided("hugo", {comment("more", ordinary)}));
    list.push_back(divided("hexo", {comment("more", ordinary, Padding::one, any_case)}));
    list.push_back(divided("zola", {comment("more", ordinary, Padding::any, any_case)}));
    list.push_back(nikola());
    list.push_back(pelican());
    list.push_back(divided("drupal", {comment("break", ordinary)}));
}

}  // namespace paywall::dialects
