#include "parser/triggers.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "parser/fold.hpp"

namespace paywall {
namespace {

/// Shapes that are alike share a group. The halves of a byte are looked up apart, so a group
/// must not mix bytes of unlike halves: `#` and `[` together would stop at every `s` and `t`.
enum Group : std::size_t {
    word_start,   // `pai`, and `p` or `pa` before a disguise
    closing_tag,  // `</qaid`, `</apid`
    delimiter,    // `##`, `#p`, `&#35;`, `%23`
    short_code,   // control characters, combining marks, Cyrillic, Greek, `¥`; `𝐩`
    wide_low,   // `＃`, `＄`, `ａ`: last byte below 0x90; with others, `，` would stop the scan
    wide_high,  // `ｐ`, `￥`, `＜`
    unseen,     // zero-width space, word joiner
    long_code,  // circled and other letters
};

ByteSet bytes(std::string_view set) {
    ByteSet result;
    for (const char c : set) result.set(static_cast<unsigned char>(c));
    return result;
}

ByteSet either_case(std::string_view letters) {
    ByteSet result = bytes(letters);
    for (const char c : letters) {
        if (c >= 'a' && c <= 'z') result.set(static_cast<std::size_t>(c - 0x20));
    }
    return result;
}

ByteSet letters() {
    return either_case("abcdefghijklmnopqrstuvwxyz");
}
ByteSet hex_digits() {
    return either_case("0123456789abcdef");
}

ByteSet spaces() {
    return bytes(" \t\n\v\f\r");
}

/// White space and signs that may part a tag's name; those with the upper half of `>` are left out.
ByteSet strays() {
    return spaces() | bytes("!\"#$'+,");
}

ByteSet beyond_ascii() {
    ByteSet result;
    for (std::size_t byte = 0x80; byte < 0x100; ++byte) result.set(byte);
    return result;
}

/// First bytes of the marks and unseen characters that stand among the letters and punctuation of
/// many scripts. They are looked for behind a word's letter or a delimiter only.
ByteSet mark_leads() {
    return bytes("\xE0\xE1\xE2\xE3\xEA\xEF");
}

/// ASCII that begins an escape or an interruption that reading looks through. Disguises beyond
/// ASCII are looked for themselves: a letter before them is found by looking back.
ByteSet disguises() {
    return bytes("&%\\<*_~`\x19\x1A\x1D\x7F");
}

/// The same, but for `<`, which has the upper half of `>`, and for what closing tags add
/// themselves: where a tag most often ends they would stop the scan at every `<p>`.
ByteSet rarer_disguises() {
    return bytes("&%\\*_\x19\x1A\x1D\x7F");
}

/// Letters that pass for one another in most fonts (UTS #39 calls them confusable).
std::string alike(char letter) {
    return letter == 'i' ? "il1|" : std::string(1, letter);
}

/// A disguise stands at most this many plain letters behind a word's first; what is plainer is
/// found as it is.
constexpr std::size_t plain_letters = 3;

struct Firsts {
    std::vector<std::string> words;     // the markers' words, each to its third letter
    std::vector<std::string> lines;     // words of markers that are lines, to their fourth
    std::vector<std::string> names;     // the same of elements
    std::vector<std::string> brackets;  // the same of what brackets hold
    std::string firsts;                 // first letters of all
    std::string delimiters;             // first characters of the markers, brackets apart
    bool has_comments = false;
    bool has_open_ends = false;  // closing brackets that have no slash to be told by
};

void add_new(std::string& set, std::string_view characters) {
    for (const char c : characters) {
        if (set.find(c) == std::string::npos) set.push_back(c);
    }
}

void add_new(std::vector<std::string>& set, std::string word) {
    word.resize(std::min(word.size(), plain_letters));
    if (std::ranges::find(set, word) == set.end()) set.push_back(std::move(word));
}

/// Of a marker that is a line, every word: any of them may be sound where another is not.
void add_words_of_line(Firsts& firsts, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        const auto word = text.substr(at, end - at);
        if (word.size() > plain_letters) {
            firsts.lines.push_back(word.substr(0, plain_letters + 1));
        } else {
            add_new(firsts.words, word);
        }
        add_new(firsts.firsts, text.substr(at, 1));
        at = end + 1;
    }
}

Firsts firsts_of(const Dialect& dialect) {
    Firsts firsts;
    for (const auto& marker : dialect.markers) {
        const auto word = marker.folded_word();
        if (marker.form == Form::line) {
            add_words_of_line(firsts, word);
            continue;
        }
        add_new(firsts.words, word);
        add_new(firsts.firsts, word.substr(0, 1));
        if (marker.form == Form::tag) add_new(firsts.names, word);
        if (marker.form == Form::bracket) add_new(firsts.brackets, word);
        if (marker.form == Form::run) add_new(firsts.delimiters, marker.before.substr(0, 1));
        const bool is_end = marker.form == Form::bracket && marker.role == Role::close;
        firsts.has_open_ends = firsts.has_open_ends || (is_end && !marker.before.ends_with('/'));
        firsts.has_comments = firsts.has_comments || marker.form == Form::comment;
    }
    return firsts;
}

/// The letters of a word that the scan looks for.
struct Letters3 {
    explicit Letters3(const std::string& word)
        : first(either_case(word.substr(0, 1))),
          second(either_case(word.substr(1, 1))),
          third(either_case(alike(word[2]))) {}

