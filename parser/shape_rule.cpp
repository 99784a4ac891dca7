#include "parser/shape_rule.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "parser/ascii.hpp"
#include "parser/escape.hpp"
#include "parser/scan.hpp"
#include "parser/typo.hpp"

namespace paywall {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t typos_when_intact = 2;
constexpr std::size_t typos_when_damaged = 1;
/// Bytes of the longest own wording (`/付费结束`) and of the longest word with its typos.
constexpr std::size_t longest_inner = 24;
/// A run of more characters is no marker's, and need not be counted out.
constexpr std::size_t longest_run = 8;

/// What stands between two runs, without white space, hyphens and what is unseen; nothing if it
/// is longer than any marker's word, or ends in an exact marker.
struct Inner {
    std::string text;     ///< folded where that gives ASCII, else as it is
    std::string letters;  ///< the same, `?` for whatever is no ASCII: to count typos in
    std::size_t end;
    bool is_letters = true;  ///< Latin letters only
    bool begins_with_space = false;
    bool ends_with_space = false;
    bool is_one_piece = true;  ///< no white space in it or at its ends
};

bool is_blank_or_line_end(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

void add(Inner& inner, const Glyph& glyph, std::string_view written) {
    if (glyph.is_one_of("-=") || glyph.ascii == "--") return;
    if (glyph.is_one_of("+^") && inner.text.ends_with(glyph.ascii)) {  // `++` of some Markdown
        inner.text.pop_back();
        inner.letters.pop_back();
        return;
    }
    const bool is_ascii = glyph.kind == FoldKind::ascii;
    inner.is_letters = inner.is_letters && is_ascii && std::ranges::all_of(glyph.ascii, is_letter);
    if (is_ascii && glyph.ascii.size() == 1) {  // as most are
        inner.text += glyph.ascii.front();
        inner.letters += glyph.ascii.front();
        return;
    }
    inner.text += is_ascii ? glyph.ascii : written;
    inner.letters += is_ascii ? glyph.ascii : "?";
}

/// Does plain text that is longer than any marker's word follow a run, as behind most?
bool goes_on_plainly(const Reading& reading, std::size_t at, std::string_view delimiters) {
    const auto text = reading.text();
    std::size_t length = 0;
    for (auto end = at; length <= longest_inner; ++end) {
        if (end < text.size() && is_blank_or_line_end(text[end])) continue;
        if (!reading.is_plain(end) || is_one_of(text[end], delimiters)) return false;
        if (text[end] != '-' && text[end] != '=') ++length;
    }
    return true;
}

/// Adds plain text, as most is, which takes no glyphs.
void add_plain(Inner& inner, const Reading& reading, std::string_view delimiters) {
    const auto text = reading.text();
    for (; reading.is_plain(inner.end) && inner.text.size() <= longest_inner; ++inner.end) {
        if (is_one_of(text[inner.end], delimiters)) return;
        const auto folded = fold_ascii(static_cast<unsigned char>(text[inner.end]));
        add(inner, {folded.kind, folded.ascii, inner.end, inner.end + 1}, folded.ascii);
    }
}

/// The character of a glyph in UTF-8, decoded where it is escaped: own wordings have ideographs.
std::string written_at(const Reading& reading, const Glyph& glyph) {
    const auto text = reading.text();
    const auto decoded =
        is_escape_sign(text[glyph.begin]) ? decode_escape(text, glyph.begin) : std::nullopt;
    if (!decoded || decoded->code_point == some_character) {
        return std::string(text.substr(glyph.begin, glyph.end - glyph.begin));
    }
    std::array<char, U8_MAX_LENGTH> bytes{};
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(decoded->code_point));
    return {bytes.data(), length};
}

std::optional<Inner> read_inner(const Reading& reading, std::size_t at,
                                std::string_view delimiters) {
    if (goes_on_plainly(reading, at, delimiters)) return std::nullopt;
    Inner inner{.text = {}, .letters = {}, .end = at};
    for (;;) {
        const auto seen = reading.skip_unseen(inner.end, Spaces::skip);
        const auto glyph = reading.glyph(seen.at);
        const bool is_over = reading.at_end(seen.at) || reading.is_spent();
        if (is_over || inner.text.size() > longest_inner) return std::nullopt;
        if (inner.text.empty()) inner.begins_with_space = seen.after_space;
        if (seen.after_space) inner.is_one_piece = false;
        if (glyph.is_one_of(delimiters) || glyph.is('<')) {
            if (reading.at_literal(seen.at)) return std::nullopt;
            if (glyph.is_one_of(delimiters)) {
                inner.end = seen.at;
                inner.ends_with_space = seen.after_space;
                return inner;
            }
        }
        add(inner, glyph, written_at(reading, glyph));
        inner.end = glyph.end;
        add_plain(inner, reading, delimiters);
    }
}

/// Underscores are emphasis, which reading skips: no run of them can be told.
bool has_run(const Marker& marker) {
    return marker.form == Form::run && marker.before.front() != '_';
}

bool is_intact(const DelimiterRun& opening, const DelimiterRun& closing, const Dialect& dialect) {
    return std::ranges::any_of(dialect.markers, [&](const Marker& marker) {
        return opening.characters == marker.before && closing.characters == marker.after;
    });
}

/// `## ` at the start of a line: a heading of Markdown, as likely as a delimiter.
bool is_heading_sign(std::string_view text, Span run) {
    const bool is_line_start =
        run.offset == 0 || text[run.offset - 1] == '\n' || text[run.offset - 1] == '\r';
    const auto next = text.substr(std::min(run.end(), text.size()), 1);
    return is_line_start && text[run.offset] == '#' && (next == " " || next == "\t");
}

/// Two headings in a row (`## Paid`, `## Free`) are no own wording.
bool are_headings(std::string_view text, Span opening, Span closing) {
    return is_heading_sign(text, opening) && is_heading_sign(text, closing);
}

/// How many typos are forgiven between these runs.
std::size_t typo_limit(const Inner& inner, bool intact) {
    if (intact) return typos_when_intact;
    return inner.is_letters ? typos_when_damaged : 0;
}

/// The marker whose word was written with the fewest typos, if they are few enough.
std::optional<std::size_t> misspelt(const Dialect& dialect, std::string_view inner,
                                    std::size_t limit, char delimiter) {
    if (inner.starts_with('/')) inner.remove_prefix(1);
    std::optional<std::size_t> meant;
    for (std::size_t i = 0; i < dialect.markers.size(); ++i) {
        const auto& marker = dialect.markers[i];
        const auto same_before = [&](const Marker& one) {
            return has_run(one) && one.word == marker.word;
        };
        if (!has_run(marker) ||
            std::any_of(dialect.markers.begin(),
                        dialect.markers.begin() + static_cast<std::ptrdiff_t>(i), same_before)) {
            continue;  // or has been compared
        }
        const auto length = marker.word.size();
        const auto most = std::max(length, inner.size());
        if (most - std::min(length, inner.size()) > limit) continue;  // without a copy of the word
        const auto typos = count_typos(marker.folded_word(), inner, limit);
        if (typos > limit) continue;
        meant = marker_meant(dialect, marker.folded_word(), delimiter);
        if (typos == 0) break;
        limit = typos - 1;  // only a better one counts now
    }
    return meant;
}

/// The same with a delimiter or two among the letters, by a slip of the finger: `##paidbe$gin##`.
/// Moves `closing` to the run that closes it.
std::optional<std::size_t> misspelt_with_delimiters(const Reading& reading, const Inner& inner,
                                                    const DelimiterRun& opening,
                                                    DelimiterRun& closing,
                                                    std::string_view delimiters) {
    const auto& dialect = reading.grammar().dialect();
    auto letters = inner.letters;
    auto run = closing;
    bool touches = !inner.ends_with_space;
    for (auto left = typos_when_intact; touches && run.characters.size() <= left;) {
        left -= run.characters.size();
        reading.spend_on(longest_inner);
        const auto rest = read_inner(reading, run.span.end(), delimiters);
        if (!rest || rest->text.empty() || rest->begins_with_space) return std::nullopt;
        touches = !rest->ends_with_space;
        letters += run.characters + rest->letters;
        const auto next = read_run(reading, rest->end, delimiters);
        if (!next || letters.size() > longest_inner) return std::nullopt;
        run = *next;
        if (!is_intact(opening, run, dialect)) continue;
        const auto meant =
            misspelt(dialect, letters, typos_when_intact, opening.characters.front());
        if (!meant) continue;
        closing = run;
        return meant;
    }
    return std::nullopt;
}

/// The marker whose word is in the middle of another: `vip_paidbegin`, `paidendvip`.
std::optional<std::size_t> lengthened(const Dialect& dialect, std::string_view inner,
                                      char delimiter) {
    for (const auto& marker : dialect.markers) {
        if (has_run(marker) && inner.find(marker.folded_word()) != npos) {
            return marker_meant(dialect, marker.folded_word(), delimiter);
        }
    }
    return std::nullopt;
}

/// A wording that is also one behind a slash: `paid`, not `paidstart`.
bool is_alone(const Grammar& grammar, const std::string& inner) {
    return grammar.own_wording("/" + inner).has_value();
}

/// The role of `付费：开始`, which is that of `付费开始`.
std::optional<Role> punctuated_wording(const Grammar& grammar, std::string inner) {
    std::erase_if(inner, [](char c) { return std::string_view(":.,;()").find(c) != npos; });
    return is_alone(grammar, inner) ? std::nullopt : grammar.own_wording(inner);
}

std::optional<std::size_t> own_wording(const Grammar& grammar, std::string_view inner,
                                       char delimiter) {
    auto role = grammar.own_wording(inner);
    if (!role) role = punctuated_wording(grammar, std::string(inner));
    if (!role && inner.starts_with('/')) role = grammar.own_wording(inner.substr(1));
    if (!role) return std::nullopt;
    const auto& markers = grammar.dialect().markers;
    const auto marker = std::ranges::find_if(markers, [&](const Marker& candidate) {
        return candidate.role == *role && has_run(candidate);
    });
    return marker_meant(grammar.dialect(), marker->folded_word(), delimiter);
}

}  // namespace

