#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/diagnostic.hpp"
#include "parser/dialect.hpp"
#include "parser/dialects.hpp"
#include "parser/document.hpp"
#include "parser/gate.hpp"
#include "parser/markup.hpp"
#include "parser/teaser.hpp"

namespace paywall {

class ForeignMarkers;

/// What a source without any marker is.
enum class Unmarked { free, paid, refuse };
/// Whether markers mean anything: a text about markers is literal, all free.
enum class Markers { honoured, literal };

struct ParseOptions {
    /// An encoding by any of ICU's names; empty: detected (FORMAT.md, "Encodings").
    std::string encoding = {};
    Unmarked unmarked = Unmarked::free;
    /// What of a source without markers that is paid is free all the same; none: nothing.
    std::optional<Teaser> teaser = {};
    Content content = Content::text;  ///< what its markers are cut out of
    /// A source of more bytes is cut as text, and told so, `read_as_text`: the tree of a text takes
    /// many times its size.
    std::size_t largest_markup = static_cast<std::size_t>(-1);
    MetadataLimits metadata = {};  ///< what metadata may repeat of the paid text
    Markers markers = Markers::honoured;
    Gate gate = {};            ///< a key of the front matter that says for whom the document is
    std::set<Rule> deny = {};  ///< warnings that are errors
    std::set<Rule> allow =
        {};  ///< warnings that are not given; wins over nothing: deny is stronger
    std::size_t max_diagnostics = 20;  ///< kept per source; the rest are counted
};

/// Reads sources of one dialect. Made once, used for any number of sources from any number of
/// threads: it keeps no state from one source to the next.
class Parser {
public:
    /// An unmistakable marker of one of the others is a fault: the source was meant for it.
    explicit Parser(const Dialect& dialect,
                    const std::vector<Dialect>& others = built_in_dialects());

    /// The document of a source, or every fault of it. Total: any bytes give one or the other.
    /// Linear in the size of the source. Throws std::bad_alloc only.
    [[nodiscard]] std::variant<Document, Diagnostics> parse(std::string_view source,
                                                            const ParseOptions& options = {}) const;

    /// Does this UTF-8 text hold a marker or a lookalike? Placeholders must not.
    [[nodiscard]] bool finds_marker(std::string_view text) const;

    [[nodiscard]] const Grammar& grammar() const { return *grammar_; }

private:
    std::shared_ptr<const ForeignMarkers> foreign_;
    std::shared_ptr<const Grammar> grammar_;
};

/// The same for one source.
[[nodiscard]] std::variant<Document, Diagnostics> parse(std::string_view source,
                                                        const Dialect& dialect,
                                                        const ParseOptions& options = {});

}  // namespace paywall
