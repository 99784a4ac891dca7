#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "parser/source.hpp"

namespace paywall::html {

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
    Closing closing = Closing::none;  ///< of a tag: does it end in `/>`?
    Span span;
    Span name;  ///< of a tag
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

/// One attribute of a tag. Views the tag.
struct Attribute {
    std::string_view name;
    std::string_view value;   ///< without its quotes, character references as they stand
    std::string_view source;  ///< all of it: `class="a"`
};

/// Gives the attributes of a tag, of one name several if it has them.
void read_attributes(std::string_view tag, const std::function<void(const Attribute&)>& sink);

}  // namespace paywall::html
