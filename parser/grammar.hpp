#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/scan.hpp"
#include "parser/source.hpp"

namespace paywall {

/// A piece of a text. The tokens of a text tile it.
struct Token {
    enum class Kind {
        text,     ///< nothing that could be or resemble a marker begins in it
        marker,   ///< an exact marker of the dialect
        content,  ///< written like a marker, and content: `##pagebreak##`
        suspect,  ///< content at whose first byte a lookalike could begin
    };
    Kind kind;
    Span span;               ///< of the text
    std::size_t marker = 0;  ///< index in Dialect::markers, of kind marker
};

/// What a sink wants next.
struct Progress {
    /// Whatever begins before this offset is text to it. (What has been read, is read.)
    std::size_t from = 0;

    static const Progress go_on;
    static const Progress stop;
    friend bool operator==(const Progress&, const Progress&) = default;
};
inline constexpr Progress Progress::go_on{0};
inline constexpr Progress Progress::stop{std::string_view::npos};

using TokenSink = std::function<Progress(const Token&)>;

class Glance;
struct LookalikeWords;

/// A dialect made ready to read: its token grammar and the places a scan has to stop at.
/// Immutable once made; any number of threads may read with it.
class Grammar {
public:
    /// `heads`: first bytes of other texts that are to be suspects.
    explicit Grammar(const Dialect& dialect, const std::vector<std::string>& heads = {});
    ~Grammar();
    Grammar(const Grammar&) = delete;
    Grammar& operator=(const Grammar&) = delete;

    [[nodiscard]] const Dialect& dialect() const;
    [[nodiscard]] const ScanPattern& pattern() const;
    [[nodiscard]] const LookalikeWords& lookalike_words() const;
    [[nodiscard]] const Glance& glance() const;

    /// Gives every token of a UTF-8 text in turn, until the sink says stop. Total and lossless:
    /// any text has tokens, and joined they are the text. Linear.
    void tokenize(std::string_view text, const TokenSink& sink,
                  ScanMethod method = ScanMethod::vector) const;
    /// The same of a text that a scanner has not begun with, which looks for this pattern().
    void tokenize(Scanner& scanner, const TokenSink& sink) const;

    /// The length of the exact marker or content word that begins at `offset`; 0 if none does.
    [[nodiscard]] std::size_t literal_at(std::string_view whole, std::size_t offset) const;

    /// The role of an author's own wording (Dialect::own_wordings), if the text is one.
    [[nodiscard]] std::optional<Role> own_wording(std::string_view folded) const;

    struct Rules;

private:
    std::unique_ptr<const Rules> rules_;
};

}  // namespace paywall