std::string delimiters_of(const Dialect& dialect) {
    std::string delimiters;
    for (const auto& marker : dialect.markers) {
        if (!has_run(marker)) continue;
        for (const char c : marker.before + marker.after) {
            if (delimiters.find(c) == std::string::npos) delimiters.push_back(c);
        }
    }
    return delimiters;
}

std::size_t marker_meant(const Dialect& dialect, std::string_view word, char delimiter) {
    std::optional<std::size_t> meant;
    for (std::size_t i = 0; i < dialect.markers.size(); ++i) {
        const auto& marker = dialect.markers[i];
        if (marker.form != Form::run || marker.folded_word() != word) continue;
        if (marker.before.find(delimiter) != std::string::npos) return i;
        if (!meant) meant = i;
    }
    return *meant;
}

std::optional<DelimiterRun> read_run(const Reading& reading, std::size_t at,
                                     std::string_view delimiters) {
    const auto text = reading.text();
    std::optional<DelimiterRun> run({.span = {at, 0}, .characters = {}});
    for (auto next = at; !reading.at_end(next);) {
        const auto glyph = reading.glyph(next);
        if (glyph.is_one_of(delimiters)) {
            if (!run->characters.empty() && reading.at_literal(next)) break;
            run->characters += glyph.ascii;
            run->is_solid = run->is_solid && glyph.begin == run->span.end();
            run->span.length = glyph.end - at;
            next = glyph.end;
            if (run->characters.size() < longest_run) continue;
            next = glyph.begin + length_of_run(text.substr(glyph.begin), glyph.end - glyph.begin);
            run->span.length = next - at;
            break;
        }
        const auto seen = reading.skip_unseen(next, Spaces::stop);
        if (seen.at == next || run->characters.empty()) break;
        next = seen.at;
    }
    if (run->characters.empty()) run.reset();
    return run;
}

