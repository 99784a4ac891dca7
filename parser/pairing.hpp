#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "parser/audience.hpp"
#include "parser/borders.hpp"
#include "parser/diagnostics.hpp"
#include "parser/dialect.hpp"
#include "parser/encoding.hpp"
#include "parser/grammar.hpp"
#include "parser/open_blocks.hpp"

namespace paywall {

/// The markers of a text, each with what it makes of the text behind it.
struct Pairs {
    Borders borders;
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
    /// What a spelling's regions come to without attributes.
    struct Plain {
        const Region* region = nullptr;
        Access access = Access::free;
        bool is_inverse = false;  ///< for everyone: what is outside of it is paid
    };
    struct Open {
        Token mark;
        Follows follows;
        const Region* region;
        std::optional<Audience> own;  ///< where it is not the region's
        bool is_turned = false;       ///< its else has been read

        [[nodiscard]] const Audience& audience() const { return own ? *own : region->audience; }
    };

    void read_mark(const Token& mark, const Marker& marker);
    void open(const Token& mark, const Marker& marker);
    void close(const Token& mark, const Marker& marker);
    void divide(const Token& mark, const Marker& marker);
    void turn(const Token& mark, const Marker& marker);
    void escape(const Token& mark, const Marker& marker);
    void unescape(const Token& mark);
    void begin_source(const Token& mark);

    [[nodiscard]] Judgement judge_mark(const Token& mark, const Marker& marker,
                                       const Region& region);
    [[nodiscard]] std::uint16_t add_details(Details details, const Token& mark,
                                            const Marker& marker);
    [[nodiscard]] bool may_stand_in(const Marker& marker, const Open& outer) const;
    [[nodiscard]] Audience within(Audience audience, const Marker& marker) const;
    [[nodiscard]] Follows current() const;

    void keep(const Token& mark, const Follows& follows);
    void say(Rule rule, const Token& mark, const std::optional<Token>& other, const Token& half);
    [[nodiscard]] bool stands_apart(const Token& mark);
    void say_unknown(const Token& mark, std::string what);
    void say_empty(const Token& mark);

    const Dialect& dialect_;
    const Text& text_;
    DiagnosticCollector& diagnostics_;
    std::vector<Plain> plain_;  // by spelling
    std::vector<Open> open_;
    std::optional<Token> escape_;
    std::optional<Token> section_;  // the first that began
    OpenBlocks blocks_;
    std::optional<Token> divider_;
    Follows outside_;  // what is outside of all regions
    bool has_inverse_ = false;
    bool begins_inside_ =
        false;                  // a region's end has been taken for one that began with the source
    std::size_t kept_end_ = 0;  // of the last mark
    Pairs pairs_;
};

}  // namespace paywall
