#pragma once

#include <cstddef>
#include <iosfwd>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace paywall::audit::tests {

using Random = std::mt19937;

/// Paid text of one language, made of its characters, and what may stand around it.
struct Language {
    std::string name;
    std::u32string letters;  ///< of the paid text
    std::u32string marks;    ///< punctuation and spaces strewn in between
    std::u32string strange;  ///< what stands around: letters that paid text has not
};

void PrintTo(const Language& language, std::ostream* out);
[[nodiscard]] const std::vector<Language>& languages();

/// Random text of so many letters.
[[nodiscard]] std::u32string make_text(const Language& language, std::size_t letters,
                                       Random& random);

/// How many units (Amount::units) a text of letters and marks has.
[[nodiscard]] std::size_t units_of(std::u32string_view text);

/// Where the last letter counts twice: one unit more than asked for, or one less?
enum class Size { at_least, at_most };

/// A part of the text, from a letter to a letter, that has `units`.
[[nodiscard]] std::u32string cut_run(std::u32string_view text, std::size_t units, Size size,
                                     Random& random);

/// Changes what readers do not compare: white space, case, width, format characters.
enum class Change { none, reflowed, recased, widened, sprinkled };
[[nodiscard]] const std::vector<Change>& all_changes();
[[nodiscard]] std::string name_of(Change change);
[[nodiscard]] std::u32string change_text(std::u32string_view text, Change change, Random& random);

[[nodiscard]] std::string to_utf8(std::u32string_view text);

/// What is planted: the run, and free text around it.
struct Plant {
    std::u32string before;
    std::u32string run;
    std::u32string after;
};

/// A published file that holds the plant in one layer.
struct Planted {
    std::string name;   ///< of the file
    std::string bytes;  ///< in UTF-8, where its encoding is to be chosen
};

enum class Encodable { yes, no };

/// One way to publish a text.
struct Wrapping {
    std::string name;
    Encodable encodable;  ///< may the bytes be put into another encoding?
    Planted (*wrap)(const Plant& plant, Random& random);
};

[[nodiscard]] const std::vector<Wrapping>& text_wrappings();
[[nodiscard]] const std::vector<Wrapping>& packed_wrappings();

// How texts are written; each character in one of the ways at random.
[[nodiscard]] std::string entities(std::u32string_view text, Random& random);
[[nodiscard]] std::string json_string(std::u32string_view text, Random& random);
[[nodiscard]] std::string css_string(std::u32string_view text, Random& random);
[[nodiscard]] std::string percent(std::string_view text);
[[nodiscard]] std::string quoted_printable(std::string_view text);
[[nodiscard]] std::string base64_lines(std::string_view bytes);
[[nodiscard]] std::string html_escaped(std::string_view text);
[[nodiscard]] std::string json_quoted(std::string_view text);

}  // namespace paywall::audit::tests
