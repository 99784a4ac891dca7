#include "tools/own_dialect.hpp"

#include <algorithm>

#include "parser/ascii.hpp"
#include "parser/dialects.hpp"

namespace paywall::tools {
namespace {

using Meaning = AttributeRule::Meaning;

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-:/").find(c) != std::string_view::npos;
}

/// Where the word of a marker stands: its longest run of word characters, from a letter to a letter
/// or digit.
struct WordPlace {
    std::size_t begin = 0;
    std::size_t length = 0;
};

WordPlace find_word(std::string_view text) {
    WordPlace longest;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_ascii_letter(text[at])) {
            ++at;
            continue;
        }
        auto end = at;
        while (end < text.size() && is_word_character(text[end])) ++end;
        while (!is_ascii_letter(text[end - 1]) && !(text[end - 1] >= '0' && text[end - 1] <= '9'))
            --end;
        if (end - at > longest.length) longest = {at, end - at};
        at = std::max(end, at + 1);
    }
    return longest;
}

Form form_of(std::string_view before, std::string_view after) {
    if (before.starts_with("<!--")) return Form::comment;
    if ((before == "<" || before == "</") && after == ">") return Form::tag;
    constexpr std::string_view no_runs = "_{[(<";  // emphasis, and brackets
    const bool is_run = before.size() > 1 && no_runs.find(before.front()) == no_runs.npos &&
                        std::ranges::all_of(before, [&](char c) { return c == before.front(); });
    return is_run ? Form::run : Form::bracket;
}

/// A word that is long or joined is nobody's by chance.
WordKind kind_of(std::string_view word) {
    constexpr std::size_t long_word = 9;
    const bool is_joined = word.find_first_of("_:/") != std::string_view::npos;
    return is_joined || word.size() >= long_word ? WordKind::distinctive : WordKind::ordinary;
}

class SectionReader {
public:
    SectionReader(Dialect& dialect, TomlTable& table) : dialect_(dialect), table_(table) {
        any_case_ = table.boolean("any-case").value_or(false);
        own_line_ = table.boolean("own-line").value_or(false);
        syntax_ =
            static_cast<Syntax>(table
                                    .choice("attributes", {"none", "shortcode", "json", "key-value",
                                                           "assignment", "label", "colon-label"})
                                    .value_or(0));
        padding_ = static_cast<Padding>(
            table.choice("padding", {"none", "one", "any", "some"}).value_or(0));
        spelling_ = dialect.regions.size();
    }

    void read() {
        const bool divides = table_.string("divider").has_value();
        const bool opens = table_.string("open").has_value();
        if (divides == opens)
            table_.fail("open", "a section has either open and close or a divider");
        if (divides) {
            add(Role::divide, "divider");
        } else {
            add(Role::open, "open");
            if (!table_.string("close")) table_.fail("open", "open has no close");
            add(Role::close, "close");
            if (table_.string("else")) add(Role::otherwise, "else");
        }
        add_region();
        table_.finish();
    }

private:
    void add(Role role, const char* key) {
        const auto text = *table_.string(key);
        const auto place = find_word(text);
        constexpr std::size_t shortest = 3;
        if (place.length < shortest)
            table_.fail(key, std::string(key) + " holds no word of three letters or more");
        const bool is_ascii = std::ranges::all_of(text, [](char c) {
            return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F &&
                   static_cast<unsigned char>(c) < 0x80;
        });
        if (!is_ascii) table_.fail(key, std::string(key) + " is not plain ASCII");
        Marker marker{.role = role,
                      .before = trimmed(text.substr(0, place.begin)),
                      .word = text.substr(place.begin, place.length),
                      .after = trimmed(text.substr(place.begin + place.length)),
                      .letters = any_case_ ? Letters::any_case : Letters::exact,
                      .spelling = spelling_};
        if (marker.before.empty() || (marker.after.empty() && !own_line_))
            table_.fail(key, std::string(key) + " has no delimiters around its word");
        marker.form = own_line_ ? Form::line : form_of(marker.before, marker.after);
        marker.kind = kind_of(marker.word);
        marker.padding = own_line_ ? Padding::some : padding_;
        const bool has_attributes = role == Role::open || role == Role::divide;
        const bool ends_so = syntax_ == Syntax::shortcode || syntax_ == Syntax::assignment;
        if (has_attributes && ends_so && !marker.after.starts_with(']'))
            table_.fail(key, std::string(key) + " has attributes that end with ], and does not");
        if (has_attributes) marker.attributes = syntax_;
        dialect_.markers.push_back(std::move(marker));
    }

    /// White space at the inner edges is padding's.
    [[nodiscard]] std::string trimmed(std::string text) const {
        if (padding_ == Padding::none && !own_line_) return text;
        std::erase(text, ' ');
        return text;
    }

    void add_region() {
        static const std::vector<std::string_view> readers{"payers", "members", "everyone",
                                                           "anonymous"};
        const Audience audiences[] = {Audience::paid(),
                                      {false, true, true, {}},
                                      Audience::everyone(),
                                      {true, false, false, {}}};
        Region region{.audience = audiences[table_.choice("for", readers).value_or(0)]};
        const auto add_rule = [&](const char* key, Meaning meaning) {
            if (const auto name = table_.string(key))
                region.rules.push_back({.key = *name, .meaning = meaning});
        };
        add_rule("plans", Meaning::plans);
        add_rule("message", Meaning::message);
        add_rule("price", Meaning::price);
        for (const auto& name : table_.strings("ignored"))
            region.rules.push_back({.key = name, .meaning = Meaning::none});
        if (syntax_ == Syntax::label || syntax_ == Syntax::colon_label)
            region.rules.push_back({.key = "label", .meaning = Meaning::none});
        if (table_.boolean("nests").value_or(false)) region.nesting = Nesting::stack;
        region.group = spelling_;
        dialect_.regions.push_back(std::move(region));
    }

    Dialect& dialect_;
    TomlTable& table_;
    bool any_case_ = false;
    bool own_line_ = false;
    Syntax syntax_ = Syntax::none;
    Padding padding_ = Padding::none;
    std::size_t spelling_ = 0;
};

}  // namespace

Dialect read_own_dialect(TomlTable table) {
    Dialect dialect{.name = table.string("name").value_or(""), .markers = {}};
    if (dialect.name.empty()) table.fail("name", "a dialect needs a name");
    if (dialect.name.find(',') != std::string::npos)
        table.fail("name", "a dialect's name holds no comma");
    if (find_dialect(dialect.name) != nullptr)
        table.fail("name", "a dialect of that name is built in");
    dialect.has_fences = table.boolean("fences").value_or(false);
    dialect.anchor = table.string("anchor").value_or("");
    dialect.content = table.strings("content");
    for (auto& section : table.tables("sections")) SectionReader(dialect, section).read();
    if (const auto fault = fault_of(dialect); !fault.empty()) table.fail("name", fault);
    table.finish();
    return dialect;
}

}  // namespace paywall::tools
