#include "parser/dialects.hpp"

#include <algorithm>

#include "parser/dialects/families.hpp"

namespace paywall {

const std::vector<Dialect>& built_in_dialects() {
    static const std::vector<Dialect> all = [] {
        std::vector<Dialect> dialects{fastadmin()};
        dialects::add_fastadmin_ask(dialects);
        dialects::add_dividers(dialects);
        dialects::add_blocks(dialects);
        dialects::add_shortcodes(dialects);
        dialects::add_boards(dialects);
        dialects::add_lines(dialects);
        return dialects;
    }();
    return all;
}

const Dialect* find_dialect(std::string_view name) {
    const auto& all = built_in_dialects();
    const auto found = std::ranges::find(all, name, &Dialect::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace paywall
