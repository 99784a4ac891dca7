#include "parser/grammar.hpp"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "parser/literal_guard.hpp"
#include "parser/marker_text.hpp"
#include "parser/triggers.hpp"

namespace paywall {
namespace {

namespace x3 = boost::spirit::x3;

// EBNF. `start` is a place where a marker or a lookalike could begin (triggers.hpp).
//
//     source  = { literal | text | suspect } ;
//     literal = marker | content ;
//     text    = byte - start, { byte - start } ;
//     marker  = ? a marker of the dialect, exact or in any case, as it says ?
//              | ? one with attributes or padding (marker_text.hpp, attributes/) ? ;
//     content = ? a content word of the dialect ? ;
//     suspect = byte | character, { the same again, but for the last of a long run } ;

using Iterator = std::string_view::const_iterator;

struct Walk {
    const Grammar::Rules& rules;
    std::string_view text;
    Scanner scanner;
    const TokenSink& sink;
    Progress progress = Progress::go_on;

    [[nodiscard]] std::size_t offset(Iterator at) const {
        return static_cast<std::size_t>(at - text.begin());
    }
    void give(Token::Kind kind, Iterator begin, Iterator end, std::size_t marker = 0) {
        progress = sink({kind, {offset(begin), static_cast<std::size_t>(end - begin)}, marker});
    }
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
        const auto begin = first;
        const auto from = walk.offset(begin);
        if (begin == last || walk.progress == Progress::stop) return false;
        const auto next = walk.scanner.next(std::max(from, walk.progress.from));
        if (next == from) return false;
        first += static_cast<std::ptrdiff_t>(next - from);
        walk.give(Token::Kind::text, begin, first);
        return true;
    }
};

/// Bytes of the UTF-8 sequence that begins with this byte.
std::size_t sequence_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// A place that a scan stopped at and no marker. Of a run of one character that is longer than any
/// delimiter only the end can belong to a marker: the run is one suspect up to there.
struct SuspectTerminal : x3::parser<SuspectTerminal> {
    using attribute_type = x3::unused_type;
    static constexpr std::size_t longest_delimiter = 2;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        if (first == last || walk.progress == Progress::stop) return false;
        const auto begin = first;
        const auto text = walk.text.substr(walk.offset(begin));
        const auto length = std::min(sequence_length(*begin), text.size());
        const auto count = length_of_run(text, length) / length;
        const auto covered =
            count > longest_delimiter + 1 ? (count - longest_delimiter) * length : 1;
        first += static_cast<std::ptrdiff_t>(covered);
        walk.give(Token::Kind::suspect, begin, first);
        return true;
    }
};

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    }
    return text;
}

/// A marker or content word, for the question whether one begins at a place; reading them is the
/// grammar's.
struct Literal {
    std::string text;  // in lower case, if it may be in any
    Letters letters;

    [[nodiscard]] bool begins(std::string_view other) const {
        if (letters == Letters::exact) return other.starts_with(text);
        return other.size() >= text.size() &&
               std::ranges::equal(text, other.substr(0, text.size()), {}, {}, [](char c) {
                   return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
               });
    }
};

/// Letters of either case, for X3; its own encodings ask the C library, a call for each letter.
struct AsciiLetters {
    using char_type = char;
    using classify_type = char;
    static constexpr bool islower(int c) { return c >= 'a' && c <= 'z'; }
    static constexpr int tolower(int c) { return c >= 'A' && c <= 'Z' ? c + 0x20 : c; }
    static constexpr int toupper(int c) { return islower(c) ? c - 0x20 : c; }
};

}  // namespace

struct Grammar::Rules {
    Rules(const Dialect& read, const std::vector<std::string>& heads)
        : dialect(read), pattern(triggers_of(read, heads)) {
        for (std::size_t i = 0; i < dialect.markers.size(); ++i) {
            const auto& marker = dialect.markers[i];
            lengths.push_back(marker.text().size());
            if (!is_fixed(marker)) {
                const bool is_padded = marker.padding != Padding::none;
                guard.add(marker.before + (is_padded ? "" : marker.word), marker.letters);
                flexible.push_back(i);
                continue;
            }
            const auto text =
                marker.letters == Letters::exact ? marker.text() : lower(marker.text());
            if (marker.letters == Letters::exact) {
                exact.add(text, i);
            } else {
                any_case.add(text, i);
            }
            guard.add(text, marker.letters);
            literals.push_back({text, marker.letters});
        }
        for (const auto& word : dialect.content) {
            content.add(word, word.size());
            literals.push_back({word, Letters::exact});
            guard.add(word, Letters::exact);
        }
        for (const auto& wording : dialect.own_wordings) {
            own_wordings.emplace(wording.word, wording.role);
        }
    }

