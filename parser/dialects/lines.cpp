#include <utility>

#include "parser/dialects/families.hpp"

namespace paywall::dialects {
namespace {

Marker line(Role role, std::string before, std::string word, WordKind kind) {
    const auto padding = before.empty() ? Padding::none : Padding::some;
    return {.role = role,
            .before = std::move(before),
            .word = std::move(word),
            .after = "",
            .spelling = 0,
            .form = Form::line,
            .kind = kind,
            .padding = padding};
}

}  // namespace

void add_lines(std::vector<Dialect>& list) {
    constexpr auto distinctive = WordKind::distinctive;
    list.push_back({.name = "hugo-org",
                    .markers = {line(Role::divide, "#", "more", WordKind::ordinary)},
                    .regions = {{}}});
    list.push_back({.name = "leanpub",
                    .markers = {line(Role::open, "%%", "begin sample", distinctive),
                                line(Role::close, "%%", "end sample", distinctive)},
                    .regions = {{.audience = Audience::everyone()}}});
    list.push_back({.name = "nbgrader",
                    .markers = {line(Role::open, "", "BEGIN SOLUTION", distinctive),
                                line(Role::close, "", "END SOLUTION", distinctive)},
                    .regions = {{}}});
}

}  // namespace paywall::dialects
