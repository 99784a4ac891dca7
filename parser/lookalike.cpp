#include "parser/lookalike.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "parser/ascii.hpp"
#include "parser/escape.hpp"
#include "parser/glance.hpp"
#include "parser/lookalike_words.hpp"
#include "parser/reading.hpp"
#include "parser/shape_rule.hpp"
#include "parser/tag_rule.hpp"
#include "parser/word_rule.hpp"

namespace paywall {
namespace {

/// Effort for a source: so much, and one unit for so many bytes. No real text comes near, and what
/// does come near is told soon.
constexpr std::size_t least_effort = std::size_t{9} << 20;
constexpr std::size_t bytes_per_unit = 16;
/// What the first look at a letter beyond ASCII costs, so that text in a script with many
/// look-alikes (Cyrillic, Greek) is not taken for a tangle.
constexpr std::size_t effort_per_letter = 2;
/// What `<`, an escape of it or a character that looks like it begins with.
constexpr std::string_view angle_leads = "<&%\\\xCB\xE1\xE2\xEF\xF0";

}  // namespace

class LookalikeFinder::Rules {
public:
    Rules(const Grammar& grammar, std::string_view text)
        : dialect_(grammar.dialect()),
          text_(text),
          effort_(least_effort + text.size() / bytes_per_unit),
          reading_(grammar, text, effort_),
          words_(grammar.lookalike_words()),
          glance_(grammar.glance()) {}

    Progress read(const Token& token, std::vector<Lookalike>& found) {
        found_ = &found;
        switch (token.kind) {
            case Token::Kind::text:
                break;
            case Token::Kind::marker:
                judge_marker_freely(token);
                [[fallthrough]];
            case Token::Kind::content:
                literal_end_ = token.span.end();
                reading_.set_floor(literal_end_);
                break;
            case Token::Kind::suspect:
                judge_suspect(token.span.offset);
                break;
        }
        if (effort_.is_spent()) give_up(token.span.offset);
        if (is_tangled_) return Progress::stop;
        return {std::max(settled_, solid_end_ - std::min(solid_end_, words_.longest_delimiter))};
    }

    [[nodiscard]] bool gave_up() const { return is_tangled_; }
    [[nodiscard]] bool has_loose_ends() const {
        return is_opening_missed_ || reading_.has_loose_ends();
    }

private:
    /// With the backslashes before it, which would spoil the marker that is to stand there.
    void give(Span span, std::size_t meant, bool holds_more = false) {
        while (span.offset > literal_end_ && text_[span.offset - 1] == '\\') {
            --span.offset;
            ++span.length;
        }
        found_->push_back({span, meant, holds_more});
        judged_ = std::max(judged_, span.end());
    }

    /// Looking beside exact markers costs nothing, unless it takes all that is left: what stands
    /// between two of them is read at most twice, and many of them are no tangle.
    void judge_marker_freely(const Token& token) {
        const auto& marker = dialect_.markers[token.marker];
        if (marker.form != Form::run && marker.form != Form::tag) return;
        if (stands_plainly(token.span, marker)) return;
        const Effort before = effort_;
        judge_marker(token, marker);
        if (!effort_.is_spent()) effort_ = before;
    }

    /// Is there plain ASCII on both sides that is no delimiter of it, as beside most?
    [[nodiscard]] bool stands_plainly(Span span, const Marker& marker) const {
        return is_plain_before(span.offset, marker.before.front()) &&
               is_plain_behind(span.end(), marker.after.back());
    }

    [[nodiscard]] static bool is_plain(char c, char delimiter) {
        if ((c & 0x80) != 0 || is_escape_sign(c)) return false;
        const auto folded = fold_ascii(static_cast<unsigned char>(c));
        return folded.kind != FoldKind::unseen && folded.ascii != std::string_view(&delimiter, 1);
    }
    [[nodiscard]] bool is_plain_behind(std::size_t end, char delimiter) const {
        return end == text_.size() || is_plain(text_[end], delimiter);
    }
    [[nodiscard]] bool is_plain_before(std::size_t begin, char delimiter) const {
        if (begin <= literal_end_) return true;
        const char last = text_[begin - 1];
        if (last == ';' || last == '}' || !is_plain(last, delimiter)) return false;
        constexpr std::size_t most = 8;  // letters and digits, which an escape may end with
        const auto least = std::max(literal_end_, begin - std::min(begin, most));
        auto at = begin;
        while (at > least && is_ascii_word(text_[at - 1])) --at;
        if (at == begin || at == literal_end_) return true;
        return at > least && !may_go_on_escape(text_[at - 1]);
    }
    /// May letters and digits behind it be of an escape?
    [[nodiscard]] static bool may_go_on_escape(char c) {
        return is_escape_sign(c) || std::string_view("#;{}").find(c) != std::string_view::npos;
    }

