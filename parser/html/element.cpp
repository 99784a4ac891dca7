#include "parser/html/element.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <type_traits>

namespace paywall::html {
namespace {

using namespace trait;

struct Row {
    std::string_view name;
    Element element;
    std::uint32_t traits;
};

constexpr Row rows[] = {
    {"a", Element::a, formatting},
    {"address", Element::address, special | closes_p | block},
    {"annotation-xml", Element::annotation_xml, none},
    {"applet", Element::applet, special | barrier},
    {"area", Element::area, special | void_element},
    {"article", Element::article, special | closes_p | block},
    {"aside", Element::aside, special | closes_p | block},
    {"b", Element::b, formatting},
    {"base", Element::base, special | void_element | head_part},
    {"basefont", Element::basefont, special | void_element | head_part},
    {"bgsound", Element::bgsound, special | void_element | head_part},
    {"big", Element::big, formatting},
    {"blockquote", Element::blockquote, special | closes_p | block},
    {"body", Element::body, special},
    {"br", Element::br, special | void_element},
    {"button", Element::button, special | block},
    {"caption", Element::caption, special | barrier | table_part},
    {"center", Element::center, special | closes_p | block},
    {"code", Element::code, formatting},
    {"col", Element::col, special | void_element | table_part},
    {"colgroup", Element::colgroup, special | table_part},
    {"dd", Element::dd, special | implied_end},
    {"desc", Element::desc, none},
    {"details", Element::details, special | closes_p | block},
    {"dialog", Element::dialog, closes_p | block},
    {"dir", Element::dir, special | closes_p | block},
    {"div", Element::div, special | closes_p | block},
    {"dl", Element::dl, special | closes_p | block},
    {"dt", Element::dt, special | implied_end},
    {"em", Element::em, formatting},
    {"embed", Element::embed, special | void_element},
    {"fieldset", Element::fieldset, special | closes_p | block},
    {"figcaption", Element::figcaption, special | closes_p | block},
    {"figure", Element::figure, special | closes_p | block},
    {"font", Element::font, formatting},
    {"footer", Element::footer, special | closes_p | block},
    {"foreignobject", Element::foreignobject, none},
    {"form", Element::form, special},
    {"frame", Element::frame, special | void_element},
    {"frameset", Element::frameset, special},
    {"h1", Element::h1, special | heading},
    {"h2", Element::h2, special | heading},
    {"h3", Element::h3, special | heading},
    {"h4", Element::h4, special | heading},
    {"h5", Element::h5, special | heading},
    {"h6", Element::h6, special | heading},
    {"head", Element::head, special},
    {"header", Element::header, special | closes_p | block},
    {"hgroup", Element::hgroup, special | closes_p | block},
    {"hr", Element::hr, special | void_element},
    {"html", Element::html, special | barrier},
    {"i", Element::i, formatting},
    {"iframe", Element::iframe, special | raw_text},
    {"image", Element::image, none},
    {"img", Element::img, special | void_element},
    {"input", Element::input, special | void_element},
    {"keygen", Element::keygen, special | void_element},
    {"li", Element::li, special | implied_end},
    {"link", Element::link, special | void_element | head_part},
    {"listing", Element::listing, special | block},
    {"main", Element::main, special | closes_p | block},
    {"malignmark", Element::malignmark, none},
    {"marquee", Element::marquee, special | barrier},
    {"math", Element::math, none},
    {"menu", Element::menu, special | closes_p | block},
    {"meta", Element::meta, special | void_element | head_part},
    {"mglyph", Element::mglyph, none},
    {"mi", Element::mi, none},
    {"mn", Element::mn, none},
    {"mo", Element::mo, none},
    {"ms", Element::ms, none},
    {"mtext", Element::mtext, none},
    {"nav", Element::nav, special | closes_p | block},
    {"nobr", Element::nobr, formatting},
    {"noembed", Element::noembed, special | raw_text},
    {"noframes", Element::noframes, special | head_part | raw_text},
    {"noscript", Element::noscript, special | raw_text},
    {"object", Element::object, special | barrier},
    {"ol", Element::ol, special | closes_p | block},
    {"optgroup", Element::optgroup, implied_end},
    {"option", Element::option, implied_end},
    {"p", Element::p, special | closes_p | implied_end},
    {"param", Element::param, special | void_element},
    {"plaintext", Element::plaintext, special | raw_text},
    {"pre", Element::pre, special | block},
    {"rb", Element::rb, implied_end},
    {"rp", Element::rp, implied_end},
    {"rt", Element::rt, implied_end},
    {"rtc", Element::rtc, implied_end},
    {"ruby", Element::ruby, none},
    {"s", Element::s, formatting},
    {"script", Element::script, special | head_part | raw_text},
    {"search", Element::search, special | closes_p | block},
    {"section", Element::section, special | closes_p | block},
    {"select", Element::select, special | barrier},
    {"small", Element::small, formatting},
    {"source", Element::source, special | void_element},
    {"span", Element::span, none},
    {"strike", Element::strike, formatting},
    {"strong", Element::strong, formatting},
    {"style", Element::style, special | head_part | raw_text},
    {"sub", Element::sub, none},
    {"summary", Element::summary, special | closes_p | block},
    {"sup", Element::sup, none},
    {"svg", Element::svg, none},
    {"table", Element::table, special | barrier},
    {"tbody", Element::tbody, special | table_part},
    {"td", Element::td, special | barrier | table_part},
    {"template", Element::template_, special | barrier | head_part},
    {"textarea", Element::textarea, special | raw_text},
    {"tfoot", Element::tfoot, special | table_part},
    {"th", Element::th, special | barrier | table_part},
    {"thead", Element::thead, special | table_part},
    {"title", Element::title, special | head_part | raw_text},
    {"tr", Element::tr, special | table_part},
    {"track", Element::track, special | void_element},
    {"tt", Element::tt, formatting},
    {"u", Element::u, formatting},
    {"ul", Element::ul, special | closes_p | block},
    {"var", Element::var, none},
    {"wbr", Element::wbr, special | void_element},
    {"xmp", Element::xmp, special | raw_text},
};

/// What the tree's builder reads like an element that it does not know.
constexpr std::string_view other_names[] = {
    "abbr",    "acronym",  "audio",    "bdi",  "bdo",   "blink",    "canvas",
    "cite",    "data",     "datalist", "del",  "dfn",   "ins",      "kbd",
    "label",   "legend",   "map",      "mark", "meter", "multicol", "output",
    "picture", "progress", "q",        "samp", "slot",  "time",     "video"};

using detail::Bytes;

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}

constexpr Bytes load(std::string_view text) {
    Bytes bytes = 0;
    for (auto i = std::min(text.size(), sizeof bytes); i-- > 0;)
        bytes = bytes << 8U | static_cast<unsigned char>(text[i]);
    return bytes;
}

/// Open addressing: each in its slot or the next that is free.
constexpr detail::NameTable make_names() {
    detail::NameTable table{};
    for (const auto& row : rows) {
        if (row.name.size() > sizeof(Bytes)) continue;
        const auto name = load(row.name);
        auto at = detail::slot_of(name);
        while (table[at].element != Element::other) at = (at + 1) % table.size();
        table[at] = {name, row.element};
    }
    return table;
}

constexpr bool is_phrase(Element element) {
    return element == Element::span || element == Element::sub || element == Element::sup ||
           element == Element::var;
}

constexpr bool starts_plainly(const Row& row) {
    if (row.element == Element::a || row.element == Element::nobr) return false;
    return (row.traits & (closes_p | heading | formatting)) != 0 || is_phrase(row.element) ||
           row.element == Element::img || row.element == Element::br || row.element == Element::li;
}

constexpr bool ends_plainly(const Row& row) {
    if (row.element == Element::button) return false;
    return (row.traits & (block | heading | formatting)) != 0 || is_phrase(row.element) ||
           row.element == Element::p || row.element == Element::li || row.element == Element::dd ||
           row.element == Element::dt;
}

constexpr std::array<std::uint32_t, 256> make_traits() {
    std::array<std::uint32_t, 256> table{};
    for (const auto& row : rows) table[static_cast<std::size_t>(row.element)] = row.traits;
    for (const auto& row : rows) {
        auto& traits = table[static_cast<std::size_t>(row.element)];
        if (starts_plainly(row)) traits |= plain_start;
        if (ends_plainly(row)) traits |= plain_end;
        const bool is_barrier = (row.traits & barrier) != 0 && row.element != Element::select;
        if (is_barrier || row.element == Element::button) traits |= button_barrier;
    }
    table[static_cast<std::size_t>(Element::other)] = plain_start | plain_end;
    table[static_cast<std::size_t>(Element::foreign_point)] = special | barrier | button_barrier;
    return table;
}

}  // namespace

