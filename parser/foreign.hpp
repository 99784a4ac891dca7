#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/dialect.hpp"
#include "parser/literal_guard.hpp"
#include "parser/source.hpp"

namespace paywall {

/// How sure it is that a text is another dialect's marker.
enum class Foreign {
    certain,   ///< no text holds it by chance: `<!--members-only-->`
    possible,  ///< it is ordinary, too: `<!--more-->`, `[hide]`
};

/// The markers of other dialects that are none of a dialect's own: a source that holds one was
/// meant for another dialect, and would be published whole.
class ForeignMarkers {
public:
    ForeignMarkers(const Dialect& own, const std::vector<Dialect>& others);

    struct Found {
        std::string dialect;
        Span span;
    };
    /// The one that begins at a place, exactly as its dialect writes it.
    [[nodiscard]] std::optional<Found> find_at(Foreign sureness, std::string_view text,
                                               std::size_t at) const;
    /// All possible ones of a text, in order. A pass of its own: for who asks for it.
    [[nodiscard]] std::vector<Found> find_possible(std::string_view text) const;

    /// The first bytes of the certain ones, with which the scan looks for them.
    [[nodiscard]] const std::vector<std::string>& heads() const { return heads_; }

private:
    struct Entry {
        std::string dialect;
        Marker marker;
    };

    /// Of one sureness.
    struct List {
        std::vector<Entry> entries;
        LiteralGuard guard;  // of their heads
    };

    [[nodiscard]] const List& of(Foreign sureness) const {
        return sureness == Foreign::certain ? certain_ : possible_;
    }

    List certain_;
    List possible_;
    std::vector<std::string> heads_;
    std::string firsts_;  // first bytes of all
};

}  // namespace paywall
