#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/numbers.hpp"

namespace paywall {

/// Text that stands in a preview where a paid segment was: literal text with named fields.
/// `{{` and `}}` are braces. Field values are put in as they are and never read again.
class Placeholder {
public:
    /// What a field can say of one paid segment of one source.
    struct Values {
        std::string_view paid;         ///< the segment's text in UTF-8
        std::size_t source_chars = 0;  ///< grapheme clusters of the whole content; 0: unknown
        std::size_t index = 1;         ///< of the paid segment among the source's, from 1
        std::size_t sections = 1;      ///< paid segments in the source
        std::string_view name;         ///< the source's name
        std::string_view price = {};   ///< what the section's marker says; perhaps nothing
        Numbers paid_numbers = {};     ///< of the segment's visible text, where needs() asks for it
        std::size_t free_percent = 0;  ///< the same
        std::string_view title = {};   ///< of the preview, as its content writes it; the same
    };

    /// Where a template is wrong: byte offset in it, and what stands there.
    struct Fault {
        std::size_t offset;
        std::string message;  ///< `unknown field {paidchars}; known fields are …`
    };

    /// What is dear to know and only known where a field says it.
    enum class Need {
        source_chars,
        numbers,
        title,
    };

    /// A template with the fields {paid_chars}, {paid_percent}, {index}, {sections}, {name},
    /// {price}, {paid_words}, {paid_minutes}, {free_percent}, {title}.
    [[nodiscard]] static std::variant<Placeholder, Fault> parse(std::string_view text);

    [[nodiscard]] std::string fill(const Values& values) const;
    /// Its literal text with every field empty: what must hold no marker.
    [[nodiscard]] std::string literal() const;
    /// Is there neither text nor a field?
    [[nodiscard]] bool empty() const { return parts_.empty(); }
    /// Does it say anything of the source?
    [[nodiscard]] bool has_fields() const;
    /// Does a field say what is known of that only?
    [[nodiscard]] bool needs(Need need) const;

private:
    enum class Field {
        text,
        paid_chars,
        paid_percent,
        index,
        sections,
        name,
        price,
        paid_words,
        paid_minutes,
        free_percent,
        title,
    };
    struct Part {
        Field field;
        std::string text;
    };
    std::vector<Part> parts_;
};

/// Grapheme clusters of UTF-8 text (UAX #29, ICU).
[[nodiscard]] std::size_t count_characters(std::string_view utf8);

}  // namespace paywall