namespace detail {
constinit const std::array<std::uint32_t, 256> trait_table = make_traits();
constinit const NameTable name_table = make_names();

TagName read_long_name(std::string_view text) {
    constexpr std::string_view ends = "\t\n\f\r />";
    const auto length = std::min(text.find_first_of(ends), text.size());
    return {length, element_named(text.substr(0, length))};
}
}  // namespace detail

Element element_named(std::string_view name) {
    if (name.size() <= sizeof(Bytes)) return detail::short_named(detail::lower_all(load(name)));
    const auto* const row =
        std::ranges::find_if(rows, [&](const Row& one) { return is_same_name(one.name, name); });
    return row == std::end(rows) ? Element::other : row->element;
}

bool is_standard_name(std::string_view name) {
    return element_named(name) != Element::other ||
           std::ranges::any_of(other_names,
                               [&](std::string_view one) { return is_same_name(one, name); });
}

bool is_between_cells(Element element) {
    switch (element) {
        case Element::table:
        case Element::tbody:
        case Element::thead:
        case Element::tfoot:
        case Element::tr:
        case Element::colgroup:
            return true;
        default:
            return false;
    }
}

bool is_block(Element element) {
    if (element == Element::button) return false;
    return has_trait(element, closes_p | heading | block | table_part) ||
           element == Element::table || element == Element::hr || element == Element::form ||
           element == Element::li || element == Element::dd || element == Element::dt;
}

bool is_same_name(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, {}, lower, lower);
}

}  // namespace paywall::html
