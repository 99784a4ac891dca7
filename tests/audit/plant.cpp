#include "tests/audit/plant.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>

#include "parser/utf.hpp"

namespace paywall::audit::tests {
namespace {

bool is_wide(char32_t c) {
    return c >= 0x3040 && c < 0xFE00;  // of what is used here
}
bool is_letter(char32_t c) {
    return is_wide(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t pick(std::size_t count, Random& random) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

}  // namespace

void PrintTo(const Language& language, std::ostream* out) {
    *out << language.name;
}

const std::vector<Language>& languages() {
    // Characters that GB18030, Big5 and Shift_JIS all have.
    static const std::u32string han =
        U"一丁七三上下不中主久之九二五人今仁他代令以休何作使信候借先光入八公六共再出分切"
        U"刀力加助勇北十千升南去友口古句同名吉向君味品商善四回因土地城堂報場士大天太夫失"
        U"女好如妻始姓子字安宗定家容寒小少山川工左市布平年序度庭弓引弟強形往後心忘思性恐"
        U"息情想愛意成我手才打投持指春是時月有朋木本李材村林果枝柱校根桃森次正步武母每比"
        U"水永江池河油治泉法注流海深清湖火然物特犬玉王理生用田由申男白百目直相知石神秋科"
        U"秘笑紅紙素細終組結綠義羊老者耳肉育臣自至船色花若草落葉見言計記訪話語誠請論議谷"
        U"走起足身車軍道遠里金長門開間雨雪電青非面音風食馬高魚鳥黃黑";
    static const std::u32string kana =
        U"あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれ"
        U"ろわをんアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨ"
        U"がぎぐげござじずぜぞだでどばびぶべぼパピプペポ";
    static const std::u32string latin = U"abcdefghijklmnopqrstuvw";
    static const std::vector<Language> all = {
        {"chinese", han, U"，。、：；！", U"龍鳳龜麒麟"},
        {"japanese", kana + han.substr(0, 60), U"。、「」", U"龍鳳龜麒麟"},
        {"english", latin + latin + U"ABCDEFGHIJ", U"     ,.;:!?'\"-", U"xyz"},
        {"mixed", han.substr(40, 80) + latin, U" ，。, ", U"龍xyz"},
    };
    return all;
}

std::u32string make_text(const Language& language, std::size_t letters, Random& random) {
    std::u32string text;
    const std::size_t every = language.name == "english" ? 5 : 9;
    for (std::size_t i = 0; i < letters; ++i) {
        text += language.letters[pick(language.letters.size(), random)];
        if (pick(every, random) == 0) text += language.marks[pick(language.marks.size(), random)];
    }
    return text;
}

std::size_t units_of(std::u32string_view text) {
    std::size_t units = 0;
    for (const char32_t c : text)
        if (is_letter(c)) units += is_wide(c) ? 2 : 1;
    return units;
}

std::u32string cut_run(std::u32string_view text, std::size_t units, Size size, Random& random) {
    std::size_t begin = pick(text.size() / 2, random);
    while (!is_letter(text[begin])) ++begin;
    std::size_t end = begin;
    while (units_of(text.substr(begin, end - begin)) < units) ++end;
    const bool too_many =
        size == Size::at_most && units_of(text.substr(begin, end - begin)) > units;
    return std::u32string(text.substr(begin, end - begin - (too_many ? 1 : 0)));
}

const std::vector<Change>& all_changes() {
    static const std::vector<Change> all = {Change::none, Change::reflowed, Change::recased,
                                            Change::widened, Change::sprinkled};
    return all;
}

std::string name_of(Change change) {
    switch (change) {
        case Change::none:
            return "as it is";
        case Change::reflowed:
            return "reflowed";
        case Change::recased:
            return "recased";
        case Change::widened:
            return "widened";
        case Change::sprinkled:
            break;
    }
    return "sprinkled";
}

std::u32string change_text(std::u32string_view text, Change change, Random& random) {
    std::u32string result;
    for (char32_t c : text) {
        const bool small = c >= 'a' && c <= 'z';
        const bool great = c >= 'A' && c <= 'Z';
        if (change == Change::recased && small) c -= 0x20;
        if (change == Change::recased && great) c += 0x20;
        if (change == Change::widened && (small || great)) c += 0xFEE0;
        result += c;
        if (change == Change::reflowed && pick(4, random) == 0) result += U" \n ";
        if (change == Change::sprinkled && pick(4, random) == 0)
            result += U"\u200B\u00AD\u2060\uFEFF"[pick(4, random)];
    }
    return result;
}

std::string to_utf8(std::u32string_view text) {
    std::string utf8;
    for (const char32_t c : text) {
        char bytes[4];
        utf8.append(bytes, static_cast<std::size_t>(write_utf8(c, bytes) - bytes));
    }
    return utf8;
}

std::string html_escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string entities(std::u32string_view text, Random& random) {
    std::string result;
    for (const char32_t c : text) {
        char number[16];
        switch (pick(4, random)) {
            case 0:
                std::snprintf(number, sizeof number, "&#%u;", static_cast<unsigned>(c));
                result += number;
                break;
            case 1:
                std::snprintf(number, sizeof number, "&#x%X;", static_cast<unsigned>(c));
                result += number;
                break;
            default:
                result += html_escaped(to_utf8({&c, 1}));
        }
    }
    return result;
}

std::string json_quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result + "\"";
}

std::string json_string(std::u32string_view text, Random& random) {
    std::string result;
    for (const char32_t c : text) {
        char number[16];
        if (pick(2, random) == 0 && c < 0x10000) {
            std::snprintf(number, sizeof number, "\\u%04x", static_cast<unsigned>(c));
            result += number;
        } else {
            const std::string quoted = json_quoted(to_utf8({&c, 1}));
            result += quoted.substr(1, quoted.size() - 2);
        }
    }
    return "\"" + result + "\"";
}

std::string css_string(std::u32string_view text, Random& random) {
    std::string result;
    for (const char32_t c : text) {
        char number[16];
        if (pick(2, random) == 0 || c == '"' || c == '\n' || c == '\\') {
            std::snprintf(number, sizeof number, "\\%x ", static_cast<unsigned>(c));
            result += number;
        } else {
            result += to_utf8({&c, 1});
        }
    }
    return "\"" + result + "\"";
}

std::string percent(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        char number[8];
        std::snprintf(number, sizeof number, "%%%02X", byte);
        result += plain ? std::string(1, c) : std::string(number);
    }
    return result;
}

std::string quoted_printable(std::string_view text) {
    std::string result;
    std::size_t column = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x20 && byte < 0x7F && byte != '=';
        char number[8];
        std::snprintf(number, sizeof number, "=%02X", byte);
        const std::string unit = plain ? std::string(1, c) : std::string(number);
        if (column + unit.size() > 75) {
            result += "=\r\n";
            column = 0;
        }
        result += unit;
        column += unit.size();
    }
    return result;
}

std::string base64_lines(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t j) {
            return j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U;
        };
        const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j > bytes.size() ? '=' : digits[group >> (18 - 6 * j) & 63U];
        if (text.size() % 78 == 76) text += "\r\n";
    }
    return text;
}

}  // namespace paywall::audit::tests
