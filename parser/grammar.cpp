#include "parser/grammar.hpp"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <string>

#include "parser/triggers.hpp"

namespace paywall {
namespace {

namespace x3 = boost::spirit::x3;

// EBNF. `start` is a place where a marker or a lookalike could begin (triggers.hpp).
//
//     source  = { text | marker | content | suspect } ;
//     text    = byte - start, { byte - start } ;
//     marker  = ? a marker of the dialect, exact or in any case, as it says ? ;
//     content = ? a content word of the dialect ? ;
//     suspect = byte, { the same byte again, but for the last of a long run } ;

using Iterator = std::string_view::const_iterator;

struct Walk {
    const Grammar& grammar;
    std::string_view text;
    Scanner scanner;
    const TokenSink& sink;
};

struct walk_tag;

template <typename Context>
Walk& walk_of(const Context& context) {
    return x3::get<walk_tag>(context).get();
}

/// Everything up to the next place that a scan stops at: the one terminal that skips text.
struct TextTerminal : x3::parser<TextTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        const auto from = static_cast<std::size_t>(first - walk.text.begin());
        const auto next = walk.scanner.next(from);
        if (next == from || first == last) return false;
        first = walk.text.begin() + static_cast<std::ptrdiff_t>(next);
        return true;
    }
};

/// A place that a scan stopped at and no marker. Of a run of one byte that is longer than any
/// delimiter only the end can belong to a marker: the run is one suspect up to there.
struct SuspectTerminal : x3::parser<SuspectTerminal> {
    using attribute_type = x3::unused_type;
    static constexpr std::ptrdiff_t longest_delimiter = 2;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, const RuleContext&,
               Attribute&) const {
        if (first == last) return false;
        const auto run = std::find_if(first, last, [&](char c) { return c != *first; });
        first += std::max<std::ptrdiff_t>(1, run - first - longest_delimiter);
        return true;
    }
};

/// The sink's view of what a raw[] directive matched.
template <typename Context>
void give(const Context& context, Token::Kind kind) {
    const auto& walk = walk_of(context);
    const auto& matched = x3::_attr(context);
    walk.sink({kind, {static_cast<std::size_t>(matched.begin() - walk.text.begin()),
                      static_cast<std::size_t>(matched.size())}});
}

template <typename Context>
void give_marker(const Context& context) {
    const auto& walk = walk_of(context);
    const std::size_t index = x3::_attr(context);
    const auto length = walk.grammar.dialect().markers[index].text().size();
    const auto end = x3::_where(context).begin() - walk.text.begin();  // an action runs behind it
    walk.sink({Token::Kind::marker, {static_cast<std::size_t>(end) - length, length}, index});
}

}  // namespace

struct Grammar::Rules {
    explicit Rules(const Dialect& dialect_) : dialect(dialect_), pattern(triggers_of(dialect_)) {
        for (std::size_t i = 0; i < dialect.markers.size(); ++i) {
            const auto& marker = dialect.markers[i];
            (marker.letters == Letters::exact ? exact : any_case).add(marker.text(), i);
        }
        for (const auto& word : dialect.content) content.add(word, 0);
    }

    Dialect dialect;
    ScanPattern pattern;
    x3::symbols<std::size_t> exact;
    x3::symbols<std::size_t> any_case;
    x3::symbols<std::size_t> content;
};

Grammar::Grammar(const Dialect& dialect) : rules_(std::make_unique<const Rules>(dialect)) {}
Grammar::~Grammar() = default;

const Dialect& Grammar::dialect() const { return rules_->dialect; }
const ScanPattern& Grammar::pattern() const { return rules_->pattern; }

void Grammar::tokenize(std::string_view text, const TokenSink& sink, ScanMethod method) const {
    const auto give_text = [](auto& context) { give(context, Token::Kind::text); };
    const auto give_content = [](auto& context) { give(context, Token::Kind::content); };
    const auto give_suspect = [](auto& context) { give(context, Token::Kind::suspect); };

    const auto give_mark = [](auto& context) { give_marker(context); };

    const auto marker = rules_->exact[give_mark] | x3::no_case[rules_->any_case][give_mark];
    const auto token = x3::raw[TextTerminal()][give_text] | marker |
                       x3::raw[rules_->content][give_content] | x3::raw[SuspectTerminal()][give_suspect];

    Walk walk{*this, text, Scanner(rules_->pattern, text, method), sink};
    auto first = text.begin();
    x3::parse(first, text.end(), x3::with<walk_tag>(std::ref(walk))[*token]);
}

std::size_t Grammar::literal_at(std::string_view text, std::size_t offset) const {
    const auto literal = rules_->exact | x3::no_case[rules_->any_case] | rules_->content;
    auto first = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    const auto start = first;
    const bool is_literal = x3::parse(first, text.end(), x3::omit[literal]);
    return is_literal ? static_cast<std::size_t>(first - start) : 0;
}

}  // namespace paywall
