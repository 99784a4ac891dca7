#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/access.hpp"
#include "parser/attributes.hpp"

namespace paywall {

enum class Role {
    open,
    close,
    divide,     ///< the text behind it is for payers
    otherwise,  ///< within a region: the text behind it is for those the region is not for
    wrap,       ///< goes with the markers it stands around, and says nothing itself
    escape,     ///< what follows, up to its `unescape`, is text and shown without the two
    unescape,
};
enum class Letters { exact, any_case };

/// How a marker is written, which decides what looks like it.
enum class Form {
    run,      ///< between runs of delimiters: `##paidbegin##`, `___STEADY_PAYWALL___`
    tag,      ///< an element: `<paid>`
    bracket,  ///< a shortcode or BBCode: `[membership level=1]`
    comment,  ///< an HTML comment: `<!--more-->`
    line,     ///< a line of its own, and the rest of that line with it: `%% begin sample`
};

/// White space that may stand between a marker's delimiters and what they hold.
enum class Padding {
    none,
    one,   ///< one space or none
    any,   ///< any white space or none
    some,  ///< any white space, at least one
};

/// How far a word is from ordinary language, which decides what counts as a lookalike of it.
enum class WordKind {
    distinctive,  ///< `paidbegin`: no text holds it by chance (the core-word rule)
    uncommon,     ///< `members-only`: only within its delimiters, where typos of it count
    ordinary,     ///< `paid`: only within its delimiters, and no typos
};

/// One marker, in parts so that lookalikes can be judged part by part: `##` `paidbegin` `##`, `</`
/// `paid` `>`; attributes stand behind the word.
struct Marker {
    Role role;
    std::string before;  ///< ASCII; empty only in form `line`
    std::string word;    ///< ASCII
    std::string after;   ///< ASCII
    Letters letters = Letters::exact;
    /// Markers of one spelling belong together: index in Dialect::regions.
    std::size_t spelling = 0;
    Form form = Form::run;
    WordKind kind = WordKind::distinctive;
    Syntax attributes = Syntax::none;
    Padding padding = Padding::none;

    /// As an author is told to write it.
    [[nodiscard]] std::string text() const;
    /// The word in lower case.
    [[nodiscard]] std::string folded_word() const;
};

/// What one attribute of an opener says.
struct AttributeRule {
    enum class Meaning {
        plans,    ///< its value lists plans: for payers of these
        without,  ///< … for everyone but payers of these
        values,   ///< each of its values is one of `values`
        message,  ///< the text that stands in a preview for the region
        price,    ///< the value of the placeholder's field {price}
        none,     ///< nothing about readers
    };
    struct Value {
        std::string text;  ///< any value that begins so, where it ends in `*`
        Audience audience;
    };
    std::string key;  ///< empty: of what stands without a key; `*`: of any other key
    Meaning meaning;
    std::vector<Value> values = {};  ///< looked up first, whatever the meaning
    std::string prefix = {};         ///< what a plan's name stands behind: `rule:`
};

/// What a region's attributes come to together.
enum class Attributes {
    all,   ///< who meets every one of them
    some,  ///< who meets one of them
};

enum class Nesting {
    refuse,
    stack,  ///< regions of this spelling stand in one another; all of their conditions count
};

/// What two markers of one spelling enclose, or a divider begins.
struct Region {
    /// For whom, where no attribute says otherwise. Everyone: an inverse region, outside of which
    /// all is paid.
    Audience audience = Audience::paid();
    std::vector<AttributeRule> rules = {};
    Attributes combine = Attributes::all;
    Nesting nesting = Nesting::refuse;
    /// Regions of one group may end with each other's markers; a warning says so.
    std::size_t group = 0;
    /// The spelling of regions that this one may stand in, with their plans; its own: none.
    std::size_t parent = npos;
    /// A closing marker alone counts as if the source began with the opening one.
    bool may_begin_source = false;
    /// Of a divider: its origin knows it outside of all blocks of WordPress and above all sections
    /// only, and publishes nothing where it stands elsewhere.
    bool stands_apart = false;
    /// Holds other regions; what stands in it beside them is no section of its own.
    bool is_container = false;
    /// Attributes of its markers may be secrets: no message quotes them.
    bool is_secret = false;

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// A word that an author could write between a marker's delimiters instead of the marker's own.
struct OwnWording {
    std::string word;  ///< in folded form: lower case, no white space, hyphen or underscore
    Role role;
};

/// The spellings of one system's markers and its rules. A plain value.
struct Dialect {
    std::string name;
    std::vector<Marker> markers;
    /// Text that is written with a marker's delimiters and is content: `##pagebreak##`.
    std::vector<std::string> content = {};
    std::vector<OwnWording> own_wordings = {};
    std::vector<Region> regions = {};  ///< by spelling; missing ones are plain paid regions
    /// Code fences (```` ``` ````) hold text, no markers.
    bool has_fences = false;
    /// What stands in a preview for a paid part where the settings say nothing: an anchor.
    std::string anchor = {};

    [[nodiscard]] const Region& region(const Marker& marker) const;
    /// May a marker hold what no message must quote?
    [[nodiscard]] bool has_secrets() const;
};

[[nodiscard]] WordKind word_kind(const Marker& marker);

/// The marker that ends a section begun with `open`: the closing one of its spelling; of a divider,
/// itself.
[[nodiscard]] const Marker& counterpart(const Dialect& dialect, const Marker& marker);

/// The markers of all of them. Crossing or nesting regions of different ones is a fault.
[[nodiscard]] Dialect combined(const std::vector<Dialect>& dialects);

/// The FastAdmin CMS's: `##paidbegin##`, `$$paidbegin$$`, `<paid>`.
[[nodiscard]] const Dialect& fastadmin();

/// What is wrong with a dialect that somebody wrote: empty or ambiguous markers, an opening one
/// without its end; empty where nothing is.
[[nodiscard]] std::string fault_of(const Dialect& dialect);

}  // namespace paywall