std::optional<Finding> find_shape(const Reading& reading, const DelimiterRun& opening,
                                  std::string_view delimiters) {
    const auto inner = read_inner(reading, opening.span.end(), delimiters);
    if (!inner || inner->text.empty()) return std::nullopt;
    auto closing = read_run(reading, inner->end, delimiters);
    if (!closing) return std::nullopt;
    const auto& grammar = reading.grammar();
    const bool intact = is_intact(opening, *closing, grammar.dialect());
    const bool headings = are_headings(reading.text(), opening.span, closing->span);
    if (headings && !intact) return std::nullopt;
    const char delimiter = opening.characters.front();
    auto meant = misspelt(grammar.dialect(), inner->letters, typo_limit(*inner, intact), delimiter);
    if (!meant && intact && inner->is_one_piece) {
        meant = lengthened(grammar.dialect(), inner->text, delimiter);
    }
    const bool is_formula = delimiter == '$' && is_alone(grammar, inner->text) &&
                            (inner->begins_with_space || inner->ends_with_space);
    if (!meant && intact && !is_formula && !headings) {
        meant = own_wording(grammar, inner->text, delimiter);
    }
    if (!meant) {
        meant = misspelt_with_delimiters(reading, *inner, opening, *closing, delimiters);
    }
    if (!meant) return std::nullopt;
    const auto begin = opening.span.offset;
    return Finding{{begin, closing->span.end() - begin}, *meant};
}

}  // namespace paywall