    /// An exact marker with one more of its delimiters directly beside it, or a backslash.
    void judge_marker(const Token& token, const Marker& marker) {
        auto begin = token.span.offset;
        auto end = token.span.end();
        if (begin > literal_end_) {
            auto before = reading_.glyph_before(begin);
            while (before.kind == FoldKind::unseen && before.begin > literal_end_) {
                before = reading_.glyph_before(before.begin);
            }
            while (before.is(marker.before.front()) || before.is('\\')) {
                begin = before.begin;
                if (begin <= literal_end_) break;
                before = reading_.glyph_before(begin);
            }
        }
        auto after = reading_.glyph(end);
        while (after.kind == FoldKind::unseen) after = reading_.glyph(after.end);
        while (after.is(marker.after.back()) && !reading_.at_literal(after.begin)) {
            end = after.end;
            after = reading_.glyph(end);
        }
        if (end - begin > token.span.length) give({begin, end - begin}, token.marker);
    }

    void judge_suspect(std::size_t at) {
        if (at < std::max({judged_, solid_end_, settled_}) || is_tangled_) return;
        judge_place(at);
    }

    /// Whatever was read with the effort spent was not read to its end.
    void give_up(std::size_t at) {
        if (is_tangled_) return;
        is_tangled_ = true;
        found_->push_back({{at, 1}, 0, false, true});
    }

    void judge_place(std::size_t at) {
        const auto glyph = reading_.glyph(at);
        if (is_escape_sign(text_[at]) && is_of_no_marker(glyph)) {
            settled_ = glance_.end_of_escapes(text_, at);
            return effort_.grant(1);
        }
        if (words_.frames.begins_frame(glyph)) {
            if (const auto frame = words_.frames.find_within(reading_, at)) {
                return give(frame->span, frame->meant, frame->holds_more);
            }
        }
        if (glyph.is_one_of("</")) return judge_closing_tag(at, glyph);
        if (glyph.is_one_of(words_.delimiters)) return judge_run(at);
        if (is_first(glyph.ascii) && is_foreign_letter(glyph) && stands_apart(text_, at)) {
            return judge_word(at);
        }
        if (static_cast<unsigned char>(text_[at]) >= 0x80) effort_.grant(effort_per_letter);
        const bool is_unseen = glyph.kind == FoldKind::unseen;
        const bool is_written_long = glyph.end - at > 1;
        const auto before = is_unseen || is_written_long ? reading_.glyph_before(at) : Glyph{};
        if (before.is('/') && is_written_long) judge_closing_tag(before.begin, before);
        if (is_unseen) settle_unseen(glyph.end);
        if (is_unseen) return look_back(at, before);
        if (glyph.ascii.empty()) return;
        if (is_first(glyph.ascii)) return judge_word(at);
        if (is_one_of(glyph.ascii[0], words_.letters)) look_back(at, before);
    }

    /// Does an escape of no marker's characters begin with a glyph, or a sign that begins none?
    [[nodiscard]] bool is_of_no_marker(const Glyph& glyph) const {
        const char sign = text_[glyph.begin];
        if (is_one_of(sign, words_.delimiters)) return false;
        const bool is_decoded = glyph.end > glyph.begin + 1;
        return is_decoded ? glance_.is_of_no_marker({glyph.kind, glyph.ascii}) : sign != '\\';
    }

    /// A letter of Latin's, Greek's, Cyrillic's neighbourhood: two bytes, as it is.
    [[nodiscard]] bool is_foreign_letter(const Glyph& glyph) const {
        return glyph.end - glyph.begin == 2 && glyph.lengthens_word() &&
               (text_[glyph.begin] & 0xE0) == 0xC0;
    }

    /// The first letter of a word, or of several that one character stands for?
    [[nodiscard]] bool is_first(std::string_view ascii) const {
        return !ascii.empty() && is_one_of(ascii[0], words_.firsts);
    }

    /// Behind something unseen more of the kind says nothing new.
    void settle_unseen(std::size_t at) {
        auto next = reading_.glyph(at);
        while (next.kind == FoldKind::unseen) next = reading_.glyph(next.end);
        settled_ = next.begin;
    }

