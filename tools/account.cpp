#include "tools/account.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "audit/asset_links.hpp"
#include "parser/excerpt.hpp"
#include "parser/visible_text.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_counted = std::size_t{16} << 20;

Json object_of(const Numbers& numbers) {
    return {{"characters", numbers.characters},
            {"words", numbers.words},
            {"reading_seconds", numbers.seconds}};
}

std::vector<std::string> paid_assets_of(const Cutting& cutting) {
    const auto free = audit::link_targets(text_of(*cutting.document, *cutting.preview));
    auto all = audit::link_targets(text_of(*cutting.document, *cutting.full));
    const std::set<std::string_view> in_preview(free.begin(), free.end());
    std::erase_if(all, [&](const std::string& link) { return in_preview.contains(link); });
    return all;
}

}  // namespace

std::optional<Account> account_of(const Cutting& cutting, std::optional<std::size_t> excerpt) {
    const Document& document = *cutting.document;
    if (document.text.bytes().size() > most_counted) return std::nullopt;
    Account account{count_numbers(document), paid_assets_of(cutting), {}};
    if (excerpt) {
        const auto visible = read_visible(preview_text(document), document.content);
        account.excerpt = make_excerpt(visible.text(), *excerpt);
    }
    return account;
}

std::string account_members(const std::optional<Account>& account) {
    if (!account) return std::string(no_account);
    Json segments = Json::array();
    for (const auto& segment : account->numbers.segments) segments.push_back(object_of(segment));
    Json object{{"numbers",
                 {{"segments", std::move(segments)},
                  {"preview", object_of(account->numbers.preview)},
                  {"full", object_of(account->numbers.full)}}},
                {"paid_assets", account->paid_assets}};
    if (account->excerpt) object["excerpt"] = *account->excerpt;
    const auto text = object.dump(-1, ' ', false, Json::error_handler_t::replace);
    return text.substr(1, text.size() - 2);
}

std::string text_of(const Document& document, const Edition& edition) {
    const std::string bytes = edition.text();
    const auto decoded = decode(bytes, document.text.encoding());
    const auto* text = std::get_if<Text>(&decoded);
    return text == nullptr ? bytes : std::string(text->utf8());
}

}  // namespace paywall::tools