    ByteSet first;
    ByteSet second;
    ByteSet third;  // and what passes for it
};

void add_words(ScanPattern& pattern, const Firsts& firsts) {
    pattern.add(word_start, {either_case(firsts.firsts), disguises() | mark_leads()});
    for (const auto& word : firsts.words) {
        const Letters3 letter(word);
        pattern.add(word_start,
                    {letter.first, letter.second, letter.third | disguises() | mark_leads()});
    }
    // These are ordinary words: three letters of them are in too many others.
    for (const auto& word : firsts.lines) {
        const Letters3 letter(word);
        const auto fourth = either_case(alike(word[plain_letters]));
        const auto hidden = disguises() | mark_leads();
        pattern.add(word_start, {letter.first, letter.second, hidden});
        pattern.add(word_start, {letter.first, letter.second, letter.third, fourth | hidden});
    }
}

/// The exact tags, and closing tags whose name may be one typo away from a word. All other
/// brackets are found from the word within.
void add_tags(ScanPattern& pattern, const Firsts& firsts) {
    const auto angle = bytes("<");
    const auto slash = bytes("/");
    const auto disguised = beyond_ascii() | rarer_disguises() | bytes("~`");
    const auto following = letters() | spaces() | bytes("/") | disguised;
    for (const auto& name : firsts.names) {
        const auto [first, second, any_third] = Letters3(name);
        const auto third = any_third & letters();
        pattern.add(closing_tag, {angle, first, second, third});
        pattern.add(closing_tag, {angle, slash, first, letters() | disguises()});
        pattern.add(closing_tag, {angle, slash, letters(), second, third});
        pattern.add(closing_tag, {angle, slash, letters(), first, second, third});
        pattern.add(closing_tag, {angle, slash, second, first, third});
        pattern.add(closing_tag, {angle, slash, second, third});
        pattern.add(closing_tag, {angle, slash, letters(), first | second | third, disguised});
        pattern.add(closing_tag, {angle, slash, first, strays()});
        pattern.add(closing_tag, {angle, slash, strays(), first | second});
    }
    if (firsts.names.empty()) return;
    pattern.add(closing_tag, {angle, slash, disguised, following});
    pattern.add(closing_tag, {angle, slash, letters(), disguised});
    pattern.add(closing_tag, {angle, bytes("\\"), slash, following});
    pattern.add(closing_tag, {angle, slash, spaces(), following});
    pattern.add(closing_tag, {angle, spaces(), slash, following});
    pattern.add(closing_tag, {angle, mark_leads()});
    pattern.add(closing_tag, {angle, angle, letters() | bytes("!")});
    pattern.add(wide_high, {bytes("\xEF"), bytes("\xBC"), bytes("\x9C"), bytes("/\xEF")});  // ＜
    pattern.add(wide_high, {bytes("\xEF"), bytes("\xB9"), bytes("\xA4"), bytes("/\xEF")});  // ﹤
}

/// The beginning of a marker that is a line.
ScanPattern::Shape shape_of_line(const Marker& marker) {
    ScanPattern::Shape shape;
    for (const char c : marker.before.substr(0, plain_letters)) shape.push_back(bytes({&c, 1}));
    if (marker.padding != Padding::none) {
        shape.push_back(spaces());
    } else {
        for (const char c : marker.word.substr(0, plain_letters)) shape.push_back(bytes({&c, 1}));
    }
    return shape;
}

/// What brackets of a dialect's own begin with, `{{` or `((`, before any word.
ScanPattern::Shape shape_of_bracket(const Marker& marker) {
    ScanPattern::Shape shape;
    for (const char c : marker.before.substr(0, plain_letters)) shape.push_back(bytes({&c, 1}));
    if (marker.before.size() <= plain_letters)
        shape.push_back(either_case(marker.word.substr(0, 1)) | letters() | spaces());
    return shape;
}

/// Comments and brackets whose words may be misspelt, and the exact ones. Other faults in a frame
/// are found from the word within.
void add_frames(ScanPattern& pattern, const Dialect& dialect, const Firsts& firsts) {
    if (firsts.has_comments) pattern.add(closing_tag, {bytes("<"), bytes("!"), bytes("-")});
    if (!firsts.brackets.empty())
        pattern.add(closing_tag, {bytes("["), bytes("/"), letters() | bytes("_")});
    if (firsts.has_open_ends) pattern.add(closing_tag, {bytes("["), letters()});
    for (const auto& word : firsts.brackets) {
        const Letters3 letter(word);
        const auto bracket = bytes("[");
        pattern.add(closing_tag, {bracket, letter.first, letter.second | letter.third});
        pattern.add(closing_tag, {bracket, letter.second, letter.first | letter.third});
        pattern.add(closing_tag, {bracket, letters(), letter.second, letter.third});
    }
    for (const auto& marker : dialect.markers) {
        if (marker.role == Role::escape)
            pattern.add(closing_tag, {bytes("["), bytes("["), letters()});
        const bool is_own_bracket = marker.form == Form::bracket && !marker.before.starts_with('[');
        if (marker.form == Form::line) pattern.add(closing_tag, shape_of_line(marker));
        if (is_own_bracket) pattern.add(closing_tag, shape_of_bracket(marker));
    }
}

void add_delimiters(ScanPattern& pattern, const Firsts& firsts) {
    if (firsts.delimiters.empty()) return;
    const auto run = bytes(firsts.delimiters);
    pattern.add(delimiter, {run, run | disguises() | mark_leads()});
    pattern.add(delimiter, {run, either_case(firsts.firsts), letters() | disguises() | spaces()});
    pattern.add(delimiter, {run, spaces(), either_case(firsts.firsts)});
}

/// Escapes of what begins a marker: references by number and percent escapes of anything, and
/// by name of `#` `$` `<` `¥` and of letters that look like the words' first.
void add_escapes(ScanPattern& pattern) {
    pattern.add(delimiter, {bytes("&"), bytes("#"), bytes("0123456789")});
    pattern.add(delimiter, {bytes("&"), bytes("#"), bytes("xX"), hex_digits()});
    pattern.add(delimiter, {bytes("&"), bytes("\\"), bytes("#"), bytes("0123456789xX")});
    pattern.add(delimiter, {bytes("&"), bytes("ndybrRpPsz"), bytes("uoehcfsw")});
    pattern.add(delimiter, {bytes("&"), bytes("aA"), bytes("mM"), bytes("pP"), bytes(";#"),
                            bytes("#;%\\") | letters()});
    pattern.add(delimiter, {bytes("&"), bytes("lL"), bytes("tT"), bytes("/")});
    pattern.add(delimiter, {bytes("&"), bytes("lL"), bytes("tT"), bytes(";"), bytes("/\\")});
    pattern.add(delimiter, {bytes("%"), hex_digits(), hex_digits()});
    pattern.add(delimiter, {bytes("%"), bytes("uU"), hex_digits()});
    pattern.add(unseen, {bytes("\\"), bytes("uUxX"), hex_digits() | bytes("{")});
}

Group group_of(char32_t c, FoldKind kind) {
    constexpr char32_t hangul_filler = 0x3164;  // unseen, but its bytes are CJK punctuation's
    if (c < 0x800 || c >= 0x10000) return short_code;
    if (kind == FoldKind::unseen && c != hangul_filler) return unseen;
    if (c >= 0xFF40 && c < 0xFF50) return unseen;  // `ａ`, `ｉ`: not with `！` and `）`
    const bool is_wide = c >> 12 == 0x3 || c >> 12 == 0xF;
    if (!is_wide) return long_code;
    return (c & 0x3F) < 0x10 ? wide_low : wide_high;
}

/// Marks of Indic, CJK and other scripts stand in no Latin word, and share their bytes with
/// their script's letters or punctuation.
bool is_foreign_mark(char32_t c, FoldKind kind) {
    if (kind != FoldKind::unseen || c < 0x800) return false;
    constexpr std::pair<char32_t, char32_t> native[] = {
        {0x2000, 0x206F},   {0x3164, 0x3164}, {0xFE00, 0xFE2F},  // what is ignored by default
        {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},  // (the rest has mark_leads)
        {0x10000, 0x10FFFF}};
    return std::ranges::none_of(
        native, [&](const auto& range) { return c >= range.first && c <= range.second; });
}

/// Does this text stand near the start of a word (`p`, `ai`, `id`), or is it a delimiter?
bool is_wanted(const Dialect& dialect, const Firsts& firsts, std::string_view folded) {
    if (firsts.delimiters.find(folded) != std::string::npos) return true;
    return std::ranges::any_of(dialect.markers, [&](const Marker& marker) {
        const auto at = marker.folded_word().find(folded);
        return at < plain_letters || (marker.form == Form::line && at != std::string::npos);
    });
}

/// What is no ASCII and stands for a delimiter or for letters that begin a word, or is unseen.
void add_disguises(ScanPattern& pattern, const Dialect& dialect, const Firsts& firsts) {
    const auto plain_disguises = disguises();
    for_each_folded([&](char32_t c, const Fold& folded) {
        const bool is_told = (c < 0x80 && plain_disguises[c]) || is_foreign_mark(c, folded.kind);
        const bool is_ascii = folded.kind == FoldKind::ascii;
        if (is_told || (is_ascii && !is_wanted(dialect, firsts, folded.ascii))) return;
        if (is_ascii || folded.kind == FoldKind::unseen) pattern.add(group_of(c, folded.kind), c);
    });
    constexpr char32_t full_width_slash = 0xFF0F;  // of closing tags with misspelt names
    pattern.add(wide_low, full_width_slash);
}

/// Where its first byte joined to those that are there makes no letters of them.
Group group_of_head(char first) {
    if (first == '<') return closing_tag;
    if (first == '{') return wide_high;
    return first == '[' || first == '_' ? unseen : delimiter;  // `unseen` holds `\u` as well
}

}  // namespace

ScanPattern triggers_of(const Dialect& dialect, const std::vector<std::string>& heads) {
    const auto firsts = firsts_of(dialect);
    ScanPattern pattern;
    add_words(pattern, firsts);
    add_tags(pattern, firsts);
    add_frames(pattern, dialect, firsts);
    add_delimiters(pattern, firsts);
    add_escapes(pattern);
    add_disguises(pattern, dialect, firsts);
    for (const auto& head : heads) {
        ScanPattern::Shape shape;
        for (const char c : head) shape.push_back(bytes({&c, 1}));
        pattern.add(group_of_head(head[0]), shape);
    }
    return pattern;
}

}  // namespace paywall
