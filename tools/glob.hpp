#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paywall::tools {

/// A pattern for paths (its language: `paywall preview --help`). Matching takes time in
/// proportion to pattern times path, whatever the pattern.
class Glob {
public:
    /// Throws UsageError where the pattern is wrong.
    explicit Glob(std::string_view pattern);

    /// `path` is relative, with `/`, without `.` and `..`.
    [[nodiscard]] bool matches(std::string_view path) const;

private:
    enum class Kind { one_of, any, star, everything, directories };
    struct Range {
        char32_t first;
        char32_t last;
    };
    struct Token {
        Kind kind;
        std::vector<Range> ranges;
        bool negated = false;
    };
    [[nodiscard]] Token read_class(std::u32string_view pattern, std::size_t& at) const;
    [[nodiscard]] static bool takes(const Token& token, char32_t character);
    void close_over(std::vector<bool>& states) const;

    std::string text_;
    bool whole_path_;
    std::vector<Token> tokens_;
};

[[nodiscard]] std::vector<Glob> make_globs(const std::vector<std::string>& patterns);
[[nodiscard]] bool matches_any(const std::vector<Glob>& globs, std::string_view path);

}  // namespace paywall::tools
