#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/reading.hpp"
#include "parser/shape_rule.hpp"

namespace paywall {

/// Lookalikes of markers in brackets and comments, and of those that are lines: the same faults as
/// the shape and tag rules see, judged by the two frames a word stands in (FORMAT.md of each
/// dialect, "Lookalikes").
class FrameRule {
public:
    explicit FrameRule(const Dialect& dialect);

    /// Has the dialect such markers?
    [[nodiscard]] bool is_empty() const { return words_.empty(); }
    /// First, second and third letters of their words; the first alone.
    [[nodiscard]] const std::string& letters() const { return letters_; }
    [[nodiscard]] const std::string& firsts() const { return firsts_; }
    /// First characters of frames in which words may be misspelt.
    [[nodiscard]] const std::string& first_signs() const { return frames_; }
    /// Could one of their frames begin with this glyph?
    [[nodiscard]] bool begins_frame(const Glyph& glyph) const;

    /// A word in what is left of its frame. The word begins at `at`; nothing before `least` counts.
    [[nodiscard]] std::optional<Finding> find_around(const Reading& reading, std::size_t at,
                                                     std::size_t least) const;
    /// A misspelt word in a sound frame, which begins at `at`.
    [[nodiscard]] std::optional<Finding> find_within(const Reading& reading, std::size_t at) const;

private:
    struct Word {
        std::string text;     ///< folded; of a line's marker one of its words
        std::size_t marker;   ///< index in Dialect::markers, of the opening one or divider
        std::size_t closing;  ///< … of the closing one with the same word; else the same
    };

    [[nodiscard]] std::optional<Finding> judge(const Reading& reading, const Word& word,
                                               Span written, std::size_t least) const;
    [[nodiscard]] std::optional<Finding> judge_comment(const Reading& reading, const Word& word,
                                                       Span written, std::size_t least) const;
    [[nodiscard]] std::optional<Finding> judge_bracket(const Reading& reading, const Word& word,
                                                       Span written, std::size_t least) const;
    [[nodiscard]] std::optional<Finding> judge_line(const Reading& reading, const Word& word,
                                                    Span written, std::size_t least) const;

    const Dialect& dialect_;
    std::vector<Word> words_;
    std::string firsts_;
    std::string letters_;
    std::string frames_;  // first characters of frames whose words may be misspelt
    // Signs of brackets: of every kind, and what the dialect's own begin and end with.
    std::string opening_ = "[{(<";
    std::string closing_ = "]})>";
    std::string frame_signs_ = "<!-[/_";
};

}  // namespace paywall