    /// At a disguised letter or something unseen: what plain text begins a word or run before it?
    void look_back(std::size_t at, Glyph glyph) {
        const auto least = std::max(literal_end_, at - std::min(at, LookalikeWords::plain_letters));
        for (auto place = at; place > least; glyph = reading_.glyph_before(place)) {
            place = glyph.begin;
            if (glyph.is_one_of(words_.delimiters)) return judge_run(place);
            if (glyph.is('<')) return judge_closing_tag(place, glyph);
            if (glyph.is_one_of(words_.firsts)) {
                judge_word(place);
                if (words_.frames.is_empty() || judged_ > place) return;
            }
            if (!glyph.is_one_of(words_.letters) && !glyph.is_one_of("l1|")) return;
        }
    }

    [[nodiscard]] std::size_t start_of_run(std::size_t at) const {
        while (at > std::max(literal_end_, run_end_)) {
            const auto glyph = reading_.glyph_before(at);
            if (!glyph.is_one_of(words_.delimiters)) break;
            at = glyph.begin;
        }
        return at;
    }

    void judge_run(std::size_t at) {
        if (at < run_end_) return;
        const auto run = read_run(reading_, start_of_run(at), words_.delimiters);
        if (!run) return;
        run_end_ = run->span.end();
        if (run->is_solid) solid_end_ = run_end_;
        if (const auto shape = find_shape(reading_, *run, words_.delimiters)) {
            give(shape->span, shape->meant);
        }
    }

    void judge_word(std::size_t at) {
        if (!words_.frames.is_empty()) {
            const auto least = std::max(literal_end_, judged_);
            if (const auto frame = words_.frames.find_around(reading_, at, least)) {
                return give(frame->span, frame->meant, frame->holds_more);
            }
        }
        if (words_.distinctive.empty() && words_.ordinary.empty()) return;
        if (words_.plain_word.is_at(text_, at)) return;
        const auto prefix = words_.prefix.size();
        const auto prefix_end = read_word(reading_, at, words_.prefix, Hyphen::once);
        if (!prefix_end) return;
        for (const auto& word : words_.distinctive) {
            const auto span = find_core_word(reading_, at, word, prefix, *prefix_end);
            if (span) return give_word(*span, word);
        }
        judge_run_before(at);
        if (judged_ > at) return;
        for (const auto& name : words_.ordinary) {
            const auto end = read_word(reading_, *prefix_end, name, Hyphen::no, prefix);
            const auto shape = end ? find_tag_around(reading_, at, *end, name) : std::nullopt;
            if (shape && shape->span.offset >= literal_end_) judge_tag(*shape, name);
        }
    }

    /// `# paid begin #`: a single delimiter and white space before a word.
    void judge_run_before(std::size_t at) {
        auto place = at;
        while (place > literal_end_ && (text_[place - 1] == ' ' || text_[place - 1] == '\t'))
            --place;
        if (place == at || place == literal_end_) return;
        if (words_.delimiters.find(text_[place - 1]) != std::string::npos) judge_run(place - 1);
    }

    /// The damaged marker is the word with the delimiters that are left of it.
    void give_word(Span word, std::string_view name) {
        auto begin = word.offset;
        char delimiter = '\0';
        while (begin > std::max(literal_end_, judged_)) {
            const auto glyph = reading_.glyph_before(begin);
            if (!glyph.is_one_of(words_.delimiters) && !glyph.is('\\')) break;
            if (!glyph.is('\\')) delimiter = glyph.ascii.front();
            begin = glyph.begin;
        }
        const auto run = reading_.at_literal(word.end())
                             ? std::nullopt
                             : read_run(reading_, word.end(), words_.delimiters);
        if (run && delimiter == '\0') delimiter = run->characters.front();
        auto end = run ? run->span.end() : word.end();
        const auto meant = meant_by(name, delimiter);
        if (dialect_.markers[meant].before.starts_with('_')) {  // no run to reading, but emphasis
            while (begin > literal_end_ && text_[begin - 1] == '_') --begin;
            while (end < text_.size() && text_[end] == '_') ++end;
        }
        give({begin, end - begin}, meant, is_ambiguous(meant));
    }

    /// May the same word have meant another marker as well: `[membership]`, `[/membership]`?
    [[nodiscard]] bool is_ambiguous(std::size_t meant) const {
        const auto& marker = dialect_.markers[meant];
        return marker.form == Form::bracket && marker.role == Role::open &&
               counterpart(dialect_, marker).word == marker.word;
    }

    [[nodiscard]] std::size_t meant_by(std::string_view word, char delimiter) const {
        const auto& markers = dialect_.markers;
        const auto framed = std::ranges::find_if(markers, [&](const Marker& marker) {
            return marker.form != Form::run && marker.folded_word() == word;
        });
        if (framed == markers.end()) return marker_meant(dialect_, word, delimiter);
        return static_cast<std::size_t>(framed - markers.begin());
    }

