#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "parser/source.hpp"

namespace paywall {

/// A source's text in UTF-8 with a map back to its original bytes. A UTF-8 source is viewed,
/// never copied; any other is decoded once. Cheap to copy. Views the bytes it was made from:
/// they must outlive it.
class Text {
public:
    /// The original bytes, byte-order mark included.
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    /// The decoded text without byte-order mark.
    [[nodiscard]] std::string_view utf8() const;
    /// The preferred name of the encoding (MIME's, else IANA's, else ICU's): "UTF-8",
    /// "UTF-16LE", "GB18030".
    [[nodiscard]] std::string_view encoding() const;

    /// From an offset in utf8() (at a code point's start, or its end of text) to one in bytes().
    /// Where one byte sequence stands for several characters, an offset between these gives the
    /// sequence's start; an ASCII character is never among them.
    [[nodiscard]] std::size_t to_source(std::size_t offset) const {
        return bom_ + (decoded_ ? mapped(offset) : offset);
    }
    [[nodiscard]] Span to_source(Span decoded) const;
    /// From an offset in bytes() (at a character's start) to one in utf8(). Offsets inside the
    /// byte-order mark give 0.
    [[nodiscard]] std::size_t to_utf8(std::size_t offset) const;
    [[nodiscard]] Span to_utf8(Span source) const;

    /// UTF-8 text in the encoding of this source, without byte-order mark; or the first
    /// code point that the encoding has no bytes for.
    [[nodiscard]] std::variant<std::string, char32_t> encode(std::string_view utf8) const;

private:
    friend struct Decoder;
    [[nodiscard]] std::size_t mapped(std::size_t offset) const;
    struct Decoded;  // the text and the map of a source that is not UTF-8

    std::string_view bytes_;
    std::size_t bom_ = 0;
    std::shared_ptr<const Decoded> decoded_;
};

/// Why bytes are no text.
struct EncodingFault {
    enum class Kind {
        binary,       ///< a NUL character in what is otherwise text
        invalid,      ///< a byte sequence that its encoding does not have; `span` covers it
        unsupported,  ///< an encoding that hides markers and cannot be decoded here
    };
    Kind kind;
    Span span;
    std::string encoding;  ///< what the bytes were taken for
};

/// The text of a source. `name` is an encoding by any of ICU's names, or empty: then by
/// byte-order mark, by the NUL pattern of UTF-16 and UTF-32, as UTF-8, or as GB18030 by the
/// rule of FORMAT.md, "Encodings". Never throws for any bytes; an unknown name is a fault of
/// kind `unsupported`. So is a byte-order mark that contradicts the name one of kind `invalid`.
[[nodiscard]] std::variant<Text, EncodingFault> decode(std::string_view bytes,
                                                       std::string_view name = {});

/// The text of a source as if it were UTF-8, unchecked: for a reader that goes through it anyway,
/// with a Scanner, and is told by that. Nothing where its first bytes or the name say that it is in
/// another encoding.
[[nodiscard]] std::optional<Text> presume_utf8(std::string_view bytes, std::string_view name = {});

/// Are these bytes UTF-8 without NUL?
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Is this a name of an encoding that decode() can read (stateless, known to ICU)?
[[nodiscard]] bool is_known_encoding(std::string_view name);

/// UTF-8 text in the encoding of that name, as Text::encode. Precondition: is_known_encoding.
[[nodiscard]] std::variant<std::string, char32_t> encode(std::string_view utf8,
                                                         std::string_view name);

}  // namespace paywall
