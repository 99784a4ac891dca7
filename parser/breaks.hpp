#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace paywall {

/// The units of a UTF-8 text by UAX #29, as ICU finds them for no language in particular: grapheme
/// clusters; words, those of Han, Kana and Thai by ICU's dictionaries; sentences. Made once for
/// many texts: making it is dear.
class Breaks {
public:
    enum class Unit { character, word, sentence };

    /// Throws std::bad_alloc.
    explicit Breaks(Unit unit);
    Breaks(Breaks&&) noexcept;
    Breaks& operator=(Breaks&&) noexcept;
    ~Breaks();

    /// Begins with another text, which it views.
    void read(std::string_view utf8);
    /// Where the next unit ends; none behind the last.
    [[nodiscard]] std::optional<std::size_t> next();
    /// Of words: was what ended there one, rather than white space or punctuation?
    [[nodiscard]] bool is_word() const;

private:
    struct Iterator;
    std::unique_ptr<Iterator> iterator_;
};

}  // namespace paywall
