#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "parser/audience.hpp"
#include "parser/diagnostics.hpp"
#include "parser/dialect.hpp"
#include "parser/encoding.hpp"
#include "parser/grammar.hpp"
#include "parser/marker_lines.hpp"

namespace paywall {

/// The markers of a text, each with what it makes of the text behind it.
struct Pairs {
    Marks marks;
    Follows start;  ///< of the text before the first
    Accesses accesses;
    std::vector<Details> details;
};

/// Pairs markers. The regions that are open are its whole state (one at most, but for dialects
/// whose regions nest); what cannot be paired is said and left out, so that one fault does not hide
/// the next. Views all three.
class Pairing {
public:
    Pairing(const Dialect& dialect, const Text& text, DiagnosticCollector& diagnostics);

    /// The next marker of the text.
    void read(const Token& token);
    /// The next code fence, which holds no markers.
    void read_fence(Span fence);
    /// Says what is still open.
    void finish();

    [[nodiscard]] Pairs take();

private:
    struct Open {
        Token mark;
        Audience audience;
        Follows follows;
        bool is_turned = false;  ///< its else has been read
    };
    /// What a spelling's regions come to without attributes.
    struct Plain {
        const Region* region;
        Access access;
    };

    void open(Token mark, const Marker& marker);
    void close(Token mark, const Marker& marker);
    void divide(Token mark, const Marker& marker);
    void turn(Token mark, const Marker& marker);
    void escape(Token mark, const Marker& marker);
    void unescape(Token mark);
    void begin_source(Token mark);

    [[nodiscard]] Judgement judge_mark(const Token& mark, const Marker& marker,
                                       const Region& region);
    [[nodiscard]] std::uint16_t add_details(Details details, const Token& mark,
                                            const Marker& marker);
    [[nodiscard]] bool may_stand_in(const Marker& marker, const Open& outer) const;
    [[nodiscard]] Audience within(Audience audience, const Marker& marker) const;
    [[nodiscard]] Follows current() const;

    void keep(const Token& mark, const Follows& follows);
    void say(Rule rule, const Token& mark, const std::optional<Token>& other, const Token& half);
    void say_unknown(const Token& mark, std::string what);
    void say_empty(const Token& mark);

    const Dialect& dialect_;
    const Text& text_;
    DiagnosticCollector& diagnostics_;
    std::vector<Plain> plain_;  // by spelling
    std::vector<Open> open_;
    std::optional<Token> escape_;
    std::optional<Token> divider_;
    Follows outside_;  // what is outside of all regions
    bool has_inverse_ = false;
    bool begins_inside_ =
        false;                  // a region's end has been taken for one that began with the source
    std::size_t kept_end_ = 0;  // of the last mark
    Pairs pairs_;
};

}  // namespace paywall
