#include "parser/frame_rule.hpp"

#include <algorithm>

#include "parser/escape.hpp"
#include "parser/typo.hpp"
#include "parser/word_rule.hpp"

namespace paywall {
namespace {

constexpr std::string_view comment_open = "<!--";
constexpr std::string_view comment_close = "-->";
/// Glyphs looked at on either side of a word.
constexpr int most_glyphs = 24;
/// Letters of the longest line that is taken for a damaged marker, and of the longest word.
constexpr std::size_t longest_line = 40;
/// Words that are shorter are other words with two typos.
constexpr std::size_t long_word = 9;

/// Words, without what joins them.
std::string joined(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (std::string_view(" -_:/").find(c) == std::string_view::npos) letters += c;
    }
    return letters;
}

bool has_joint(const Marker& marker) {
    return marker.word.find_first_of("-_:/") != std::string::npos;
}

/// Of an ordinary word nothing but what joins its parts may be another: `[/is-paid]`.
bool may_be_misspelt(const Marker& marker) {
    return marker.kind != WordKind::ordinary || has_joint(marker);
}

std::size_t typo_limit(const Marker& marker, const std::string& word) {
    if (marker.kind == WordKind::ordinary) return 0;
    return word.size() >= long_word ? 2 : 1;
}

/// Signs that stand beside a word, from left to right.
struct Signs {
    std::string text;
    std::size_t edge;  ///< the outer end of the last one
    bool is_spaced = false;
};

std::string_view sign_of(const Glyph& glyph, std::string_view set) {
    if (glyph.ascii == "--" && set.find('-') != std::string_view::npos) return glyph.ascii;
    return glyph.is_one_of(set) ? glyph.ascii : std::string_view();
}

bool is_passed_over(const Glyph& glyph) {
    return glyph.kind == FoldKind::space || glyph.kind == FoldKind::unseen ||
           glyph.is_one_of("\\*_~`");
}

/// The start of the tag or comment that ends with this bracket.
std::optional<std::size_t> tag_before(const Reading& reading, const Glyph& bracket) {
    constexpr std::size_t far = 256;
    const auto begin = bracket.begin - std::min(bracket.begin, far);
    const auto found = reading.text().substr(begin, bracket.begin - begin).rfind('<');
    if (found == std::string_view::npos) return std::nullopt;
    const auto tag = reading.tag(begin + found);
    return tag && tag->end == bracket.end ? std::optional(begin + found) : std::nullopt;
}

/// The signs before a place, up to the first of `last`.
Signs signs_before(const Reading& reading, std::size_t at, std::size_t least, std::string_view set,
                   std::string_view last) {
    Signs signs{{}, at};
    auto place = at;
    for (int steps = 0; place > least && steps < most_glyphs; ++steps) {
        const auto glyph = reading.glyph_before(place);
        const auto sign = sign_of(glyph, set);
        const auto tag = glyph.is('>') ? tag_before(reading, glyph) : std::nullopt;
        if (tag && *tag >= least) {
            place = *tag;
            continue;
        }
        if (sign.empty() && !is_passed_over(glyph)) break;
        place = glyph.begin;
        if (sign.empty()) continue;
        signs.text.insert(0, sign);
        signs.edge = place;
        if (glyph.is_one_of(last)) break;
    }
    return signs;
}

/// The signs behind a place, up to the first of `last`.
Signs signs_after(const Reading& reading, std::size_t at, std::string_view set,
                  std::string_view last) {
    Signs signs{{}, at};
    for (int steps = 0; steps < most_glyphs; ++steps) {
        const auto seen = reading.skip_unseen(at, Spaces::skip);
        signs.is_spaced = signs.is_spaced || (signs.text.empty() && seen.after_space);
        const auto glyph = reading.glyph(seen.at);
        const auto sign = sign_of(glyph, set);
        if (sign.empty() || reading.at_end(seen.at)) break;
        signs.text += sign;
        at = signs.edge = glyph.end;
        if (glyph.is_one_of(last)) break;
    }
    return signs;
}

/// Does a word go on behind a place: with a letter, or a sign that joins and a letter?
bool continues(const Reading& reading, std::size_t at) {
    const auto glyph = reading.glyph(at);
    if (reading.at_end(at)) return false;
    return glyph.lengthens_word() ||
           (glyph.is_one_of("-_.:") && reading.glyph(glyph.end).lengthens_word());
}

bool is_damaged(std::string_view frame, const Signs& signs, std::size_t most) {
    return count_typos(frame, signs.text, most) <= most;
}

/// Where a frame ends that is closed not far behind a place; else the place.
std::size_t end_of_frame(const Reading& reading, std::size_t at, std::string_view closing) {
    constexpr std::size_t far = 1024;
    const auto near = reading.text().substr(at, far);
    const auto close = near.find(closing);
    return close == std::string_view::npos ? at : at + close + closing.size();
}

/// Where text behind a word ends that has the look of attributes: behind its bracket, or at the
/// end of its line.
std::optional<std::size_t> end_of_attributes(const Reading& reading, std::size_t at) {
    constexpr int far = 256;
    bool has_sign = false;
    for (int steps = 0; steps < far && !reading.at_end(at); ++steps) {
        const auto glyph = reading.glyph(at);
        has_sign = has_sign || glyph.is('=');
        if (glyph.is(']')) return has_sign ? std::optional(glyph.end) : std::nullopt;
        if (glyph.is('[') || reading.text()[at] == '\n' || reading.text()[at] == '\r') break;
        at = std::max(glyph.end, at + 1);
    }
    return has_sign ? std::optional(at) : std::nullopt;
}

struct Line {
    std::string letters;
    bool has_sign = false;
    Span span;
};

/// The line around a place, its letters folded; without letters where there are too many.
Line line_at(const Reading& reading, std::size_t at, std::string_view sign) {
    const auto text = reading.text();
    const auto before = text.substr(0, at).find_last_of("\r\n");
    const auto begin = before == std::string_view::npos ? 0 : before + 1;
    const auto end = std::min(text.find_first_of("\r\n", at), text.size());
    Line line{{}, sign.empty(), {begin, end - begin}};
    if (line.span.length > 8 * longest_line) return line;
    for (auto place = begin; place < end;) {
        const auto glyph = reading.glyph(place);
        const auto tag = glyph.is('<') ? reading.tag(place) : std::nullopt;
        if (tag && tag->kind == Tag::Kind::inlined) {
            place = tag->end;
            continue;
        }
        line.has_sign = line.has_sign || glyph.is_one_of(sign);
        if (glyph.lengthens_word()) {
            line.letters += glyph.ascii.empty() ? "?" : glyph.ascii;
        }
        place = std::max(glyph.end, place + 1);
        if (line.letters.size() > longest_line) return {{}, false, line.span};
    }
    return line;
}

/// Does plain text alone tell that the line around a place has more letters than a damaged marker?
/// Most words are in such lines.
bool is_in_long_line(std::string_view text, std::size_t at) {
    std::size_t letters = 0;
    const auto goes_on = [&](char c) {
        if (is_ascii_word(c)) ++letters;
        const bool may_hide = c == '<' || c == '>' || is_escape_sign(c) || (c & 0x80) != 0;
        return letters <= longest_line && !may_hide && c != '\n' && c != '\r';
    };
    for (auto i = at; i < text.size() && goes_on(text[i]);) ++i;
    for (auto i = at; i > 0 && goes_on(text[i - 1]);) --i;
    return letters > longest_line;
}

/// Does a plain letter tell that a word is not the one at a place? (`i` has look-alikes.)
bool is_plainly_other(std::string_view text, std::size_t at, std::string_view word) {
    for (std::size_t i = 0; i < word.size() && at + i < text.size(); ++i) {
        const char c = text[at + i];
        if (!is_ascii_letter(c)) return false;
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
        if (lower != word[i]) return lower != 'l' && lower != 'i';
    }
    return false;
}

/// With the outer ones of several brackets: `{{paid}}`.
Span widened(std::string_view text, Span span, const Marker& marker, std::size_t least) {
    auto begin = span.offset;
    auto end = span.end();
    while (begin > least && marker.before.find(text[begin - 1]) != std::string::npos) --begin;
    while (end < text.size() && marker.after.find(text[end]) != std::string::npos) ++end;
    return {begin, end - begin};
}

bool is_framed(const Marker& marker) {
    return marker.form == Form::bracket || marker.form == Form::comment ||
           marker.form == Form::line;
}

/// The signs of a frame's one side, without white space.
std::string without_spaces(std::string signs) {
    std::erase(signs, ' ');
    return signs;
}

std::vector<std::string> words_of(const Marker& marker) {
    const auto text = marker.folded_word();
    if (marker.form != Form::line) return {text};
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

void add_new(std::string& set, std::string_view characters) {
    for (const char c : characters) {
        if (set.find(c) == std::string::npos) set.push_back(c);
    }
}

}  // namespace

FrameRule::FrameRule(const Dialect& dialect) : dialect_(dialect) {
    constexpr std::size_t plain_letters = 3;
    for (std::size_t i = 0; i < dialect.markers.size(); ++i) {
        const auto& marker = dialect.markers[i];
        const bool is_read =
            may_be_misspelt(marker) && (is_framed(marker) || marker.before.starts_with('_'));
        if (is_read && marker.form != Form::line) add_new(frames_, marker.before.substr(0, 1));
        if (!is_framed(marker) || marker.role == Role::escape || marker.role == Role::unescape) {
            continue;
        }
        if (marker.form == Form::bracket) {
            const auto before = without_spaces(marker.before);
            add_new(frame_signs_, before);
            add_new(opening_, before.substr(0, before.find('/')));
            const auto after = without_spaces(marker.after);
            add_new(closing_, after.substr(after.find_first_not_of('/')));
        }
        for (auto& text : words_of(marker)) {
            add_new(firsts_, text.substr(0, 1));
            // Of lines' words the scan looks for one letter more.
            const bool is_line = marker.form == Form::line;
            add_new(letters_, text.substr(0, plain_letters + (is_line ? 1 : 0)));
            const auto known = std::ranges::find(words_, text, &Word::text);
            if (known == words_.end()) {
                words_.push_back({std::move(text), i, i});
            } else if (marker.role == Role::close) {
                known->closing = i;
            }
        }
    }
}

bool FrameRule::begins_frame(const Glyph& glyph) const {
    return glyph.is_one_of(frames_);
}

std::optional<Finding> FrameRule::find_around(const Reading& reading, std::size_t at,
                                              std::size_t least) const {
    for (const auto& word : words_) {
        if (is_plainly_other(reading.text(), at, word.text)) continue;
        const auto end = read_word(reading, at, word.text, Hyphen::no);
        if (!end) continue;
        if (auto finding = judge(reading, word, {at, *end - at}, least)) return finding;
    }
    return std::nullopt;
}

std::optional<Finding> FrameRule::judge(const Reading& reading, const Word& word, Span written,
                                        std::size_t least) const {
    switch (dialect_.markers[word.marker].form) {
        case Form::comment:
            return judge_comment(reading, word, written, least);
        case Form::bracket:
            return judge_bracket(reading, word, written, least);
        default:
            return judge_line(reading, word, written, least);
    }
}

/// A comment that begins with the word, or a word between what is left of a comment's signs.
std::optional<Finding> FrameRule::judge_comment(const Reading& reading, const Word& word,
                                                Span written, std::size_t least) const {
    const auto& marker = dialect_.markers[word.marker];
    const bool may_go_on = marker.attributes == Syntax::label;  // `<!--moreover-->` divides there
    if (!may_go_on && continues(reading, written.end())) return std::nullopt;
    const auto before = signs_before(reading, written.offset, least, "<!-/", "<");
    const bool closes = before.text.ends_with('/');
    const Signs open{closes ? before.text.substr(0, before.text.size() - 1) : before.text,
                     before.edge};
    if (before.text.size() < 2) return std::nullopt;
    const auto after = signs_after(reading, written.end(), "-!/>", ">");
    const bool is_sound = open.text == comment_open;
    const bool is_likely = open.text.find_first_of("<!") != std::string::npos &&
                           is_damaged(comment_open, open, 2) && after.text.ends_with('>') &&
                           is_damaged(comment_close, after, 2);
    if (!is_sound && !is_likely) return std::nullopt;
    const bool is_closed = after.text.ends_with('>');
    const auto end =
        is_closed ? after.edge
                  : std::max(after.edge, end_of_frame(reading, written.end(), comment_close));
    return Finding{{before.edge, end - before.edge},
                   closes ? word.closing : word.marker,
                   !is_closed && end > after.edge};
}

/// A closing tag in brackets of any kind; an opening one in its own, closed.
std::optional<Finding> FrameRule::judge_bracket(const Reading& reading, const Word& word,
                                                Span written, std::size_t least) const {
    if (continues(reading, written.end())) return std::nullopt;
    const auto& marker = dialect_.markers[word.marker];
    const auto before = signs_before(reading, written.offset, least, opening_ + "/", opening_);
    const auto after = signs_after(reading, written.end(), closing_ + "/", closing_);
    const bool closes = before.text.ends_with('/');
    const char bracket = before.text.empty() ? '\0' : before.text.front();
    const bool has_bracket = bracket != '\0' && bracket != '/';
    const bool is_own = has_bracket && marker.before.find(bracket) != std::string::npos;
    const bool is_closed = !after.text.empty() && after.text != "/";
    // Of `{{paid}}` only the inner signs are looked at: what to put in their place is not known.
    const bool holds_more = marker.before != "[";
    auto span = Span{before.edge, after.edge - before.edge};
    if (is_own && is_closed) span = widened(reading.text(), span, marker, least);
    if (closes) {
        const bool is_bare = !has_bracket;
        const bool in_word = reading.glyph_before(before.edge).lengthens_word();
        if (is_bare && (in_word || !after.text.starts_with(']'))) return std::nullopt;
        const bool is_link = bracket == '(' && reading.glyph_before(before.edge).is(']');
        if (is_link) return std::nullopt;
        const bool is_likely = is_own || bracket == '[' || is_closed;
        if (marker.kind == WordKind::ordinary && !is_likely) return std::nullopt;
        return Finding{span, word.closing, holds_more};
    }
    const bool is_other = has_bracket && bracket != '[' && is_closed;
    if (is_own && bracket != '[' && is_closed) return Finding{span, word.marker, holds_more};
    if (is_other && marker.kind == WordKind::distinctive)
        return Finding{span, word.marker, holds_more};
    if (bracket != '[') return std::nullopt;
    if (after.text == "]" || after.text == "/]") {
        const bool is_link = !reading.at_end(after.edge) &&
                             reading.glyph(after.edge).is_one_of("([:") &&
                             before.edge + 1 == written.offset;
        if (is_link && marker.role == Role::open) return std::nullopt;
        return Finding{span, word.marker, holds_more};
    }
    if (marker.attributes == Syntax::none) return std::nullopt;
    const auto end = end_of_attributes(reading, written.end());
    if (!end) return std::nullopt;
    return Finding{{before.edge, *end - before.edge}, word.marker, true};
}

/// A line that holds a marker's words and no others.
std::optional<Finding> FrameRule::judge_line(const Reading& reading, const Word& word, Span written,
                                             std::size_t least) const {
    if (written.offset < least || is_in_long_line(reading.text(), written.offset))
        return std::nullopt;
    const auto sign = dialect_.markers[word.marker].before.substr(0, 1);
    const auto line = line_at(reading, written.offset, sign);
    if (line.letters.empty() || line.span.offset < least || !line.has_sign) return std::nullopt;
    for (std::size_t i = 0; i < dialect_.markers.size(); ++i) {
        const auto& marker = dialect_.markers[i];
        if (marker.form != Form::line) continue;
        const auto wanted = joined(marker.folded_word());
        const auto limit = wanted.size() >= long_word ? std::size_t{2} : std::size_t{0};
        if (count_typos(wanted, line.letters, limit) <= limit) {
            // A comment sign is another's; letters that are missing may stand on the next line.
            const bool is_short = line.letters.size() < wanted.size();
            return Finding{line.span, i, marker.before.empty() || is_short};
        }
        // `# moreover` divides in the origin of that marker.
        const bool goes_on = limit == 0 && line.letters.starts_with(wanted);
        if (goes_on && reading.text().substr(line.span.offset).starts_with(marker.text())) {
            return Finding{line.span, i, true};
        }
    }
    return std::nullopt;
}

namespace {

/// The signs that a frame begins with, white space left out: `<!--`, `[/`, `___`.
Signs frame_at(const Reading& reading, std::size_t at, std::string_view set) {
    Signs signs{{}, at};
    for (int steps = 0; steps < most_glyphs && !reading.at_end(at); ++steps) {
        const auto glyph = reading.glyph(at);
        const auto sign = sign_of(glyph, set);
        const bool is_seen = glyph.kind != FoldKind::unseen && glyph.kind != FoldKind::space;
        const bool begins_other = sign == "<" || sign == "_";
        if (sign.empty() && is_seen) break;
        if (begins_other && !signs.text.empty() && !signs.text.ends_with(sign)) break;
        at = glyph.end;
        const bool is_extra = sign == "-" && signs.text == comment_open;
        if (sign.empty() || is_extra) continue;
        signs.text += sign;
        signs.edge = at;
    }
    return signs;
}

/// What a frame holds, folded: up to the first white space, and up to its end.
struct Inner {
    std::string first;
    std::string all;
    std::size_t first_end;
    std::size_t end;
};

Inner inner_at(const Reading& reading, std::size_t at) {
    constexpr std::string_view underscores = "___";  // emphasis to reading, and a frame's end
    Inner inner{{}, {}, at, at};
    bool is_first = true;
    while (inner.all.size() <= longest_line && !reading.at_end(at)) {
        const auto glyph = reading.glyph(at);
        if (const auto tag = glyph.is('<') ? reading.tag(at) : std::nullopt) {
            is_first = is_first && tag->kind == Tag::Kind::inlined;
            at = tag->end;
            continue;
        }
        if (!inner.all.empty() && reading.text().substr(at).starts_with(underscores)) break;
        if (glyph.is_one_of("<>[]=\"'{}")) break;
        if (glyph.lengthens_word()) inner.all += glyph.ascii.empty() ? "?" : glyph.ascii;
        if (glyph.lengthens_word()) inner.end = glyph.end;
        if (glyph.kind == FoldKind::space) is_first = false;
        if (is_first) {
            inner.first = inner.all;
            inner.first_end = inner.end;
        }
        at = std::max(glyph.end, at + 1);
    }
    return inner;
}

}  // namespace

std::optional<Finding> FrameRule::find_within(const Reading& reading, std::size_t at) const {
    const auto frame = frame_at(reading, at, frame_signs_);
    const auto inner = inner_at(reading, frame.edge);
    std::optional<Finding> found;
    for (std::size_t i = 0; i < dialect_.markers.size(); ++i) {
        const auto& marker = dialect_.markers[i];
        const bool is_escape = marker.role == Role::escape || marker.role == Role::unescape;
        if (is_escape || !may_be_misspelt(marker) || marker.form == Form::line) continue;
        // `[memberships](/plans)` is a link.
        const bool may_be_link = marker.form == Form::bracket && marker.role == Role::open;
        if (may_be_link && marker.kind != WordKind::distinctive) continue;
        const auto before = without_spaces(marker.before);
        const bool is_own = frame.text == before;
        if (!is_own && (found || frame.text != before + "/")) continue;
        const auto wanted = joined(marker.folded_word());
        const auto limit = typo_limit(marker, wanted);
        const bool is_whole = count_typos(wanted, inner.all, limit) <= limit;
        if (!is_whole && count_typos(wanted, inner.first, limit) > limit) continue;
        const auto word_end = is_whole ? inner.end : inner.first_end;
        auto end = end_of_frame(reading, word_end, marker.after);
        if (end == word_end && marker.form == Form::comment)
            end = signs_after(reading, word_end, "-!/>", ">").edge;
        const bool is_alone = is_whole || end == word_end;
        found = Finding{{at, end - at}, i, !is_alone};
        if (is_own) break;
    }
    return found;
}

}  // namespace paywall
