#include "tests/bench/buffers.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace paywall::bench {
namespace {

constexpr std::size_t section_every = 7000;
constexpr std::size_t section_length = 2500;

// splitmix64: the same texts on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::size_t below(std::size_t limit) {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return static_cast<std::size_t>((z ^ (z >> 31U)) % limit);
    }
    std::string_view one_of(std::span<const std::string_view> texts) {
        return texts[below(texts.size())];
    }

private:
    std::uint64_t state_;
};

constexpr std::array<std::string_view, 18> clauses{
    "清晨的渡口总是先听见桨声",     "老人把昨夜的账本摊在石桌上", "一页一页地核对茶叶的去处",
    "山里的茶比城里早醒半个月",     "雨水多的年份，叶片薄而香淡", "懂行的人看叶底，不看罐子",
    "价钱从每斤80元涨到了120元",    "邮局隔两天才来一趟",         "信封上的墨迹已经晕开",
    "孩子们在堤上追一只断线的风筝", "木匠说，好船要等三个冬天",   "河道改过两次，桥名却没有改",
    "镇志里只留下一行字",           "第2013号档案记着那场大水",   "修桥的钱是一家一家凑起来的",
    "如今的码头停满了游船",         "茶馆的规矩是先续水，后说话", "夜里能看见对岸作坊的灯",
};
constexpr std::array<std::string_view, 8> stops{"，", "，", "，", "。", "。", "；", "！", "：“"};

constexpr std::array<std::string_view, 17> sentences{
    "The ferry leaves before the market opens, and nobody waits for it twice. ",
    "A pump that runs dry for one minute is a pump you will replace. ",
    "Prices on the north bank rose from 80 to 120 within a single season. ",
    "She kept the ledger in pencil, because people come back to pay. ",
    "What the map calls a road is, in May, mostly a stream. ",
    "Put the kettle on first; every repair takes longer than a cup of tea. ",
    "The apprentice planed the plank until the light no longer passed beneath it. ",
    "Nothing in the archive explains why the bridge was moved upstream. ",
    "Rain came late, so the leaves were small and the tea was strong. ",
    "Ask the harbour office, which is open when its door is. ",
    "We counted forty boats, three of them afloat. ",
    "A good knot holds, and a better one comes undone when asked. ",
    "The post came on Tuesdays and, if the pass was clear, on Fridays. ",
    "He sold the mill, kept the wheel, and turned it into a table. ",
    "Those who are paid late pay late, and the end of it is never near. ",
    "By evening the dust had settled on everything except the argument. ",
    "Keep the receipt: paper is cheaper than memory. ",
};

std::string chinese_paragraph(Dice& dice) {
    std::string text = "　　";
    for (std::size_t n = 4 + dice.below(16); n > 0; --n)
        text.append(dice.one_of(clauses)).append(dice.one_of(stops));
    return text.append(dice.one_of(clauses)).append("。\n");
}

std::string english(Dice& dice, std::size_t count) {
    std::string text;
    for (; count > 0; --count) text += dice.one_of(sentences);
    text.pop_back();
    return text;
}

// A paragraph as a WYSIWYG editor leaves it.
std::string html_block(Dice& dice) {
    constexpr std::string_view paragraph =
        "<p style=\"text-indent: 2em; line-height: 1.75em;\"><span style=\"font-size: 16px; "
        "font-family: SimSun;\">";
    std::string text;
    switch (dice.below(8)) {
        case 0:
            return text.append("<h2><strong>")
                .append(dice.one_of(clauses))
                .append("</strong></h2>\n");
        case 1:
            return text.append("<p style=\"text-align:center\"><img src=\"/uploads/20240611/")
                .append(std::to_string(dice.below(1U << 30U)))
                .append(".jpg\" title=\"\" alt=\"\" width=\"640\"/></p>\n<p><br/></p>\n");
        case 2:
            text = "<ul class=\"list-paddingleft-2\">\n";
            for (int i = 0; i < 4; ++i)
                text.append("<li><p>").append(dice.one_of(clauses)).append("</p></li>\n");
            return text.append("</ul>\n");
        case 3:
            return text.append(paragraph)
                .append(english(dice, 4))
                .append(" &amp; <em>so on</em>&nbsp;</span></p>\n");
        default:
            text.append(paragraph);
            for (std::size_t n = 3 + dice.below(6); n > 0; --n)
                text.append(dice.one_of(clauses)).append(dice.one_of(stops));
            return text.append("<strong>")
                .append(dice.one_of(clauses))
                .append("</strong>。&nbsp;</span></p>\n");
    }
}

