#include "parser/word_rule.hpp"

#include <unicode/uchar.h>

#include "parser/escape.hpp"

namespace paywall {
namespace {

bool passes_for(char letter, char written) {
    return letter == written ||
           (letter == 'i' && (written == 'l' || written == '1' || written == '|'));
}

/// How many letters of the word's rest this text is, or nothing if it is something else.
std::optional<std::size_t> match(std::string_view rest, std::string_view text) {
    if (text.empty() || text.size() > rest.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!passes_for(rest[i], text[i])) return std::nullopt;
    }
    return text.size();
}

/// Signs that join the words of an identifier: `paid_end_date`; with a hyphen only where one
/// stands in the word already: `paid-end-date`. `_paidend_` is emphasis.
std::string_view joints_of(std::string_view written) {
    return written.find_first_of("-_") == std::string_view::npos ? "_" : "-_";
}

/// `\n` and the like, as JSON and JavaScript write a line end or tab.
bool ends_white_space_escape(const Reading& reading, const Glyph& glyph) {
    return glyph.is_one_of("nrtfv") && reading.glyph_before(glyph.begin).is('\\');
}

/// `=23` of mail or `\043`: digits that may be the end of an escape.
bool ends_number_escape(const Reading& reading, Glyph glyph) {
    constexpr int most_digits = 6;
    for (int digits = 0; digits < most_digits; ++digits) {
        if (!glyph.is_one_of("0123456789abcdef")) return false;
        glyph = reading.glyph_before(glyph.begin);
        if (digits > 0 && glyph.is_one_of("=\\")) return true;
    }
    return false;
}

/// Makes a word longer; not a sign like `№` or `①`, which reads as letters or a digit.
bool is_part_of_word(const Reading& reading, const Glyph& glyph) {
    if (!glyph.lengthens_word()) return false;
    const auto written = code_point_at(reading.text(), glyph.begin).code_point;
    return written < 0x80 || u_isalnum(static_cast<UChar32>(written)) != 0;
}

bool is_whole_word(const Reading& reading, std::size_t begin, std::size_t end) {
    const auto before = reading.glyph_before(begin);
    const auto after = reading.glyph(end);
    if (is_part_of_word(reading, after)) return false;
    if (is_part_of_word(reading, before) && !ends_white_space_escape(reading, before) &&
        !ends_number_escape(reading, before)) {
        return false;
    }
    const auto joints = joints_of(reading.text().substr(begin, end - begin));
    if (before.is('_')) return !reading.glyph_before(before.begin).lengthens_word();
    return !after.is_one_of(joints) || !reading.glyph(after.end).lengthens_word();
}

}  // namespace

std::optional<std::size_t> read_word(const Reading& reading, std::size_t at, std::string_view word,
                                     Hyphen hyphen, std::size_t read) {
    while (read < word.size()) {
        if (const char letter = reading.plain_letter(at); letter != '\0') {  // as most are
            if (!passes_for(word[read], letter)) return std::nullopt;
            ++read;
            ++at;
            continue;
        }
        const auto glyph = reading.glyph(at);
        if (const auto letters = match(word.substr(read), glyph.ascii)) {
            read += *letters;
            at = glyph.end;
            continue;
        }
        if (read == 0 || glyph.lengthens_word()) return std::nullopt;
        if (glyph.is('-') && hyphen == Hyphen::once) {
            hyphen = Hyphen::no;
            at = glyph.end;
            continue;
        }
        const bool is_sign = word[read] == '_';  // which skipping would pass over
        if (is_sign && glyph.kind == FoldKind::unseen) {
            at = glyph.end;
            continue;
        }
        const auto tag = is_sign && glyph.is('<') ? reading.tag(at) : std::nullopt;
        if (tag && tag->kind == Tag::Kind::inlined) {
            at = tag->end;
            continue;
        }
        const auto seen = reading.skip_unseen(at, Spaces::stop);
        if (seen.at == at) return std::nullopt;
        at = seen.at;
    }
    return at;
}

std::optional<Span> find_core_word(const Reading& reading, std::size_t at, std::string_view word,
                                   std::size_t read, std::size_t end) {
    const auto word_end = read_word(reading, end, word, Hyphen::once, read);
    if (!word_end || !is_whole_word(reading, at, *word_end)) return std::nullopt;
    return Span{at, *word_end - at};
}

}  // namespace paywall
