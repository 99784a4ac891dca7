#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "parser/html/element.hpp"
#include "parser/source.hpp"

namespace paywall::html {

/// Names of attributes in any case, as far as two letters and the length tell them apart: a small
/// set that may seem to hold more than it does, and never less.
class AttributeNames {
public:
    constexpr AttributeNames() = default;

    /// Of at least one byte, behind which another can be read.
    constexpr void add(const char* name, std::size_t length) {
        constexpr std::size_t least_long = 6;
        const auto lower = [&](std::size_t i) { return static_cast<unsigned char>(name[i]) | 32U; };
        // Of what editors write, these factors take nothing for what metadata.cpp looks for.
        const auto place = lower(0) + 58 * lower(1) + (length >= least_long ? 36 : 0);
        bits_ |= std::uint64_t{1} << (place & 63U);
    }
    [[nodiscard]] constexpr bool may_share_with(AttributeNames other) const {
        return (bits_ & other.bits_) != 0;
    }

private:
    std::uint64_t bits_ = 0;
};

/// A piece of HTML as the tokenizer of the HTML Standard reads it (WHATWG, 13.2.5). The tokens of
/// a text tile it. Spans are of the text.
struct Token {
    enum class Kind : std::uint8_t {
        text,
        raw_text,  ///< what stands in <script>, <style>, <textarea>, <title> and their like
        start_tag,
        end_tag,
        comment,  ///< also what the standard calls a bogus one: `<?…>`, `<!…>`, `</ …>`
        doctype,
        cdata,
        dropped,  ///< markup that is no token: `</>`, a tag that the text's end cuts off
    };
    enum class Closing : std::uint8_t { none, self_closing };

    Kind kind;
    Closing closing = Closing::none;   ///< of a tag: does it end in `/>`?
    Element element = Element::other;  ///< of a tag
    Span span;
    Span name = {};                  ///< of a tag
    AttributeNames attributes = {};  ///< of a tag: all of its own
};

/// How the text behind a start tag is read (13.2.5.1 to 13.2.5.5).
enum class TextModel : std::uint8_t { data, rcdata, raw_text, script, plaintext };
/// Is `<![CDATA[` read as such (within SVG and MathML) or as a comment (13.2.5.42)?
enum class CdataSections : std::uint8_t { no, yes };

enum class ReadOn : std::uint8_t { yes, no };

/// What only the tree's builder can tell the tokenizer; as it is, the next token is read like those
/// of a text without SVG and scripts. The text model counts behind start tags.
struct ReadingContext {
    TextModel model = TextModel::data;
    CdataSections cdata = CdataSections::no;
    ReadOn read_on = ReadOn::yes;
};

/// Takes a token, and may set how to read on.
using TokenSink = std::function<void(const Token&, ReadingContext&)>;

/// Gives every token of a UTF-8 text in turn, until the sink says no. Total, lossless and linear.
/// Character references are part of text; line ends are as they stand.
void read_tags(std::string_view text, const TokenSink& sink);

/// The same, token by token. Views the text.
class TagReader {
public:
    explicit TagReader(std::string_view text);

    /// Reads on from the token that was read last; false at the text's end. Most tokens are read
    /// here, where the compiler keeps them in registers: written to memory and read back at once,
    /// each costs as much as all the rest that is done with it.
    bool next(Token& token, const ReadingContext& context = {}) {
        if (at_ == end_) return false;
        const bool may_be_raw =
            context.model != TextModel::data && token.kind == Token::Kind::start_tag;
        if (may_be_raw && read_raw_text(token, context.model)) return true;
        if (*at_ == '<' && read_tag(token)) return true;
        if (begins_markup(at_)) return read_markup(token, context.cdata);
        read_text(token);
        return true;
    }

    /// The same where the next token is a tag or text, and none of raw text; nothing of any other.
    /// Compiled into its caller, a token of which nothing else holds the address stays in
    /// registers.
    [[gnu::always_inline]] bool next_plain(Token& token) {
        if (at_ == end_) return false;
        if (*at_ == '<') return read_tag(token);
        read_text(token);
        return true;
    }

private:
    [[nodiscard]] std::size_t offset(const char* at) const {
        return static_cast<std::size_t>(at - begin_);
    }
    [[nodiscard]] static bool is_letter(char c) {
        return static_cast<unsigned char>((static_cast<unsigned char>(c) | 0x20U) - 'a') < 26;
    }
    [[nodiscard]] bool begins_markup(const char* at) const {
        if (*at != '<' || end_ - at < 2) return false;
        return is_letter(at[1]) || at[1] == '!' || at[1] == '?' || (at[1] == '/' && end_ - at > 2);
    }

    [[gnu::always_inline]] void read_text(Token& token) {
        const auto* const from = at_;
        do {
            const std::string_view rest(at_ + 1, static_cast<std::size_t>(end_ - at_ - 1));
            at_ += 1 + std::min(rest.find('<'), rest.size());
        } while (at_ != end_ && !begins_markup(at_));
        token = {.kind = Token::Kind::text,
                 .span = {offset(from), static_cast<std::size_t>(at_ - from)}};
    }

    /// A start or end tag; none where it is cut off.
    [[gnu::always_inline]] bool read_tag(Token& token) {
        if (at_ >= last_end_) return false;
        const bool is_end = at_[1] == '/';
        const auto* const name = at_ + (is_end ? 2 : 1);
        if (!is_letter(*name)) return false;
        const auto [length, element] = read_tag_name({name, static_cast<std::size_t>(end_ - name)});
        const auto* end = name + length;
        AttributeNames attributes;
        if (*end != '>') end = skip_attributes(end, last_end_, attributes);
        if (end > last_end_) return false;
        const bool is_self_closing = *end == '/';
        end += is_self_closing ? 2 : 1;
        token = {.kind = is_end ? Token::Kind::end_tag : Token::Kind::start_tag,
                 .closing = is_self_closing ? Token::Closing::self_closing : Token::Closing::none,
                 .element = element,
                 .span = {offset(at_), static_cast<std::size_t>(end - at_)},
                 .name = {offset(name), length},
                 .attributes = attributes};
        at_ = end;
        return true;
    }

    [[nodiscard]] static const char* skip_attributes(const char* at, const char* last_end,
                                                     AttributeNames& names);
    bool read_raw_text(Token& token, TextModel model);
    bool read_markup(Token& token, CdataSections sections);

    const char* begin_;
    const char* at_;
    const char* end_;
    /// The last `>`: no tag begins behind it, and none before it reads past it but in quotes.
    const char* last_end_;
};

/// One attribute of a tag. Views the tag.
struct Attribute {
    std::string_view name;
    std::string_view value;   ///< without its quotes, character references as they stand
    std::string_view source;  ///< all of it: `class="a"`
};

/// Gives the attributes of a tag, of one name several if it has them.
void read_attributes(std::string_view tag, const std::function<void(const Attribute&)>& sink);

}  // namespace paywall::html