std::string markdown_block(Dice& dice) {
    switch (dice.below(8)) {
        case 0:
            return "## " + std::string(dice.one_of(sentences)) + "\n\n";
        case 1:
            return "- **" + english(dice, 1) + "** " + english(dice, 1) + "\n- " +
                   english(dice, 1) + "\n\n";
        case 2:
            return "> " + english(dice, 2) + " [the pier](https://example.org/pier?page=2#map)\n\n";
        case 3:
            return "```sh\n# pump the bilge\nfor p in /proc/*/status; do echo \"$p\"; "
                   "done\n```\n\n";
        default:
            return english(dice, 3 + dice.below(5)) + "\n\n";
    }
}

std::string block(Prose kind, Dice& dice) {
    switch (kind) {
        case Prose::chinese:
            return chinese_paragraph(dice);
        case Prose::html:
            return html_block(dice);
        case Prose::markdown:
            break;
    }
    return markdown_block(dice);
}

std::string made(Prose kind) {
    Dice dice(20240611U + static_cast<std::uint64_t>(kind));
    std::string text;
    text.reserve(buffer_size);
    std::size_t next = section_every - section_length;
    bool inside = false;
    while (text.size() < buffer_size - 4096 || inside) {
        text += block(kind, dice);
        if (text.size() < next) continue;
        if (kind == Prose::html)
            text += inside ? "<p>##paidend##</p>\n" : "<p>##paidbegin##</p>\n";
        else if (kind == Prose::markdown)  // a heading may follow, and must not touch it
            text += inside ? "##paidend##\n" : "##paidbegin##\n";
        else
            text += inside ? "##paidend##\n" : "##paidbegin##";
        inside = !inside;
        next += inside ? section_length : section_every - section_length;
    }
    text.append(buffer_size - text.size(), '\n');
    return text;
}

std::string html_source(Dice& dice) {
    std::string text;
    while (text.size() < section_every - section_length) text += html_block(dice);
    text += "<p>##paidbegin##</p>\n";
    while (text.size() < section_every - 300) text += html_block(dice);
    text += "<p>##paidend##</p>\n";
    return text += html_block(dice);
}

}  // namespace

const std::vector<std::string>& html_sources() {
    static const auto sources = [] {
        constexpr std::size_t count = buffer_size / 4 / section_every;
        Dice dice(20240611U);
        std::vector<std::string> made;
        for (std::size_t i = 0; i < count; ++i) made.push_back(html_source(dice));
        return made;
    }();
    return sources;
}

const std::string& prose(Prose kind) {
    static const std::array texts{made(Prose::chinese), made(Prose::html), made(Prose::markdown)};
    return texts.at(static_cast<std::size_t>(kind));
}

