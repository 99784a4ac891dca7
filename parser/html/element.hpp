#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace paywall::html {

/// The elements that the tree's builder treats in a way of their own; every other is `other`. The
/// last two stand for elements of SVG and MathML on the stack of open elements.
enum class Element : std::uint8_t {
    other,
    a,
    address,
    annotation_xml,
    applet,
    area,
    article,
    aside,
    b,
    base,
    basefont,
    bgsound,
    big,
    blockquote,
    body,
    br,
    button,
    caption,
    center,
    code,
    col,
    colgroup,
    dd,
    desc,
    details,
    dialog,
    dir,
    div,
    dl,
    dt,
    em,
    embed,
    fieldset,
    figcaption,
    figure,
    font,
    footer,
    foreignobject,
    form,
    frame,
    frameset,
    h1,
    h2,
    h3,
    h4,
    h5,
    h6,
    head,
    header,
    hgroup,
    hr,
    html,
    i,
    iframe,
    image,
    img,
    input,
    keygen,
    li,
    link,
    listing,
    main,
    malignmark,
    marquee,
    math,
    menu,
    meta,
    mglyph,
    mi,
    mn,
    mo,
    ms,
    mtext,
    nav,
    nobr,
    noembed,
    noframes,
    noscript,
    object,
    ol,
    optgroup,
    option,
    p,
    param,
    plaintext,
    pre,
    rb,
    rp,
    rt,
    rtc,
    ruby,
    s,
    script,
    search,
    section,
    select,
    small,
    source,
    span,
    strike,
    strong,
    style,
    sub,
    summary,
    sup,
    svg,
    table,
    tbody,
    td,
    template_,
    textarea,
    tfoot,
    th,
    thead,
    title,
    tr,
    track,
    tt,
    u,
    ul,
    var,
    wbr,
    xmp,
    foreign,
    foreign_point,  ///< where HTML may stand within SVG or MathML (13.2.6, integration points)
};

/// What the tables of the HTML Standard say of an element (the section is the table's).
namespace trait {
inline constexpr std::uint32_t none = 0;
inline constexpr std::uint32_t special = 1U << 0;       ///< 13.2.4.2, "special" category
inline constexpr std::uint32_t formatting = 1U << 1;    ///< 13.2.4.3
inline constexpr std::uint32_t void_element = 1U << 2;  ///< 13.1.2, and old ones of 13.2.6.4.7
inline constexpr std::uint32_t implied_end = 1U << 3;   ///< 13.2.6.3, implied end tags
inline constexpr std::uint32_t barrier = 1U << 4;       ///< 13.2.4.2, ends a scope
inline constexpr std::uint32_t closes_p = 1U << 5;      ///< 13.2.6.4.7, its start tag ends a <p>
inline constexpr std::uint32_t block = 1U << 6;         ///< 13.2.6.4.7, ended by its end tag
inline constexpr std::uint32_t heading = 1U << 7;       ///< h1 to h6
inline constexpr std::uint32_t table_part = 1U << 8;    ///< 13.2.6.4.9: caption, col, …, tr
inline constexpr std::uint32_t head_part = 1U << 9;     ///< 13.2.6.4.4, read as in <head>
/// Of no tag but its own that it ends or implies, beside those of `closes_p` and `formatting`:
/// most elements (13.2.6.4.7).
inline constexpr std::uint32_t plain_start = 1U << 10;
inline constexpr std::uint32_t plain_end = 1U << 11;
/// Ends a "button scope" (13.2.4.2).
inline constexpr std::uint32_t button_barrier = 1U << 13;
/// 13.2.6.4.4, 13.2.6.4.7: no tags are read in it (raw_text.hpp).
inline constexpr std::uint32_t raw_text = 1U << 12;
}  // namespace trait

namespace detail {
extern const std::array<std::uint32_t, 256> trait_table;

/// Up to eight bytes of a text as one number, the first lowest; what is beyond the text is 0.
using Bytes = std::uint64_t;
struct Name {
    Bytes bytes = 0;
    Element element = Element::other;
};
/// The names of up to eight bytes, each in its slot or behind it.
using NameTable = std::array<Name, 512>;
extern const NameTable name_table;

[[nodiscard]] constexpr std::size_t slot_of(Bytes name) {
    return static_cast<std::size_t>((name * 0x9E3779B97F4A7C15U) >> 55U);
}
/// In every byte.
constexpr Bytes each = 0x0101010101010101U;
/// With ASCII capitals made small. `@[\]^_` become others, which no name in the table has.
[[nodiscard]] constexpr Bytes lower_all(Bytes bytes) {
    return bytes | (bytes & ('@' * each)) >> 1U;
}
}  // namespace detail

/// The element of a tag's name, in any case.
[[nodiscard]] Element element_named(std::string_view name);

struct TagName {
    std::size_t length;
    Element element;
};

/// The name that stands at the beginning of a text, up to white space, `/`, `>` or the text's end
/// (13.2.5.8).
[[nodiscard]] inline TagName read_tag_name(std::string_view text);
[[nodiscard]] inline std::uint32_t traits_of(Element element) {
    return detail::trait_table[static_cast<std::size_t>(element)];
}
/// Has it any of these traits?
[[nodiscard]] inline bool has_trait(Element element, std::uint32_t traits) {
    return (traits_of(element) & traits) != 0;
}
/// Does the standard name such an element (section 4; section 16.2 what is obsolete)?
[[nodiscard]] bool is_standard_name(std::string_view name);
/// Is it a part of a table that holds only others?
[[nodiscard]] bool is_between_cells(Element element);
/// Is it one that no <p> can hold?
[[nodiscard]] bool is_block(Element element);
/// Equal but for the case of ASCII letters?
[[nodiscard]] bool is_same_name(std::string_view one, std::string_view other);

namespace detail {
[[nodiscard]] inline Element short_named(Bytes name) {
    for (auto at = slot_of(name);; at = (at + 1) % name_table.size()) {
        if (name_table[at].bytes == name) return name_table[at].element;
        if (name_table[at].element == Element::other) return Element::other;
    }
}
[[nodiscard]] TagName read_long_name(std::string_view text);
}  // namespace detail

TagName read_tag_name(std::string_view text) {
    using detail::Bytes;
    if (std::endian::native != std::endian::little || text.size() < sizeof(Bytes))
        return detail::read_long_name(text);
    Bytes bytes;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    // Letters have this bit. Nothing that ends a name has it, and little else: digits, hyphens.
    for (auto others = ~bytes & ('@' * detail::each); others != 0; others &= others - 1) {
        const auto bits = static_cast<unsigned>(std::countr_zero(others)) - 6U;
        const auto end = static_cast<unsigned>(bytes >> bits & 0xFFU);
        if (end == '>' || end == ' ' || end == '/' || end - '\t' < 2 || end - '\f' < 2)
            return {bits / 8U,
                    detail::short_named(detail::lower_all(bytes & ((Bytes{1} << bits) - 1)))};
    }
    return detail::read_long_name(text);
}

}  // namespace paywall::html
