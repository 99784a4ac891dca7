#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace paywall {

/// Whom an edition is made for.
struct Reader {
    enum class Kind {
        anonymous,  ///< the preview
        member,     ///< registered, not paying
        payer,      ///< of the plan, or of every plan where none is named: the full edition
    };
    Kind kind = Kind::anonymous;
    std::string plan = {};

    friend bool operator==(const Reader&, const Reader&) = default;
};

/// Which payers are meant.
struct Plans {
    enum class Kind {
        any,      ///< every payer
        of,       ///< who has one of the plans; of no plan: only who has them all
        without,  ///< who has none of the plans
    };
    Kind kind = Kind::any;
    std::set<std::string> names = {};

    friend bool operator==(const Plans&, const Plans&) = default;
};

/// Who may read. The default is the strictest that still publishes: payers of everything.
struct Audience {
    bool anonymous = false;
    bool members = false;
    bool payers = true;
    Plans plans = {Plans::Kind::of, {}};

    [[nodiscard]] static Audience everyone() { return {true, true, true, {}}; }
    [[nodiscard]] static Audience paid() { return {false, false, true, {}}; }
    [[nodiscard]] static Audience nobody() { return {false, false, false, {}}; }

    friend bool operator==(const Audience&, const Audience&) = default;
};

/// Who is in both; where the plans of both cannot be told as one set, fewer.
[[nodiscard]] Audience both(const Audience& one, const Audience& other);
/// Who is in one of them.
[[nodiscard]] Audience either(const Audience& one, const Audience& other);
/// Who is not: the other half of an if.
[[nodiscard]] Audience inverse(const Audience& audience);

/// The same, with no plans where it is not for payers: so that audiences of the same readers
/// compare equal.
[[nodiscard]] Audience plain(Audience audience);

/// `everyone`, `payers`, `payers of gold`, `members, payers`, `anonymous`, `nobody`.
[[nodiscard]] std::string describe(const Audience& audience);

/// An audience of a document, small enough for every segment to hold: its plans are told by their
/// number in the document's list.
struct Access {
    static constexpr std::uint8_t anonymous = 1, members = 2, payers = 4;
    std::uint8_t readers = 0;  ///< a bit each, in the order of Reader::Kind
    std::uint16_t plans = 0;   ///< 0: every payer; else from 1 in Accesses

    static const Access free;
    static const Access paid;

    friend bool operator==(const Access&, const Access&) = default;
};
inline constexpr Access Access::free{7, 0};
inline constexpr Access Access::paid{4, 0};

/// The audiences that a document's segments name.
class Accesses {
public:
    /// Its access; with more sets of plans than can be told apart, that of payers of everything.
    [[nodiscard]] Access add(const Audience& audience);
    [[nodiscard]] Audience audience(Access access) const;
    [[nodiscard]] bool admits(Access access, const Reader& reader) const;

private:
    std::vector<Plans> plans_;
};

}  // namespace paywall
