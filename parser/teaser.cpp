#include "parser/teaser.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "parser/html/teaser.hpp"
#include "parser/markdown/teaser.hpp"
#include "parser/placeholder.hpp"
#include "parser/visible_text.hpp"

namespace paywall {
namespace {

std::optional<std::size_t> number_in(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Paragraphs of plain text: blank lines part them; where there is none, every line is one.
std::vector<Boundary> boundaries_of_text(std::string_view text) {
    std::vector<Boundary> behind_blank_lines;
    std::vector<Boundary> behind_lines;
    bool was_blank = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find_first_of("\r\n", at), text.size());
        const auto line = text.substr(at, end - at);
        const bool is_blank = line.find_first_not_of(" \t") == line.npos;
        if (at > 0 && !is_blank) {
            behind_lines.push_back({at, Boundary::Behind::block});
            if (was_blank) behind_blank_lines.push_back(behind_lines.back());
        }
        was_blank = is_blank;
        at = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
    }
    return behind_blank_lines.empty() ? behind_lines : behind_blank_lines;
}

std::vector<Boundary> boundaries_of(std::string_view text, Content content) {
    switch (content) {
        case Content::html:
            return html::find_boundaries(text);
        case Content::markdown:
            return markdown::find_boundaries(text);
        default:
            return boundaries_of_text(text);
    }
}

/// A boundary, and what stands before it.
struct Candidate {
    std::size_t offset;
    std::size_t characters;
    std::size_t paragraphs;
    bool can_end;  ///< a heading is not left alone
};

class Chooser {
public:
    Chooser(std::string_view text, Content content, const Teaser& teaser) : teaser_(teaser) {
        const auto boundaries = boundaries_of(text, content);
        std::vector<std::size_t> places;
        for (const auto& boundary : boundaries) places.push_back(boundary.offset);
        const auto visible = read_visible(text, content, places);
        Candidate before{0, 0, 0, false};
        for (std::size_t i = 0; i < boundaries.size(); ++i) {
            const auto from = i == 0 ? 0 : visible.ends()[i - 1];
            const auto added = count(visible, from, visible.ends()[i]);
            const bool is_heading = boundaries[i].behind == Boundary::Behind::heading;
            before.offset = boundaries[i].offset;
            before.characters += added;
            if (added > 0) before.can_end = !is_heading;
            if (added > 0 && !is_heading) ++before.paragraphs;
            candidates_.push_back(before);
        }
        const auto from = visible.ends().empty() ? 0 : visible.ends().back();
        all_ = before.characters + count(visible, from, visible.text().size());
        std::erase_if(candidates_, [this](const Candidate& one) {
            return !one.can_end || one.characters == all_ || one.characters > teaser_.max;
        });
    }

    std::vector<std::size_t> choose() {
        const bool is_share = teaser_.unit == Teaser::Unit::percent;
        std::vector<std::size_t> places = is_share ? choose_by_share() : choose_by_paragraphs();
        constexpr std::size_t most = 8;  // each may be tried, at the cost of a reading
        if (places.size() > most) places.resize(most);
        return places;
    }

private:
    static std::size_t count(const VisibleText& visible, std::size_t begin, std::size_t end) {
        auto text = std::string_view(visible.text()).substr(begin, end - begin);
        text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
        const auto ends = static_cast<std::size_t>(std::ranges::count(text, '\n'));
        return count_characters(text) - ends;
    }

    std::vector<std::size_t> choose_by_share() {
        const auto share = all_ / 100 * teaser_.amount + all_ % 100 * teaser_.amount / 100;
        const auto most = std::min(std::max(share, teaser_.min), teaser_.max);
        auto end = std::ranges::upper_bound(candidates_, most, {}, &Candidate::characters);
        // Where whole blocks come to less than the minimum one more is taken.
        const bool is_less = end == candidates_.begin() || (end - 1)->characters < teaser_.min;
        if (is_less && teaser_.min > 0 && end != candidates_.end()) {
            const auto next = end->characters;
            end = std::ranges::upper_bound(candidates_, next, {}, &Candidate::characters);
        }
        return offsets_before(end);
    }

    std::vector<std::size_t> choose_by_paragraphs() {
        const bool has_all = std::ranges::any_of(
            candidates_, [this](const Candidate& one) { return one.paragraphs >= teaser_.amount; });
        // The document has no more paragraphs than that, or `max` takes some away.
        if (!has_all && teaser_.max == Teaser::no_limit) return {};
        return offsets_before(
            std::ranges::upper_bound(candidates_, teaser_.amount, {}, &Candidate::paragraphs));
    }

    [[nodiscard]] std::vector<std::size_t> offsets_before(
        std::vector<Candidate>::const_iterator end) const {
        std::vector<std::size_t> offsets;
        while (end != candidates_.begin()) offsets.push_back((--end)->offset);
        return offsets;
    }

    const Teaser& teaser_;
    std::vector<Candidate> candidates_;
    std::size_t all_ = 0;
};

}  // namespace

std::variant<Teaser, std::string> Teaser::parse(std::string_view text) {
    Teaser teaser;
    for (bool is_first = true; is_first || !text.empty(); is_first = false) {
        const auto comma = std::min(text.find(','), text.size());
        const auto item = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto sign = item.find('=');
        const auto key = sign == item.npos ? std::string_view() : item.substr(0, sign);
        const bool is_share = is_first && item.ends_with('%') && key.empty();
        const auto number = number_in(is_share ? item.substr(0, item.size() - 1)
                                               : item.substr(sign + 1));  // npos + 1 is 0
        const auto wrong = [&](std::string_view why) {
            return "'" + std::string(item) + "' " + std::string(why);
        };
        if (is_share) {
            if (!number || *number < 1 || *number > 99) return wrong("is no share from 1% to 99%");
            teaser.amount = *number;
        } else if (is_first) {
            if (key != "paragraphs" || !number || *number < 1)
                return wrong("is neither a share like 20% nor paragraphs=N");
            teaser.unit = Unit::paragraphs;
            teaser.amount = *number;
        } else if (key == "max" && number && *number > 0) {
            teaser.max = *number;
        } else if (key == "min" && number && teaser.unit == Unit::percent) {
            teaser.min = *number;
        } else {
            return wrong(teaser.unit == Unit::percent ? "is neither min=N nor max=N"
                                                      : "is not max=N");
        }
    }
    if (teaser.min > teaser.max) return "min is more than max";
    return teaser;
}

std::string Teaser::text() const {
    const auto number = std::to_string(amount);
    std::string text = unit == Unit::percent ? number + "%" : "paragraphs=" + number;
    if (min > 0) text += ",min=" + std::to_string(min);
    if (max != no_limit) text += ",max=" + std::to_string(max);
    return text;
}

std::vector<std::size_t> find_teaser(std::string_view text, Content content, const Teaser& teaser) {
    return Chooser(text, content, teaser).choose();
}

}  // namespace paywall