    /// `</piad>`, `&lt;/piad&gt;`; or `＜／piad＞`, found by its slash.
    void judge_closing_tag(std::size_t at, const Glyph& glyph) {
        if (glyph.is('/')) {
            const auto bracket = reading_.glyph_before(at);
            if (!bracket.is('<')) return;
            at = bracket.begin;
        }
        for (const auto& name : words_.ordinary) {
            const auto shape = read_tag_shape(reading_, at, name);
            if (shape) judge_tag(*shape, name);
        }
    }

    /// Angle brackets with the very name are a lookalike alone (`/paid>` only behind an opening one
    /// that lost a bracket too); a name of one typo or other brackets only where such an opening
    /// one is followed by such a closing one.
    void judge_tag(const TagShape& shape, std::string_view name) {
        const auto meant = tag_marker(name, shape.role);
        if (shape.is_angle && !shape.is_misspelt) {
            const bool is_half = shape.is_bare || !shape.is_closed;
            if (shape.role == Role::open && is_half) has_half_opening_ = true;
            const bool counts = shape.is_bare ? has_half_opening_ : shape.is_closed;
            if (shape.role == Role::close ? counts || !shape.is_bare : !is_half) {
                give(shape.span, meant);
            } else if (shape.role == Role::close) {
                is_opening_missed_ = true;
            }
            return;
        }
        if (!shape.is_closed) return;
        if (shape.role == Role::open) {
            if (!shape.is_misspelt && !opening_) opening_ = shape;
            return;
        }
        if (shape.is_misspelt) find_misspelt_opening(shape.span.offset, name);
        if (!opening_ && !misspelt_) {
            is_opening_missed_ = true;
            return;
        }
        for (auto* pending : {&opening_, &misspelt_}) {
            if (*pending && !is_given(**pending))
                give((*pending)->span, tag_marker(name, Role::open));
        }
        give(shape.span, meant);
    }

    [[nodiscard]] bool is_given(const TagShape& shape) {
        return std::ranges::any_of(given_, [&](Span span) { return span == shape.span; }) ||
               (given_.push_back(shape.span), false);
    }

    /// `<piad>` before a `</piad>`: asked for so seldom that it is looked for only then.
    void find_misspelt_opening(std::size_t limit, std::string_view name) {
        while (!misspelt_ && searched_ < limit) {
            searched_ = std::min(text_.find_first_of(angle_leads, searched_), limit);
            if (searched_ == limit) return;
            const auto shape = read_tag_shape(reading_, searched_++, name);
            if (shape && shape->is_misspelt && shape->is_closed && shape->role == Role::open &&
                shape->is_angle) {
                misspelt_ = shape;
            }
        }
    }

    [[nodiscard]] std::size_t tag_marker(std::string_view name, Role role) const {
        const auto& markers = dialect_.markers;
        return static_cast<std::size_t>(std::ranges::find_if(markers,
                                                             [&](const Marker& marker) {
                                                                 return marker.form == Form::tag &&
                                                                        marker.folded_word() ==
                                                                            name &&
                                                                        marker.role == role;
                                                             }) -
                                        markers.begin());
    }

    const Dialect& dialect_;
    std::string_view text_;
    Effort effort_;
    Reading reading_;
    const LookalikeWords& words_;
    const Glance& glance_;

    std::vector<Lookalike>* found_ = nullptr;
    std::size_t literal_end_ = 0;       // of the last exact marker or content word
    std::size_t judged_ = 0;            // what stands before this needs no further look
    std::size_t run_end_ = 0;           // of the last run of delimiters
    std::size_t solid_end_ = 0;         // of the last with nothing else in it
    std::size_t settled_ = 0;           // what stands before this is of no marker
    std::size_t searched_ = 0;          // up to here there is no misspelt opening tag
    std::optional<TagShape> opening_;   // the first `[paid]` or `《paid》`
    std::optional<TagShape> misspelt_;  // the first `<piad>`
    std::vector<Span> given_;           // those of the two that have been given
    bool has_half_opening_ = false;     // `paid>` or `<paid` stood before
    bool is_opening_missed_ = false;    // by a closing tag that counts only behind one
    bool is_tangled_ = false;
};

LookalikeFinder::LookalikeFinder(const Grammar& grammar, std::string_view text)
    : rules_(std::make_unique<Rules>(grammar, text)) {}
LookalikeFinder::~LookalikeFinder() = default;

Progress LookalikeFinder::read(const Token& token, std::vector<Lookalike>& found) {
    return rules_->read(token, found);
}

bool LookalikeFinder::gave_up() const {
    return rules_->gave_up();
}

bool LookalikeFinder::has_loose_ends() const {
    return rules_->has_loose_ends();
}

}  // namespace paywall
