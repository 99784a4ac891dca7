#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/escape.hpp"
#include "parser/fold.hpp"
#include "parser/grammar.hpp"

namespace paywall {

/// The work that may still be spent on one source, so that no input makes the search for
/// lookalikes more than linear. One unit is about one glyph read.
class Effort {
public:
    explicit Effort(std::size_t units) : left_(units) {}

    void spend(std::size_t units) { left_ -= units < left_ ? units : left_; }
    /// What was read with nothing left was not read to its end: spent is spent.
    void grant(std::size_t units) { left_ += is_spent() ? 0 : units; }
    [[nodiscard]] bool is_spent() const { return left_ == 0; }

private:
    std::size_t left_;
};

/// One thing that a reader sees at a place: a character, or an escape that stands for one.
struct Glyph {
    FoldKind kind = FoldKind::other;
    std::string_view ascii;  ///< of kind ascii
    std::size_t begin = 0;
    std::size_t end = 0;  ///< where the next glyph begins

    [[nodiscard]] bool is(char c) const { return ascii.size() == 1 && ascii.front() == c; }
    [[nodiscard]] bool is_one_of(std::string_view set) const {
        if (ascii.size() != 1) return false;
        for (const char c : set) {  // shorter than what a library's search is made for
            if (c == ascii.front()) return true;
        }
        return false;
    }
    [[nodiscard]] bool lengthens_word() const;
};

struct Tag {
    enum class Kind {
        inlined,  ///< an element within a line, or a comment: looked through
        block,    ///< any other: counts as white space
    };
    Kind kind;
    std::size_t end;
};

[[nodiscard]] constexpr bool is_plain_ascii(unsigned char c) {
    return c < 0x80 && detail::ascii_kind(c) == FoldKind::ascii &&
           std::string_view("&%\\*_~`<[").find(static_cast<char>(c)) == std::string_view::npos;
}

/// Where the text that is to be seen goes on, and whether white space (or a block tag) was
/// passed on the way.
struct Seen {
    std::size_t at;
    bool after_space = false;
};

enum class Spaces { stop, skip };

/// A text as its readers see it: folded, with character references, percent and `\u` escapes
/// decoded, and what is unseen skipped (FORMAT.md, "Reading"). Exact markers are never looked
/// through. Positions are byte offsets in the text, which must be UTF-8.
class Reading {
public:
    /// Views all three.
    Reading(const Grammar& grammar, std::string_view text, Effort& effort)
        : grammar_(grammar), text_(text), effort_(effort) {}

    /// From now on nothing that ends behind `floor` begins before it: an exact marker ends there.
    void set_floor(std::size_t floor) { floor_ = floor; }

    [[nodiscard]] const Grammar& grammar() const { return grammar_; }
    /// Has an escaped tag been looked at that the text ends in?
    [[nodiscard]] bool has_loose_ends() const { return has_loose_ends_; }

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] bool at_end(std::size_t at) const { return at >= text_.size(); }
    /// Does an exact marker or content word of the dialect begin at a place?
    [[nodiscard]] bool at_literal(std::size_t at) const;

    /// Is no effort left? Then the last glyph was none.
    [[nodiscard]] bool is_spent() const { return effort_.is_spent(); }
    /// Counts a search through so many bytes as effort.
    void spend_on(std::size_t bytes) const { effort_.spend(bytes / bytes_per_effort); }

    /// The glyph at a place; at the end of the text, or with the effort spent, one of kind
    /// `other` that ends at the end of the text.
    [[nodiscard]] Glyph glyph(std::size_t at) const {
        effort_.spend(1);
        if (at < text_.size() && !effort_.is_spent()) {
            const auto byte = static_cast<unsigned char>(text_[at]);
            if (byte < 0x80 && byte != '&' && byte != '%' && byte != '\\') {
                const auto folded = fold_ascii(byte);
                return {folded.kind, folded.ascii, at, at + 1};
            }
        }
        return dear_glyph(at);
    }
    /// Does a place hold ASCII that is seen as it stands: no white space, and the beginning of
    /// neither an escape, nor emphasis, nor a tag?
    [[nodiscard]] bool is_plain(std::size_t at) const {
        return at < text_.size() && is_plain_ascii(static_cast<unsigned char>(text_[at]));
    }
    /// The letter or digit that glyph() reads at a place, in lower case, where it is ASCII as it
    /// stands; NUL where it is not, unread.
    [[nodiscard]] char plain_letter(std::size_t at) const {
        if (at_end(at) || !is_ascii_word(text_[at])) return '\0';
        effort_.spend(1);
        return detail::ascii_folds.lower[static_cast<unsigned char>(text_[at])];
    }
    /// The glyph that ends at a place; at the start of the text one of kind `other`.
    [[nodiscard]] Glyph glyph_before(std::size_t at) const;
    /// The tag or comment that begins at a place.
    [[nodiscard]] std::optional<Tag> tag(std::size_t at) const;
    /// Skips what is not seen: unseen characters, backslashes and emphasis signs as Markdown
    /// tools add them, inline tags and comments, those of forums (`[b]`) too; with Spaces::skip
    /// white space and block tags.
    [[nodiscard]] Seen skip_unseen(std::size_t at, Spaces spaces) const {
        return is_plain(at) ? Seen{at} : skip_from(at, spaces);
    }

private:
    static constexpr std::size_t bytes_per_effort = 8;  // as they are passed over one by one

    [[nodiscard]] Glyph dear_glyph(std::size_t at) const;
    [[nodiscard]] Seen skip_from(std::size_t at, Spaces spaces) const;
    [[nodiscard]] std::optional<Tag> forum_tag(std::size_t at) const;
    [[nodiscard]] std::optional<Tag> escaped_tag(const Glyph& bracket) const;
    [[nodiscard]] std::optional<Glyph> closing_quote(const Glyph& quote) const;
    [[nodiscard]] std::optional<Glyph> escape_before(std::size_t at) const;
    [[nodiscard]] std::size_t run_start(std::size_t at) const;

    const Grammar& grammar_;
    std::string_view text_;
    Effort& effort_;
    std::size_t floor_ = 0;
    mutable Span run_;                                      // what run_start() found last
    mutable std::size_t endless_ = std::string_view::npos;  // no comment from here on ends
    mutable bool has_loose_ends_ = false;
};

}  // namespace paywall
