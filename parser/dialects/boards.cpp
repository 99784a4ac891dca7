#include <utility>

#include "parser/dialects/families.hpp"

namespace paywall::dialects {
namespace {

using Meaning = AttributeRule::Meaning;

Marker code(Role role, std::string before, std::string word, std::size_t spelling) {
    return {.role = role,
            .before = std::move(before),
            .word = std::move(word),
            .after = "]",
            .letters = Letters::any_case,
            .spelling = spelling,
            .form = Form::bracket,
            .kind = WordKind::ordinary};
}

Dialect discuz() {
    auto hide = code(Role::open, "[", "hide", 0);
    hide.attributes = Syntax::assignment;
    // Days and credits are no plans: who has paid reads it.
    const Region hidden{.rules = {{.key = "", .meaning = Meaning::none}}};
    const Region free{.audience = Audience::everyone(), .group = 1};
    return {.name = "discuz",
            .markers = {hide, code(Role::close, "[/", "hide", 0), code(Role::open, "[", "free", 1),
                        code(Role::close, "[/", "free", 1)},
            .regions = {hidden, free}};
}

Dialect flarum_pay() {
    auto pay = code(Role::open, "[", "pay", 0);
    pay.attributes = Syntax::shortcode;
    const Region paid{.rules = {{.key = "amount", .meaning = Meaning::price},
                                {.key = "id", .meaning = Meaning::none}},
                      .nesting = Nesting::stack};
    return {.name = "flarum-pay",
            .markers = {pay, code(Role::close, "[/", "pay", 0)},
            .regions = {paid},
            .has_fences = true};
}

}  // namespace

void add_boards(std::vector<Dialect>& list) {
    list.push_back(discuz());
    list.push_back(flarum_pay());
}

}  // namespace paywall::dialects