const std::vector<Awkward>& awkward_inputs() {
    static const std::vector<Awkward> inputs{
        {"hash", "#"},
        {"paidbegin", "##paidbegin##"},
        {"paidend", "##paidend##"},
        {"sections", "##paidbegin##a##paidend##"},
        {"full-width hash", "＃"},
        {"full-width yen", "￥"},
        {"less-than", "<"},
        {"</p", "</p"},
        {"p<", "p<"},
        {"p<b>", "p<b>"},
        {"<!--", "<!--"},
        {"&#35;", "&#35;"},
        {"&amp;", "&amp;"},
        {"&", "&"},
        {"p&#8203;", "p&#8203;"},
        {"zero-width space", "\xE2\x80\x8B"},
        {"p, zero-width", "p\xE2\x80\x8B"},
        {"$$ and space", "$$ "},
        {"backslash hash", "\\#"},
        {"%23", "%23"},
        {"u0023 escape", "\\u0023"},
        {"paid", "paid"},
        {"paid and space", "paid "},
        {"paidbegi", "paidbegi"},
        {"pa-", "pa-"},
        {"Cyrillic r", "\xD1\x80"},
        {"##paid and space", "##paid "},
        {"## and space", "## "},
        {"##paidbegin", "##paidbegin"},
        {"##piadbegin##", "##piadbegin##"},
        {"<paid and space", "<paid "},
        {"<paid>", "<paid>"},
        {"<pid>", "<pid>"},
        {"[paid]", "[paid]"},
        {"&lt;paid", "&lt;paid"},
        {"\xE3\x80\x8Apaid", "\xE3\x80\x8Apaid"},
        {"carriage return", "\r"},
        {"line feed", "\n"},
        {"GB18030 text", "\xCE\xC4\xD5\xC2\xB8\xB6\xB7\xD1"},
        {"GB18030, four bytes each", "\x81\x30\x81\x30"},
        {"UTF-16 hash", std::string("\0#", 2)},
        {"sections of tags", "<paid>x</paid>"},
        {"sections side by side", "##paidbegin####paidend##"},
        {"half a section", "##paidbegin##$$paidbegin$$<paid>"},
        {"dollar", "$"},
        {"$$ and word", "$$ x"},
        {"full-width dollar", "\xEF\xBC\x84"},
        {"double angle", "\xE3\x80\x8A\xE3\x80\x8B"},
        {"&amp;amp;", "&amp;amp;"},
        {"&amp;#35;", "&amp;#35;"},
        {"&#x", "&#x"},
        {"&num;", "&num;"},
        {"Han references", "&#20184;"},
        {"escaped p", "&#112;"},
        {"escaped escape", "%25"},
        {"percent a", "%61"},
        {"percent Han", "%E4%BB%98"},
        {"u escaped Han", "\\u4ed8"},
        {"escapes of all kinds", "&#35;%23\\u0023\\#"},
        {"paid>", "paid>"},
        {"/paid>", "/paid>"},
        {"paid&gt;", "paid&gt;"},
        {"CRLF", "\r\n"},
        {"control characters", "\x01\x02\x1F"},
        {"combining marks", "\xCC\x81"},
        {"letters with marks", "a\xCC\x81"},
        {"unseen of two kinds", "\xE2\x80\x8B\xE2\x80\x8C"},
        {"full-width paid", "\xEF\xBD\x90\xEF\xBD\x81\xEF\xBD\x89\xEF\xBD\x84"},
        {"Greek", "\xCF\x81\xCE\xB1\xCE\xB9"},
        {"attributes", "<a href=\""},
        {"</pid>", "</pid>"},
        {"#b#", "#<b>"},
        {"GB18030, letters between", "\xCE\xC4p"},
        {"percent", "%"},
        {"&num", "&num"},
        {"Greek letter and space", "\xCE\xB9 "},
        {"another letter with marks", "e\xCC\x81"},
        {"pa1", "pa1"},
        {"spai", "spai"},
        {"#paid", "#paid"},
        {"sections of tags in capitals", "<PAID>x</PAID>"},
    };
    return inputs;
}

std::string_view repeated(const std::string& unit) {
    static std::string buffer(buffer_size, '\0');
    static std::string unit_inside;
    const std::string_view whole(buffer.data(), buffer_size - buffer_size % unit.size());
    if (unit_inside == unit) return whole;
    std::size_t filled = unit.size();
    std::memcpy(buffer.data(), unit.data(), filled);
    while (filled < buffer_size) {
        const std::size_t more = filled < buffer_size - filled ? filled : buffer_size - filled;
        std::memcpy(buffer.data() + filled, buffer.data(), more);
        filled += more;
    }
    unit_inside = unit;
    return whole;
}

}  // namespace paywall::bench