    Dialect dialect;
    ScanPattern pattern;
    LiteralGuard guard;
    std::vector<Literal> literals;
    std::vector<std::size_t> lengths;   // of the markers, if they are fixed
    std::vector<std::size_t> flexible;  // markers that can be written in several ways
    x3::symbols<std::size_t> exact;
    x3::symbols_parser<AsciiLetters, std::size_t> any_case;
    x3::symbols<std::size_t> content;  // to its length
    std::unordered_map<std::string, Role> own_wordings;
};

namespace {

struct FlexibleMarker {
    std::size_t marker;
    std::size_t length;
};

FlexibleMarker longest_flexible(const Grammar::Rules& rules, std::string_view text,
                                std::size_t at) {
    FlexibleMarker longest{0, 0};
    for (const auto index : rules.flexible) {
        const auto written = read_marker(rules.dialect.markers[index], text, at);
        if (written && written->length > longest.length) longest = {index, written->length};
    }
    return longest;
}

/// Succeeds, reading nothing, where an exact marker or content word may begin.
struct LiteralAhead : x3::parser<LiteralAhead> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        const auto& walk = walk_of(context);
        return walk.progress != Progress::stop && walk.rules.guard.admits({first, last});
    }
};

/// The markers that can be written in several ways. Of two that begin at a place the longer one.
struct FlexibleTerminal : x3::parser<FlexibleTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator&, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        const auto begin = first;
        const auto [marker, length] = longest_flexible(walk.rules, walk.text, walk.offset(begin));
        if (length == 0) return false;
        first += static_cast<std::ptrdiff_t>(length);
        walk.give(Token::Kind::marker, begin, first, marker);
        return true;
    }
};

/// An action runs behind what it is for, so the length tells where that began.
template <typename Context>
void give_literal(const Context& context, Token::Kind kind, std::size_t length,
                  std::size_t marker = 0) {
    const auto end = x3::_where(context).begin();
    walk_of(context).give(kind, end - static_cast<std::ptrdiff_t>(length), end, marker);
}

}  // namespace

Grammar::Grammar(const Dialect& dialect, const std::vector<std::string>& heads)
    : rules_(std::make_unique<const Rules>(dialect, heads)) {}
Grammar::~Grammar() = default;

const Dialect& Grammar::dialect() const {
    return rules_->dialect;
}
const ScanPattern& Grammar::pattern() const {
    return rules_->pattern;
}

void Grammar::tokenize(std::string_view text, const TokenSink& sink, ScanMethod method) const {
    const auto give_marker = [](auto& context) {
        const std::size_t index = x3::_attr(context);
        give_literal(context, Token::Kind::marker, walk_of(context).rules.lengths[index], index);
    };
    const auto give_content = [](auto& context) {
        give_literal(context, Token::Kind::content, x3::_attr(context));
    };

    const auto marker = rules_->exact[give_marker] | x3::no_case[rules_->any_case][give_marker];
    const auto literal =
        x3::omit[LiteralAhead() >> (marker | rules_->content[give_content] | FlexibleTerminal())];
    const auto source = *(literal | TextTerminal() | SuspectTerminal());

    Walk walk{*rules_, text, Scanner(rules_->pattern, text, method), sink};
    auto first = text.begin();
    x3::parse(first, text.end(), x3::with<walk_tag>(std::ref(walk))[source]);
}

std::size_t Grammar::literal_at(std::string_view whole, std::size_t offset) const {
    const auto text = whole.substr(std::min(offset, whole.size()));
    if (!rules_->guard.admits(text)) return 0;
    const auto literal = std::ranges::find_if(
        rules_->literals, [&](const Literal& candidate) { return candidate.begins(text); });
    if (literal != rules_->literals.end()) return literal->text.size();
    return longest_flexible(*rules_, whole, offset).length;
}

std::optional<Role> Grammar::own_wording(std::string_view folded) const {
    const auto wording = rules_->own_wordings.find(std::string(folded));
    if (wording == rules_->own_wordings.end()) return std::nullopt;
    return wording->second;
}

}  // namespace paywall
